/** Letters: written in the caller's transaction, read and acknowledged; every step is committed to. */
import type { Door, EventLog } from '../../kernel/act.ts';
import { commitmentOf } from '../../kernel/canonical.ts';
import type { Id } from '../../kernel/ids.ts';
import type { NoticeWanted, Notify } from '../../kernel/notice.ts';
import { type Result, assert, ok, refuse } from '../../kernel/result.ts';
import { calendarOf } from '../../kernel/rulebook/tables.ts';
import type { Rulebook } from '../../kernel/rulebook/rulebook.ts';
import { type Clock, freshId } from '../../platform/clock.ts';
import type { CryptoProvider } from '../../platform/crypto/index.ts';
import type { Database, Queryable, Tx } from '../../platform/db/index.ts';
import { freshBytes } from '../../platform/random.ts';
import type { CommittedTable } from '../audit/index.ts';
import { type Committed, insertCommitments } from '../transparency-log/index.ts';
import {
  type Letter,
  letterText,
  plainLine,
  templatesOn,
  textUsual,
  writeLetter,
} from './domain.ts';
import {
  type Service,
  type ServiceEvent,
  deemedDay,
  serviceOf,
  serviceText,
  whyNotAcknowledge,
} from './domain-service.ts';
import {
  type InboxOf,
  findLetter,
  insertLetter,
  insertServiceEvent,
  isLetterFor,
  letterOnce,
  lettersAfter,
  lockLetter,
  putOut,
  saltedLetter,
  serviceEvents,
  serviceEventsAfter,
} from './store.ts';
import { keepStanding } from './store-standing.ts';

/** What letters need of an installation. */
export type NoticeDeps = {
  readonly database: Database;
  readonly clock: Clock;
  readonly door: Door<Tx>;
  readonly record: EventLog<Tx>;
  readonly crypto: Pick<CryptoProvider, 'sealKey' | 'openKey' | 'mac'>;
  readonly rulebook: () => Rulebook;
  /** Division code of the place. */
  readonly place: string;
};

/** What happened to a letter, before it has an id and an instant. */
export type Happening = Pick<ServiceEvent, 'kind'> &
  Partial<Pick<ServiceEvent, 'channel' | 'account' | 'addressId' | 'detail'>>;

async function commit(
  deps: Pick<NoticeDeps, 'clock'>,
  tx: Tx,
  of: { readonly kind: 'letter' | 'service'; readonly id: Id; readonly at: Letter['at'] },
  sealed: { readonly salt: Buffer; readonly text: string },
): Promise<void> {
  const commitment = commitmentOf(sealed.salt, sealed.text);
  await insertCommitments(tx, [
    { id: freshId(deps.clock), kind: of.kind, objectId: of.id, commitment, at: of.at },
  ]);
}

/**
 * Enters what happened to a letter and works out how far it came; `null` for what happens once and has
 * happened. The letter is locked to the end of the transaction.
 */
export async function enterEvent(
  deps: NoticeDeps,
  tx: Tx,
  letter: Letter,
  happening: Happening,
): Promise<Service | null> {
  await lockLetter(tx, letter.id);
  const event: ServiceEvent = {
    ...{ channel: null, account: null, addressId: null, detail: {}, ...happening },
    ...{ id: freshId(deps.clock), letterId: letter.id, at: deps.clock.now() },
  };
  const salt = freshBytes(16);
  if (!(await insertServiceEvent(tx, event, salt))) return null;
  const { id, at } = event;
  await commit(deps, tx, { kind: 'service', id, at }, { salt, text: serviceText(event) });
  const service = serviceOf(letter.channels, await serviceEvents(tx, letter.id));
  const { state, deliveredAt, readAt, acknowledgedAt, served } = service;
  const due = deemedDay(service, letter.deemed, calendarOf(deps.rulebook()));
  await keepStanding(tx, letter.id, {
    ...{ state, deliveredAt, readAt, acknowledgedAt, deemedDue: due },
    ...{ servedBy: served?.by ?? null, servedOn: served?.on ?? null },
  });
  return service;
}

/**
 * Writes a letter in the caller's transaction and puts it out; it is carried afterwards, whatever happens to
 * this program meanwhile. A letter of a key is written once. Refuses `notices.no-such-template {template}`,
 * `notices.wrong-reader {template}`, and what {@link writeLetter} refuses.
 */
export async function sendNotice(
  deps: NoticeDeps,
  tx: Tx,
  wanted: NoticeWanted,
): Promise<Result<Id>> {
  const found = templatesOn(deps.rulebook(), deps.clock.today(), deps.place).get(wanted.template);
  if (found === undefined) return refuse('notices.no-such-template', { template: wanted.template });
  const { template, edition, deemedHolds } = found;
  if (template.to !== wanted.to.kind || wanted.to.code === '') {
    return refuse('notices.wrong-reader', { template: template.code });
  }
  const text = writeLetter(template, wanted.values);
  if (!text.ok) return text;
  const { deemed, channels, proof, readers = [] } = template;
  const letter: Letter = {
    ...{ id: freshId(deps.clock), at: deps.clock.now(), template: template.code, edition },
    ...{ to: wanted.to, readers, about: wanted.about, channels, proof, by: wanted.by },
    deemed: deemedHolds && deemed !== null ? { count: deemed.count, unit: deemed.unit } : null,
    ...text.value,
  };
  const salt = freshBytes(16);
  if (!(await insertLetter(tx, letter, { salt, once: wanted.once ?? null }))) {
    return ok((await letterOnce(tx, wanted.once!))!);
  }
  const { id, at } = letter;
  await commit(deps, tx, { kind: 'letter', id, at }, { salt, text: letterText(letter) });
  await enterEvent(deps, tx, letter, { kind: 'prepared' });
  await putOut(tx, id, channels, at);
  return ok(id);
}

/** The same for the floors below: a letter that can not be written is an event, and the act goes on. */
export function makeNotify(deps: NoticeDeps): Notify<Tx> {
  return async (tx, wanted) => {
    const templates = templatesOn(deps.rulebook(), deps.clock.today(), deps.place);
    const places = templates.get(wanted.template)?.template.values ?? [];
    // What people wrote is made to fit; everything else has to.
    const values = Object.fromEntries(
      Object.entries(wanted.values).map(([name, value]) => {
        const place = places.find((one) => one.name === name && one.type === 'text');
        const isWritten = place !== undefined && typeof value === 'string';
        return [name, isWritten ? plainLine(value, place.most ?? textUsual) : value];
      }),
    );
    const sent = await sendNotice(deps, tx, { ...wanted, values });
    if (sent.ok) return;
    await deps.record(tx, {
      ...{ kind: 'notice-not-written', account: wanted.by, address: null, route: null },
      detail: { template: wanted.template, code: sent.refusal.code, about: wanted.about },
    });
  };
}

/** A letter with what became of it. */
export type OpenedLetter = {
  readonly letter: Letter;
  readonly events: readonly ServiceEvent[];
  readonly service: Service;
};

async function opened(db: Queryable, letter: Letter): Promise<OpenedLetter> {
  const events = await serviceEvents(db, letter.id);
  return { letter, events, service: serviceOf(letter.channels, events) };
}

/** A letter for whoever serves letters, read by nobody through this. Refuses `notices.no-such-letter`. */
export async function letterWith(db: Queryable, id: string): Promise<Result<OpenedLetter>> {
  const letter = await findLetter(db, id);
  return letter === null ? refuse('notices.no-such-letter') : ok(await opened(db, letter));
}

/**
 * Opens a letter as its reader; the first time is entered. Refuses `notices.no-such-letter`, alike for
 * letters to others.
 */
export async function openLetter(
  deps: NoticeDeps,
  id: string,
  of: InboxOf,
  account: string,
): Promise<Result<OpenedLetter>> {
  return deps.database.transaction(async (tx) => {
    const letter = (await isLetterFor(tx, id, of)) ? await findLetter(tx, id) : null;
    if (letter === null) return refuse('notices.no-such-letter');
    await lockLetter(tx, letter.id);
    const before = await opened(tx, letter);
    if (before.service.readAt !== null) return ok(before);
    await enterEvent(deps, tx, letter, { kind: 'read', account });
    return ok(await opened(tx, letter));
  });
}

/**
 * Its reader says that a letter came: the proof of its service. Refuses `notices.no-such-letter`, alike for
 * letters to others, and `notices.already-acknowledged`.
 */
export async function acknowledgeLetter(
  deps: NoticeDeps,
  id: string,
  of: InboxOf,
  account: string,
): Promise<Result<OpenedLetter>> {
  return deps.database.transaction(async (tx) => {
    const letter = (await isLetterFor(tx, id, of)) ? await findLetter(tx, id) : null;
    if (letter === null) return refuse('notices.no-such-letter');
    await lockLetter(tx, letter.id);
    const why = whyNotAcknowledge((await opened(tx, letter)).service);
    if (why !== null) return { ok: false, refusal: why };
    await enterEvent(deps, tx, letter, { kind: 'acknowledged', account });
    await deps.record(tx, {
      ...{ kind: 'notice-acknowledged', account, address: null, route: null },
      detail: { letter: letter.id, template: letter.template },
    });
    return ok(await opened(tx, letter));
  });
}

/** Letters for `verifyAudit`. */
export const committedLetters: CommittedTable = {
  table: 'letter',
  async read(tx, after, most) {
    return (await lettersAfter(tx, after, most)).map(({ row, salt }) => ({
      ...{ id: row.id, at: row.at, salt, text: letterText(row) },
      what: `${row.template} ${row.to.kind}:${row.to.code}`,
    }));
  },
};

/** Events of service for `verifyAudit`. */
export const committedService: CommittedTable = {
  table: 'service',
  async read(tx, after, most) {
    return (await serviceEventsAfter(tx, after, most)).map(({ row, salt }) => ({
      ...{ id: row.id, at: row.at, salt, text: serviceText(row) },
      what: `${row.kind} letter:${row.letterId}`,
    }));
  },
};

/** What proves the service of a letter: it and its events, as they were committed to. Refuses `notices.no-such-letter`. */
export async function committedOf(db: Queryable, id: string): Promise<Result<Committed[]>> {
  const found = await saltedLetter(db, id);
  if (found === null) return refuse('notices.no-such-letter');
  const { row, salt } = found.letter;
  assert(row.id === id, 'the letter that was asked for');
  return ok([
    { objectId: row.id, at: row.at, text: letterText(row), salt },
    ...found.events.map((event) => ({
      ...{ objectId: event.row.id, at: event.row.at, text: serviceText(event.row) },
      salt: event.salt,
    })),
  ]);
}
