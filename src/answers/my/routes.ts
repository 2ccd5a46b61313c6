/** Pages and forms at `/my/`. What an account may not open is answered as if it were not there. */
import { createElement } from 'react';
import { parseDay } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Refusal, refuse } from '../../kernel/result.ts';
import { type Reply, setSessionCookie, statusOf } from '../../platform/http/index.ts';
import {
  type OpenedSession,
  bindOrganisation,
  changePassword,
  delegatesOf,
  devicesOf,
  endDelegate,
  endSession,
  nameDelegate,
  signIn,
} from '../../trust/accounts/index.ts';
import { readerAt } from '../portal/index.ts';
import { enterpriseDeps } from './deps.ts';
import { DelegatesPage } from './pages/delegates.tsx';
import { BindPage, PasswordPage, SignInPage } from './pages/enter.tsx';
import { EndsPage, FilePage } from './pages/file.tsx';
import type { Problem } from './pages/form.tsx';
import { JournalPage } from './pages/journal.tsx';
import { OverviewPage } from './pages/overview.tsx';
import { fileOf, nameOf, ownFile, ownJournal } from './service.ts';
import {
  type Asked,
  type MyRoute,
  type Signed,
  type Inside,
  cookieOf,
  originOf,
  page,
  to,
  wordsFor,
  tell,
  nothing,
  openForm,
  signed,
  inside,
} from './asking.ts';
import { contactRoutes } from './routes-contact.ts';
import { letterRoutes } from './routes-letters.ts';

const signInTitle = { zh: '登录', en: 'Sign in' };

function signInPage(asked: Asked, refusal: Refusal | null): Promise<Reply> {
  const { r } = readerAt(asked.c);
  const problem: Problem = refusal === null ? null : wordsFor(asked, refusal);
  const body = createElement(SignInPage, { r, problem });
  const status = refusal === null ? 200 : statusOf(refusal.code);
  return Promise.resolve(page(asked, { title: signInTitle, body, status }));
}

/** To the overview, with the cookie of a session just begun: a token from before is worth nothing. */
function begun(asked: Asked, { token }: OpenedSession): Reply {
  return to(asked, '/my', { 'set-cookie': setSessionCookie(asked.c, cookieOf(asked), token) });
}

function signInAnswer(asked: Asked): Promise<Reply> {
  return openForm(asked, async (form) => {
    const given = { account: form.get('account') ?? '', password: form.get('password') ?? '' };
    // Longer than any code or password may be: not looked at closely.
    const fits = given.account.length <= 40 && given.password.length <= 128;
    const done = fits
      ? await signIn(
          enterpriseDeps(asked.deps),
          { ...given, account: given.account.trim().toUpperCase() },
          originOf(asked),
        )
      : refuse('accounts.wrong-credentials');
    return done.ok ? begun(asked, done.value) : signInPage(asked, done.refusal);
  });
}

type BindGiven = { readonly organisation: string; readonly name: string };

function bindPage(asked: Asked, refusal: Refusal | null, given: BindGiven): Reply {
  const { r } = readerAt(asked.c);
  const open = enterpriseDeps(asked.deps).proof !== null;
  const problem: Problem = refusal === null ? null : wordsFor(asked, refusal);
  const body = createElement(BindPage, { r, open, problem, given });
  const status = refusal === null ? 200 : statusOf(refusal.code);
  return page(asked, { title: { zh: '绑定组织', en: 'Bind an organisation' }, body, status });
}

function bindAnswer(asked: Asked): Promise<Reply> {
  return openForm(asked, async (form) => {
    const text = (name: string) => form.get(name) ?? '';
    const organisation = text('organisation').trim().toUpperCase().slice(0, 40);
    const given = { organisation, name: text('name').slice(0, 200) };
    const password = text('password').slice(0, 1_000);
    if (password !== text('again').slice(0, 1_000)) {
      return bindPage(asked, refuse('enterprise.passwords-differ').refusal, given);
    }
    const known = await fileOf(asked.deps, organisation);
    if (!known.ok) return bindPage(asked, known.refusal, given);
    const form2 = { ...given, code: text('code'), password };
    const done = await bindOrganisation(enterpriseDeps(asked.deps), form2, originOf(asked));
    return done.ok ? begun(asked, done.value) : bindPage(asked, done.refusal, given);
  });
}

async function overview(asked: Signed): Promise<Reply> {
  const { deps, who, opens, c } = asked;
  const { r } = readerAt(c);
  const devices = await devicesOf(enterpriseDeps(deps), who);
  const named = opens.map(async (one) => ({ ...one, name: await nameOf(deps, one.organisation) }));
  const view = {
    ...{ account: who.account.code, name: who.account.name, csrf: who.session.csrf },
    opens: await Promise.all(named),
    devices: devices.map(({ id, device, createdAt }) => ({
      ...{ id, device, since: createdAt, current: id === who.session.id },
    })),
  };
  const title = { zh: '我的组织', en: 'My organisation' };
  return page(asked, { title, body: createElement(OverviewPage, { r, view }) });
}

function passwordPage(asked: Signed, refusal: Refusal | null): Promise<Reply> {
  const { r } = readerAt(asked.c);
  const problem: Problem = refusal === null ? null : wordsFor(asked, refusal);
  const body = createElement(PasswordPage, { r, problem, csrf: asked.who.session.csrf });
  const status = refusal === null ? 200 : statusOf(refusal.code);
  return Promise.resolve(
    page(asked, { title: { zh: '更换口令', en: 'Change the password' }, body, status }),
  );
}

async function passwordAnswer(asked: Signed): Promise<Reply> {
  const text = (name: string) => (asked.form.get(name) ?? '').slice(0, 1_000);
  const password = text('password');
  if (password !== text('again')) {
    return passwordPage(asked, refuse('enterprise.passwords-differ').refusal);
  }
  const given = { old: text('old'), password };
  const done = await changePassword(enterpriseDeps(asked.deps), asked.who, given);
  return done.ok ? begun(asked, done.value) : passwordPage(asked, done.refusal);
}

async function endSessionAnswer(asked: Signed): Promise<Reply> {
  const id = asked.c.req.param('id') ?? '';
  const { who } = asked;
  const ended = await endSession(enterpriseDeps(asked.deps), who, id as Id);
  if (!ended.ok) return nothing(asked);
  if (id !== who.session.id) return to(asked, '/my');
  const gone = setSessionCookie(asked.c, cookieOf(asked), null);
  return to(asked, '/my/sign-in', { 'set-cookie': gone });
}

async function fileAnswer(asked: Inside): Promise<Reply> {
  const file = await ownFile(asked.deps, asked.one.organisation);
  if (!file.ok) return tell(asked, file.refusal);
  const given = asked.c.req.query('page') ?? '1';
  const number = /^[1-9]\d{0,5}$/.test(given) ? Number(given) : 1;
  const { r } = readerAt(asked.c);
  const body = createElement(FilePage, { r, file: file.value, page: number });
  return page(asked, { title: { zh: '完整信用档案', en: 'The whole file' }, body });
}

async function endsAnswer(asked: Inside): Promise<Reply> {
  const file = await ownFile(asked.deps, asked.one.organisation);
  if (!file.ok) return tell(asked, file.refusal);
  const body = createElement(EndsPage, { r: readerAt(asked.c).r, file: file.value });
  return page(asked, { title: { zh: '何时到期', en: 'What falls away when' }, body });
}

async function journalAnswer(asked: Inside): Promise<Reply> {
  const { organisation } = asked.one;
  const journal = await ownJournal(asked.deps, organisation, asked.c.req.query('after'));
  if (!journal.ok) return tell(asked, journal.refusal);
  const name = await nameOf(asked.deps, organisation);
  const { r } = readerAt(asked.c);
  const body = createElement(JournalPage, { r, name, organisation, journal: journal.value });
  return page(asked, { title: { zh: '查询记录', en: 'Who read it' }, body });
}

async function delegatesPage(asked: Inside, refusal: Refusal | null): Promise<Reply> {
  const { deps, one, who } = asked;
  const { organisation } = one;
  const { r } = readerAt(asked.c);
  const view = {
    ...{ organisation, name: await nameOf(deps, organisation), csrf: who.session.csrf },
    delegates: await delegatesOf(deps, organisation),
  };
  const problem: Problem = refusal === null ? null : wordsFor(asked, refusal);
  const body = createElement(DelegatesPage, { r, view, problem });
  const status = refusal === null ? 200 : statusOf(refusal.code);
  return page(asked, { title: { zh: '委托', en: 'Delegates' }, body, status });
}

async function nameAnswer(asked: Inside): Promise<Reply> {
  const { form, who, deps } = asked;
  const wanted = {
    account: (form.get('account') ?? '').trim().toUpperCase().slice(0, 40),
    rights: form.get('rights') === 'act' ? ('act' as const) : ('read' as const),
    lastDay: parseDay(form.get('lastDay') ?? ''),
  };
  const holder = who.account.code;
  const done = await nameDelegate(enterpriseDeps(deps), holder, wanted, originOf(asked));
  if (!done.ok) return delegatesPage(asked, done.refusal);
  return to(asked, `/my/o/${asked.one.organisation}/delegates`);
}

async function endDelegateAnswer(asked: Inside): Promise<Reply> {
  const { who, deps, c } = asked;
  const id = c.req.param('id') ?? '';
  const done = await endDelegate(enterpriseDeps(deps), who.account.code, id, originOf(asked));
  return done.ok ? to(asked, `/my/o/${asked.one.organisation}/delegates`) : nothing(asked);
}

const emptyBinding = { organisation: '', name: '' };

/** Every page and form of the space. */
export const myRoutes: readonly MyRoute[] = [
  { method: 'GET', path: '/my', answer: signed(overview) },
  { method: 'GET', path: '/my/sign-in', answer: (asked) => signInPage(asked, null) },
  { method: 'POST', path: '/my/sign-in', answer: signInAnswer },
  {
    ...{ method: 'GET', path: '/my/bind' },
    answer: (asked) => Promise.resolve(bindPage(asked, null, emptyBinding)),
  },
  { method: 'POST', path: '/my/bind', answer: bindAnswer },
  { method: 'GET', path: '/my/password', answer: signed((a) => passwordPage(a, null), true) },
  { method: 'POST', path: '/my/password', answer: signed(passwordAnswer, true) },
  { method: 'POST', path: '/my/sessions/:id/end', answer: signed(endSessionAnswer) },
  { method: 'GET', path: '/my/o/:organisation/file', answer: inside('any', fileAnswer) },
  { method: 'GET', path: '/my/o/:organisation/ends', answer: inside('any', endsAnswer) },
  { method: 'GET', path: '/my/o/:organisation/journal', answer: inside('any', journalAnswer) },
  {
    ...{ method: 'GET', path: '/my/o/:organisation/delegates' },
    answer: inside('holder', (asked) => delegatesPage(asked, null)),
  },
  { method: 'POST', path: '/my/o/:organisation/delegates', answer: inside('holder', nameAnswer) },
  {
    ...{ method: 'POST', path: '/my/o/:organisation/delegates/:id/end' },
    answer: inside('holder', endDelegateAnswer),
  },
  ...letterRoutes,
  ...contactRoutes,
];
