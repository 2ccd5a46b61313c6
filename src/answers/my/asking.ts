/** What every page and form at `/my/` stands on: sessions, tokens, refusals as pages. */
import { createElement } from 'react';
import type { ReactElement } from 'react';
import { type Refusal, refuse } from '../../kernel/result.ts';
import {
  type EdgeContext,
  type Reply,
  addressOf,
  deviceOf,
  fillRefusal,
  isFromElsewhere,
  readForm,
  redirectReply,
  sameSecret,
  sessionToken,
  statusOf,
} from '../../platform/http/index.ts';
import { type Known, type Opens, opensOf, sessionOf } from '../../trust/accounts/index.ts';
import { drawPage, readerAt, siteOf } from '../portal/index.ts';
import type { Words } from '../../ui/reader.ts';
import { type MyDeps, type MyOptions, enterpriseDeps } from './deps.ts';

/** A request with what answers it. */
export type Asked = {
  readonly c: EdgeContext;
  readonly deps: MyDeps;
  readonly options: MyOptions;
};

/** A page or form; `who` is null for those that need no session. */
export type MyRoute = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly answer: (asked: Asked) => Promise<Reply>;
};

export type Form = ReadonlyMap<string, string>;
export type Signed = Asked & {
  readonly who: Known;
  readonly opens: readonly Opens[];
  readonly form: Form;
};
export type Inside = Signed & { readonly one: Opens };

const formBytesMax = 16 * 1024;
export const cookieOf = ({ options }: Asked) => ({
  ...{ name: 'xinheng-my', trustedProxies: options.trustedProxies },
});
export const originOf = ({ c, options }: Asked) => ({
  ...{ address: addressOf(c, options.trustedProxies), device: deviceOf(c) },
});

type Drawn = { readonly title: Words; readonly body: ReactElement; readonly status?: number };

/** A page of this space: for its reader alone, kept nowhere. */
export function page({ c, deps }: Asked, { title, body, status = 200 }: Drawn): Reply {
  const { r, path } = readerAt(c);
  const drawn = { title: r.say(title), menu: null, robots: 'noindex' as const, own: true, body };
  return {
    ...{ status, type: 'text/html; charset=utf-8', cache: 'none' },
    body: drawPage({ r, site: siteOf(deps), page: drawn, path }),
    headers: { 'content-language': r.lang === 'zh' ? 'zh-CN' : 'en' },
  };
}

export const to = ({ c }: Asked, path: string, headers: Readonly<Record<string, string>> = {}) =>
  redirectReply(readerAt(c).r.to(path), 303, headers);

export const wordsFor = ({ options }: Asked, refusal: Refusal): Words =>
  fillRefusal(options.wordsOf(refusal), refusal.params);

/** A refusal as a page of its own. */
export function tell(asked: Asked, refusal: Refusal): Reply {
  const { r } = readerAt(asked.c);
  const title = { zh: '没有办成', en: 'Not done' };
  const words = r.say(wordsFor(asked, refusal));
  const body = createElement(
    'div',
    { className: 'wide' },
    createElement('h1', null, r.say(title)),
    createElement('p', null, words),
  );
  return page(asked, { title, body, status: statusOf(refusal.code) });
}

/** The same answer for everything an account may not know of. */
export const nothing = (asked: Asked): Reply => tell(asked, { code: 'http.not-found', params: {} });

const noForm: Form = new Map();

/** A form of somebody who has no session yet: from our own pages only. */
export async function openForm(asked: Asked, run: (form: Form) => Promise<Reply>): Promise<Reply> {
  if (isFromElsewhere(asked.c, asked.deps.config.origin)) {
    return tell(asked, refuse('accounts.foreign-origin').refusal);
  }
  return run((await readForm(asked.c, formBytesMax)) ?? noForm);
}

/**
 * Runs what needs a session; whoever has none is sent to sign in, whoever has to choose another password
 * to that page. A post needs the token of its page.
 */
export function signed(run: (asked: Signed) => Promise<Reply>, isForPassword = false) {
  return async (asked: Asked): Promise<Reply> => {
    const { c, deps } = asked;
    const token = sessionToken(c, cookieOf(asked));
    const known = token === null ? null : await sessionOf(enterpriseDeps(deps), token);
    if (known === null || !known.ok) return to(asked, '/my/sign-in');
    const { state } = known.value.session;
    if (state === 'change-password' && !isForPassword) return to(asked, '/my/password');
    if (state !== 'open' && state !== 'change-password') return to(asked, '/my/sign-in');
    c.set('session', token!);
    const who = known.value;
    let form = noForm;
    if (c.req.method === 'POST') {
      if (isFromElsewhere(c, deps.config.origin)) {
        return tell(asked, refuse('accounts.foreign-origin').refusal);
      }
      form = (await readForm(c, formBytesMax)) ?? noForm;
      if (!sameSecret(form.get('csrf') ?? '', who.session.csrf)) {
        return tell(asked, refuse('accounts.bad-csrf').refusal);
      }
    }
    const opens = await opensOf(deps, who.account.code);
    return run({ ...asked, who, opens, form });
  };
}

/** Runs what is about one organisation, for those it is open to; to others nothing is there. */
export function inside(needs: 'any' | 'holder', run: (asked: Inside) => Promise<Reply>) {
  return signed(async (asked) => {
    const organisation = asked.c.req.param('organisation') ?? '';
    const one = asked.opens.find((found) => found.organisation === organisation);
    if (one !== undefined && (needs === 'any' || one.as === 'holder')) {
      return run({ ...asked, one });
    }
    const { who, deps } = asked;
    await deps.database.transaction((tx) =>
      deps.record(tx, {
        ...{ kind: 'denied', account: who.account.code, address: originOf(asked).address },
        ...{ route: `${asked.c.req.method} /my/o`, detail: { code: 'http.not-found' } },
      }),
    );
    return nothing(asked);
  });
}
