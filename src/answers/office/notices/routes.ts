/** An officer's letters: the inbox, one letter with its history, the acknowledgement. */
import { ok } from '../../../kernel/result.ts';
import { type Caller, type Handled, handle } from '../../../platform/http/index.ts';
import {
  type InboxOf,
  type OpenedLetter,
  type StandingLetter,
  acknowledgeLetter,
  countUnread,
  listLetters,
  openLetter,
  whyNotAcknowledge,
} from '../../../trust/notices/index.ts';
import type { OfficeDeps, OfficeOptions } from '../deps.ts';
import { held, listed } from '../service-caller.ts';
import {
  type LetterLine,
  type LetterView,
  acknowledgeRoute,
  letterRoute,
  lettersRoute,
} from './contract.ts';

const pageRows = 30;
const unreadMost = 100;

/** What is for somebody: by account, unit and positions. */
function inboxOf(caller: Caller): InboxOf & { readonly account: string } {
  const { code, unit, positions } = held(caller).account;
  return { account: code, unit, positions, organisation: null };
}

function lineOf({ letter, standing }: StandingLetter): LetterLine {
  const { id, at, template, title, to } = letter;
  const { state, readAt, servedOn, servedBy } = standing;
  return { id, at, template, title, to, state, readAt, servedOn, servedBy };
}

function viewOf({ letter, events, service }: OpenedLetter, options: OfficeOptions): LetterView {
  const { id, at, template, title, to, body } = letter;
  const { state, readAt, served } = service;
  const why = whyNotAcknowledge(service);
  return {
    ...{ id, at, template, title, to, body, state, readAt },
    ...{ servedOn: served?.on ?? null, servedBy: served?.by ?? null },
    history: events.map(({ at: when, kind, channel, account, detail }) => ({
      ...{ at: when, kind, channel, account, detail: { ...detail } },
    })),
    actions: [
      {
        ...{ action: 'acknowledge', allowed: why === null },
        why: why === null ? null : { code: why.code, ...options.wordsOf(why) },
      },
    ],
  };
}

/** The handlers of letters. */
export function noticeHandlers(deps: OfficeDeps, options: OfficeOptions): Handled[] {
  return [
    handle(lettersRoute, async ({ after }, caller) => {
      const of = inboxOf(caller);
      const page = { after: after ?? null, most: pageRows };
      const letters = await listLetters(deps.database, of, page);
      return ok({
        letters: letters.map(lineOf),
        unread: await countUnread(deps.database, of, unreadMost),
        next: letters.length === pageRows ? letters.at(-1)!.letter.id : null,
      });
    }),
    handle(letterRoute, async ({ id }, caller) => {
      const of = inboxOf(caller);
      const opened = await openLetter(deps.notices, id, of, of.account);
      return opened.ok ? ok(viewOf(opened.value, options)) : listed(opened);
    }),
    handle(acknowledgeRoute, async ({ id }, caller) => {
      const of = inboxOf(caller);
      const done = await acknowledgeLetter(deps.notices, id, of, of.account);
      return done.ok ? ok(viewOf(done.value, options)) : listed(done);
    }),
  ];
}
