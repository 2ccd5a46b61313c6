/** Restricted reading for the office: permit, file, entry in the journal, answer; in this order. */
import { type Day, type Instant, instantMs, parseInstant } from '../../../kernel/day.ts';
import { type Id, isId } from '../../../kernel/ids.ts';
import { type Refusal, type Result, ok, refuse } from '../../../kernel/result.ts';
import { type RecordView, channels, readSubjectRecords } from '../../../archive/records/index.ts';
import { type PublicFile, findFiles, readFile } from '../../../register/subjects/index.ts';
import { listUnits } from '../../../register/units/index.ts';
import {
  type Entered,
  type JournalRow,
  type Permit,
  type Quota,
  type Reader,
  deferTelling,
  enterReading,
  farthest,
  isDenial,
  isWithin,
  permitFor,
  purposesOn,
  readJournal,
  seenOf,
  usedToday,
} from '../../../trust/access/index.ts';
import { cited, isPersonal, portalLaw, readableFields, shownText } from '../../portal/index.ts';
import { type OfficeDeps, accessDeps } from '../deps.ts';

/** A provision briefly: what a reader needs to look it up. */
export function citedBriefly(deps: OfficeDeps, pointer: string) {
  const { instrument, number, article } = cited(portalLaw(deps.law()), pointer);
  return { pointer, instrument, number, article };
}

/** A purpose by its code: with its names, or the code where it is in force no more. */
type NamePurpose = (code: string) => { code: string; name: { zh: string; en: string } };

function purposeNames(deps: OfficeDeps): NamePurpose {
  const known = purposesOn(accessDeps(deps).lawOn()).map(({ purpose }) => purpose);
  const names = new Map(known.map(({ code, name, nameEn }) => [code, { zh: name, en: nameEn }]));
  return (code) => ({ code, name: names.get(code) ?? { zh: code, en: code } });
}

/** All purposes with what they mean to a reader: also those that are not open to it. */
export async function purposesFor(deps: OfficeDeps, { account, positions }: Reader) {
  const own = accessDeps(deps);
  const used = await usedToday(own, account);
  return purposesOn(own.lawOn()).map(({ purpose, provision }) => {
    const { code, perDay, matter } = purpose;
    const reach = farthest(purpose, positions)?.reach ?? null;
    const isOpen = reach !== null && provision !== null;
    return {
      ...{ code, name: { zh: purpose.name, en: purpose.nameEn }, reach, matter, perDay },
      left: isOpen ? Math.max(0, perDay - (used.get(code) ?? 0)) : 0,
      provision: provision === null ? null : citedBriefly(deps, provision),
      deferrable: purpose.deferral !== undefined,
    };
  });
}

/** What somebody wants to read. */
export type Asked = {
  readonly subject: string;
  readonly purpose: string;
  readonly matter: string | null;
};

/** Where a request came from, for what is denied. */
export type From = { readonly address: string | null; readonly route: string };

async function fileOf(deps: OfficeDeps, subject: string): Promise<Result<PublicFile>> {
  const tables = deps.linkTables();
  if (isId(subject)) return fileById(deps, subject);
  if (isPersonal(subject, tables)) return refuse('access.query-personal');
  const found = (await findFiles(deps.database, subject, tables)).filter(
    ({ by }) => by !== 'similar',
  );
  if (found.length > 1) return refuse('access.several-subjects', { count: found.length });
  const [only] = found;
  if (only === undefined) return refuse('access.no-such-subject');
  return ok(only.file);
}

async function fileById(deps: OfficeDeps, id: Id): Promise<Result<PublicFile>> {
  const file = await readFile(deps.database, id);
  return file === null ? refuse('access.no-such-subject') : ok(file);
}

/** Says no, and records it where the reader wanted what is not its own. */
async function denied(
  deps: OfficeDeps,
  { account }: Reader,
  refusal: Refusal,
  from: From,
): Promise<{ readonly ok: false; readonly refusal: Refusal }> {
  if (isDenial(refusal)) {
    const detail = { code: refusal.code, purpose: String(refusal.params['purpose'] ?? '') };
    await deps.database.transaction((tx) =>
      deps.record(tx, { kind: 'denied', account, ...from, detail }),
    );
  }
  return { ok: false, refusal };
}

/** A reading that was made: what was entered, of whom, and what is shown. */
export type Made = Entered & {
  readonly permit: Permit;
  readonly file: PublicFile;
  readonly records: readonly ReadRecord[];
};

type ReadRecord = { readonly view: RecordView; readonly fields: ReturnType<typeof readableFields> };

async function recordsUnder(
  deps: OfficeDeps,
  permit: Permit,
  file: PublicFile,
): Promise<ReadRecord[]> {
  // Only one reach asks where units lie.
  const units = permit.reach === 'region' ? await listUnits(deps.database) : [];
  const regions = new Map(units.map(({ code, region }) => [code, region]));
  const all = await readSubjectRecords(deps, file.ids, deps.clock.today(), null);
  return all
    .filter(({ statements, provider, authorityCode, open }) => {
      const by = [provider, ...statements.map((one) => one.provider), authorityCode ?? provider];
      return isWithin(permit, { units: by, open }, (unit) => regions.get(unit) ?? null);
    })
    .map((view) => {
      const standard = deps.law().standardOf(view.standard);
      const family = deps.law().itemFacts(view.item)?.family ?? 'other';
      const of = { standard, values: view.values, family };
      return { view, fields: readableFields(of, permit.purpose.fields) };
    });
}

/**
 * Reads a subject for a purpose. What is answered stands in the journal before; a refusal that is a
 * denial stands in the audit. Refuses what `permitFor` and `enterReading` refuse, and
 * `access.query-personal`, `access.no-such-subject`, `access.several-subjects {count}`.
 */
export async function readFor(
  deps: OfficeDeps,
  reader: Reader,
  asked: Asked,
  from: From,
): Promise<Result<Made>> {
  const own = accessDeps(deps);
  const permit = permitFor(own.lawOn(), reader, asked);
  if (!permit.ok) return denied(deps, reader, permit.refusal, from);
  const file = await fileOf(deps, asked.subject);
  if (!file.ok) return file;
  const records = await recordsUnder(deps, permit.value, file.value);
  const seen = seenOf(
    records.map(({ view, fields }) => ({ item: view.item, fields: fields.map(({ id }) => id) })),
  );
  const { subjectId } = file.value.subject;
  const entered = await enterReading(own, permit.value, { subjectId, seen });
  if (!entered.ok) return denied(deps, reader, entered.refusal, from);
  return ok({ ...entered.value, permit: permit.value, file: file.value, records });
}

/** A reading as it is answered. */
export function readingView(deps: OfficeDeps, { reading, quota, permit, file, records }: Made) {
  const { subject } = file;
  return {
    ...{ reading: reading.id, at: reading.at, toldFrom: reading.toldFrom, left: quota.left },
    subject: {
      ...{ subjectId: subject.subjectId, uscc: subject.uscc, status: subject.status },
      name: shownText(subject.name),
    },
    purpose: {
      code: reading.purpose,
      name: { zh: permit.purpose.name, en: permit.purpose.nameEn },
    },
    provision: citedBriefly(deps, reading.provision),
    reach: permit.reach,
    records: records.map(({ view, fields }) => ({
      ...{ recordId: view.recordId, item: view.item, itemName: view.itemName, class: view.class },
      documentNumber: view.documentNumber === null ? null : shownText(view.documentNumber),
      authority: view.authorityName === null ? view.authorityCode : shownText(view.authorityName),
      ...{ decidedOn: view.decidedOn, receivedOn: view.receivedOn },
      open: channels.filter((channel) => view.open[channel]),
      fields: fields.map(({ id, name, value, unit }) => ({ id, name, value, unit })),
    })),
  };
}

/** The headers that say what is left (draft-ietf-httpapi-ratelimit-headers). */
export function quotaHeaders({ purpose, most, left, resets }: Quota, now: Instant) {
  const seconds = Math.max(0, Math.ceil((instantMs(resets) - instantMs(now)) / 1000));
  return {
    'ratelimit-policy': `"${purpose}";q=${most};w=86400`,
    ratelimit: `"${purpose}";r=${left};t=${seconds}`,
  };
}

/** A deferral as an officer asks for it; `id`: the subject. */
export type DeferralForm = {
  readonly id: string;
  readonly purpose: string;
  readonly matter: string;
  readonly provision: string;
  readonly toldFrom: string;
  readonly reason: string;
};

/** Decides a deferral; see `deferTelling`. Refuses that, and `access.no-such-subject`. */
export async function deferFor(
  deps: OfficeDeps,
  reader: Reader,
  { id, ...form }: DeferralForm,
): Promise<Result<Id>> {
  const file = await fileById(deps, id as Id);
  if (!file.ok) return file;
  const { subjectId } = file.value.subject;
  const toldFrom = form.toldFrom as Day;
  return deferTelling(accessDeps(deps), reader, { ...form, subjectId, toldFrom });
}

const pageMost = 50;

function placeOf(after: string | undefined): Result<{ at: Instant; id: string } | null> {
  if (after === undefined) return ok(null);
  const [at = '', id = ''] = after.split(' ');
  const instant = parseInstant(at);
  return instant === null || !isId(id) ? refuse('access.bad-page') : ok({ at: instant, id });
}

/**
 * The journal of a subject as the subject is told today, the newest first. Refuses
 * `access.no-such-subject`, `access.bad-page`.
 */
export async function journalOf(deps: OfficeDeps, id: string, after: string | undefined) {
  const before = placeOf(after);
  if (!before.ok) return before;
  const file = await fileById(deps, id as Id);
  if (!file.ok) return file;
  const { ids } = file.value;
  // One more than is shown tells whether there is anything further on.
  const page = { before: before.value, most: pageMost + 1 };
  const found = await readJournal(deps.database, ids, deps.clock.today(), page);
  const rows = found.slice(0, pageMost);
  const units = new Map((await listUnits(deps.database)).map(({ code, name }) => [code, name]));
  const last = rows.at(-1);
  const next = found.length > pageMost && last !== undefined ? `${last.at} ${last.id}` : null;
  const nameOf = purposeNames(deps);
  return ok({ entries: rows.map((row) => entryView(deps, { units, nameOf }, row)), next });
}

type Names = { readonly units: ReadonlyMap<string, string>; readonly nameOf: NamePurpose };

function entryView(deps: OfficeDeps, { units, nameOf }: Names, row: JournalRow) {
  const { unit, position } = row.actor;
  const held = deps.positions().find(({ code }) => code === position);
  return {
    ...{ reading: row.id, at: row.at, matter: row.matter },
    unit: { code: unit, name: units.get(unit) ?? null },
    position: { zh: held?.name ?? position, en: held?.nameEn ?? position },
    purpose: nameOf(row.purpose),
    provision: citedBriefly(deps, row.provision),
    seen: Object.entries(row.seen).map(([item, { records, fields }]) => ({
      ...{ item, itemName: deps.law().itemFacts(item)?.name ?? item, records },
      fields: [...fields],
    })),
    told:
      row.toldFrom === null || row.ground === null
        ? null
        : { from: row.toldFrom, ground: citedBriefly(deps, row.ground) },
  };
}
