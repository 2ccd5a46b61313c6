/** Whose letters and addresses a page is about: an organisation, or the account itself. */
import { type AddressHolder, type InboxOf } from '../../trust/notices/index.ts';
import { type Asked, type Inside, type MyRoute, type Signed, inside, signed } from './asking.ts';
import { nameOf } from './service.ts';
import type { Reply } from '../../platform/http/index.ts';

/** Where letters come to and what is known of their addresses. */
export type Box = {
  readonly asked: Signed;
  /** Of its pages, as `/my` or `/my/o/…`. */
  readonly base: string;
  /** What its pages are headed with. */
  readonly name: string;
  readonly holder: AddressHolder;
  readonly inbox: InboxOf;
  /** Whether who is signed in speaks for it, and not only looks. */
  readonly mayAct: boolean;
};

const nobody: InboxOf = { account: '', unit: '', positions: [], organisation: '' };

async function ofOrganisation(asked: Inside): Promise<Box> {
  const { one, deps } = asked;
  const { organisation } = one;
  return {
    ...{ asked, base: `/my/o/${organisation}`, name: await nameOf(deps, organisation) },
    holder: { kind: 'organisation', code: organisation },
    inbox: { ...nobody, organisation },
    mayAct: one.as === 'holder' || one.rights === 'act',
  };
}

function ofAccount(asked: Signed): Box {
  const { code, name } = asked.who.account;
  return {
    ...{ asked, base: '/my', name: `${code} ${name}`, mayAct: true },
    holder: { kind: 'account', code },
    inbox: { ...nobody, account: code },
  };
}

/** A page or form of a box. `needs`: who of an organisation may open it; an account opens its own. */
export type BoxRoute = Pick<MyRoute, 'method' | 'path'> & {
  readonly needs: 'any' | 'holder';
  readonly answer: (box: Box) => Promise<Reply>;
};

/** The same page or form twice: of an organisation, and of the account that is signed in. */
export function inBothBoxes({ method, path, needs, answer }: BoxRoute): MyRoute[] {
  const own = (asked: Asked): Promise<Reply> => signed((found) => answer(ofAccount(found)))(asked);
  return [
    {
      ...{ method, path: `/my/o/:organisation${path}` },
      answer: inside(needs, async (asked) => answer(await ofOrganisation(asked))),
    },
    { method, path: `/my${path}`, answer: own },
  ];
}
