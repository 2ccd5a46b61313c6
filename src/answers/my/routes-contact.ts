/** Where letters go besides this space: the address of an organisation or an account, and those before. */
import { createElement } from 'react';
import type { Refusal } from '../../kernel/result.ts';
import { type Reply, statusOf } from '../../platform/http/index.ts';
import { addressHistory, giveOwnAddress } from '../../trust/notices/index.ts';
import { readerAt } from '../portal/index.ts';
import { type MyRoute, originOf, page, to, wordsFor } from './asking.ts';
import { type Box, inBothBoxes } from './boxes.ts';
import { ContactPage } from './pages/contact.tsx';

// Longer than any address may be: not looked at closely.
const addressMost = 300;

async function contactPage({ asked, ...box }: Box, refusal: Refusal | null): Promise<Reply> {
  const { deps, who, c } = asked;
  const history = await addressHistory(deps.notices, box.holder);
  const view = {
    ...{ base: box.base, name: box.name, kind: box.holder.kind, csrf: who.session.csrf },
    addresses: history.toReversed(),
  };
  const problem = refusal === null ? null : wordsFor(asked, refusal);
  const body = createElement(ContactPage, { r: readerAt(c).r, view, problem });
  const status = refusal === null ? 200 : statusOf(refusal.code);
  return page(asked, { title: { zh: '联系地址', en: 'Where letters go' }, body, status });
}

async function contactAnswer(box: Box): Promise<Reply> {
  const { asked, holder, base } = box;
  const { form, deps, who } = asked;
  const medium = form.get('medium') === 'mobile' ? 'mobile' : 'mail';
  const given = (form.get('address') ?? '').slice(0, addressMost);
  const address = form.get('do') === 'end' ? null : given;
  const by = { account: who.account.code, address: originOf(asked).address };
  const done = await giveOwnAddress(deps.notices, { holder, medium, address }, by);
  return done.ok ? to(asked, `${base}/contact`) : contactPage(box, done.refusal);
}

/** The page and the form of addresses; of an organisation its holder alone has them. */
export const contactRoutes: readonly MyRoute[] = [
  ...inBothBoxes({
    ...{ method: 'GET', path: '/contact', needs: 'holder' },
    answer: (box) => contactPage(box, null),
  }),
  ...inBothBoxes({ method: 'POST', path: '/contact', needs: 'holder', answer: contactAnswer }),
];
