/** Letters to an organisation and to an account: the list, one of them, the acknowledgement. */
import { createElement } from 'react';
import type { Id } from '../../kernel/ids.ts';
import type { Reply } from '../../platform/http/index.ts';
import {
  acknowledgeLetter,
  listLetters,
  openLetter,
  whyNotAcknowledge,
} from '../../trust/notices/index.ts';
import { readerAt } from '../portal/index.ts';
import { type MyRoute, nothing, page, tell, to } from './asking.ts';
import { type Box, inBothBoxes } from './boxes.ts';
import { LetterPage, LettersPage } from './pages/letters.tsx';

const pageRows = 30;
const idForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

async function lettersAnswer({ asked, base, name, inbox }: Box): Promise<Reply> {
  const { deps, c } = asked;
  const given = c.req.query('after') ?? null;
  const after = given !== null && idForm.test(given) ? (given as Id) : null;
  const found = await listLetters(deps.database, inbox, { after, most: pageRows + 1 });
  const letters = found.slice(0, pageRows);
  const next = found.length > pageRows ? letters.at(-1)!.letter.id : null;
  const view = { base: `${base}/letters`, name, letters, next };
  const body = createElement(LettersPage, { r: readerAt(c).r, view });
  return page(asked, { title: { zh: '告知', en: 'Letters' }, body });
}

async function letterAnswer({ asked, base, name, inbox, mayAct }: Box): Promise<Reply> {
  const { deps, who, c } = asked;
  const id = c.req.param('id') ?? '';
  if (!idForm.test(id)) return nothing(asked);
  const opened = await openLetter(deps.notices, id, inbox, who.account.code);
  if (!opened.ok) return nothing(asked);
  const why = whyNotAcknowledge(opened.value.service);
  const body = createElement(LetterPage, {
    ...{ r: readerAt(c).r, base: `${base}/letters`, name, opened: opened.value },
    csrf: why === null && mayAct ? who.session.csrf : null,
  });
  return page(asked, { title: opened.value.letter.title, body });
}

async function acknowledgeAnswer({ asked, base, inbox, mayAct }: Box): Promise<Reply> {
  const { deps, who, c } = asked;
  const id = c.req.param('id') ?? '';
  if (!idForm.test(id) || !mayAct) return nothing(asked);
  const done = await acknowledgeLetter(deps.notices, id, inbox, who.account.code);
  if (done.ok) return to(asked, `${base}/letters/${id}`);
  const isThere = done.refusal.code !== 'notices.no-such-letter';
  return isThere ? tell(asked, done.refusal) : nothing(asked);
}

/** Pages and the form of letters. */
export const letterRoutes: readonly MyRoute[] = [
  ...inBothBoxes({ method: 'GET', path: '/letters', needs: 'any', answer: lettersAnswer }),
  ...inBothBoxes({ method: 'GET', path: '/letters/:id', needs: 'any', answer: letterAnswer }),
  ...inBothBoxes({
    ...{ method: 'POST', path: '/letters/:id/acknowledge' },
    ...{ needs: 'any', answer: acknowledgeAnswer },
  }),
];
