/** Letters to an organisation: the list, one of them, the acknowledgement that proves its service. */
import { createElement } from 'react';
import type { Id } from '../../kernel/ids.ts';
import type { Reply } from '../../platform/http/index.ts';
import {
  type InboxOf,
  acknowledgeLetter,
  listLetters,
  openLetter,
  whyNotAcknowledge,
} from '../../trust/notices/index.ts';
import { readerAt } from '../portal/index.ts';
import { type Inside, type MyRoute, inside, nothing, page, tell, to } from './asking.ts';
import { LetterPage, LettersPage } from './pages/letters.tsx';
import { nameOf } from './service.ts';

const pageRows = 30;
const idForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Letters to the organisation itself; those to an account or an officer are not of this space. */
const inboxOf = (organisation: string): InboxOf => ({
  ...{ account: '', unit: '', positions: [], organisation },
});

/** Whether one speaks for the organisation, and not only looks. */
const mayAct = ({ one }: Inside): boolean => one.as === 'holder' || one.rights === 'act';

async function lettersAnswer(asked: Inside): Promise<Reply> {
  const { deps, one, c } = asked;
  const { organisation } = one;
  const given = c.req.query('after') ?? null;
  const after = given !== null && idForm.test(given) ? (given as Id) : null;
  const found = await listLetters(deps.database, inboxOf(organisation), {
    ...{ after, most: pageRows + 1 },
  });
  const letters = found.slice(0, pageRows);
  const next = found.length > pageRows ? letters.at(-1)!.letter.id : null;
  const name = await nameOf(deps, organisation);
  const body = createElement(LettersPage, {
    ...{ r: readerAt(c).r, organisation, name, letters, next },
  });
  return page(asked, { title: { zh: '告知', en: 'Letters' }, body });
}

async function letterAnswer(asked: Inside): Promise<Reply> {
  const { deps, one, who, c } = asked;
  const id = c.req.param('id') ?? '';
  if (!idForm.test(id)) return nothing(asked);
  const { organisation } = one;
  const opened = await openLetter(deps.notices, id, inboxOf(organisation), who.account.code);
  if (!opened.ok) return nothing(asked);
  const why = whyNotAcknowledge(opened.value.service);
  const body = createElement(LetterPage, {
    ...{ r: readerAt(c).r, organisation, opened: opened.value },
    name: await nameOf(deps, organisation),
    csrf: why === null && mayAct(asked) ? who.session.csrf : null,
  });
  return page(asked, { title: opened.value.letter.title, body });
}

async function acknowledgeAnswer(asked: Inside): Promise<Reply> {
  const { deps, one, who, c } = asked;
  const id = c.req.param('id') ?? '';
  if (!idForm.test(id) || !mayAct(asked)) return nothing(asked);
  const { organisation } = one;
  const inbox = inboxOf(organisation);
  const done = await acknowledgeLetter(deps.notices, id, inbox, who.account.code);
  if (done.ok) return to(asked, `/my/o/${organisation}/letters/${id}`);
  const isThere = done.refusal.code !== 'notices.no-such-letter';
  return isThere ? tell(asked, done.refusal) : nothing(asked);
}

/** Pages and the form of letters. */
export const letterRoutes: readonly MyRoute[] = [
  { method: 'GET', path: '/my/o/:organisation/letters', answer: inside('any', lettersAnswer) },
  { method: 'GET', path: '/my/o/:organisation/letters/:id', answer: inside('any', letterAnswer) },
  {
    ...{ method: 'POST', path: '/my/o/:organisation/letters/:id/acknowledge' },
    answer: inside('any', acknowledgeAnswer),
  },
];
