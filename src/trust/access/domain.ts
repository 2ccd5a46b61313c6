/** For what restricted data is read: which purpose, on which ground, how far it reaches. Pure. */
import type { Actor } from '../../kernel/act.ts';
import { canonicalJson } from '../../kernel/canonical.ts';
import { type Day, type Instant, addDays } from '../../kernel/day.ts';
import { type Refusal, type Result, ok, refuse } from '../../kernel/result.ts';
import type { Purpose, Reach } from '../../kernel/rulebook/purposes.ts';
import {
  type Rulebook,
  editionKey,
  inForce,
  reaches,
  supportOf,
} from '../../kernel/rulebook/rulebook.ts';
import { scanPersonalData } from '../../kernel/personal-data.ts';

/** The law on a day at a place. */
export type LawOn = { readonly rulebook: Rulebook; readonly on: Day; readonly place: string };

/** A purpose with the edition it stands in and the provision that carries it today; `null`: none does. */
export type KnownPurpose = {
  readonly purpose: Purpose;
  readonly edition: string;
  readonly provision: string | null;
};

const rank = { nation: 1, province: 2, city: 3 } as const;

/** All purposes in force, each once: the lowest layer that names a code has it. In the order of the files. */
export function purposesOn({ rulebook, on, place }: LawOn): KnownPurpose[] {
  const editions = [...inForce(rulebook, 'purposes', on, place)].sort(
    (a, b) => rank[a.document.layer] - rank[b.document.layer],
  );
  const found = new Map<string, KnownPurpose>();
  for (const { document } of editions) {
    const edition = editionKey(document);
    for (const purpose of document.purposes) {
      const provision = supportOf(rulebook, purpose.basis, on, place)?.pointer ?? null;
      found.set(purpose.code, { purpose, edition, provision });
    }
  }
  return [...found.values()];
}

const reachOrder: readonly Reach[] = ['all', 'region', 'own'];

/** Of some positions the one that reaches farthest under a purpose; `null`: none may read for it. */
export function farthest(
  { allow }: Pick<Purpose, 'allow'>,
  positions: readonly string[],
): { readonly position: string; readonly reach: Reach } | null {
  for (const reach of reachOrder) {
    const able = allow.filter(({ records }) => records === reach).flatMap((one) => one.positions);
    const position = positions.find((one) => able.includes(one));
    if (position !== undefined) return { position, reach };
  }
  return null;
}

/** What a reader may do, once it is known that it may. */
export type Permit = {
  readonly actor: Actor;
  readonly purpose: Purpose;
  readonly edition: string;
  readonly provision: string;
  readonly reach: Reach;
  readonly matter: string | null;
};

/** What somebody wants to read for. */
export type Wanted = { readonly purpose: string; readonly matter: string | null };

/** Whoever asks: an account in its positions, for its unit. */
export type Reader = {
  readonly account: string;
  readonly unit: string;
  readonly positions: readonly string[];
};

const matterMost = 80;

function matterOf(purpose: Purpose, given: string | null): Result<string | null> {
  const matter = given === null || given.trim() === '' ? null : given.trim();
  if (matter === null) {
    return purpose.matter === null
      ? ok(null)
      : refuse('access.matter-needed', { purpose: purpose.name, matter: purpose.matter });
  }
  if (matter.length > matterMost) return refuse('access.matter-too-long', { most: matterMost });
  return scanPersonalData(matter).length > 0 ? refuse('access.matter-personal') : ok(matter);
}

/**
 * Whether a reader may read for a purpose today: it is named in force, carried by a provision, open to
 * one of the reader's positions, and the matter is named. Of several positions the one that reaches
 * farthest counts. Refuses `access.no-such-purpose`, `access.no-basis`, `access.not-your-purpose`,
 * `access.matter-needed`, `access.matter-too-long`, `access.matter-personal`.
 */
export function permitFor(law: LawOn, reader: Reader, wanted: Wanted): Result<Permit> {
  const known = purposesOn(law).find(({ purpose }) => purpose.code === wanted.purpose);
  if (known === undefined) return refuse('access.no-such-purpose', { purpose: wanted.purpose });
  const { purpose, edition, provision } = known;
  if (provision === null) {
    return refuse('access.no-basis', { purpose: purpose.name, basis: purpose.basis.join('、') });
  }
  const best = farthest(purpose, reader.positions);
  if (best === null) return refuse('access.not-your-purpose', { purpose: purpose.name });
  const matter = matterOf(purpose, wanted.matter);
  if (!matter.ok) return matter;
  const actor = { account: reader.account, unit: reader.unit, position: best.position };
  return ok({ actor, purpose, edition, provision, reach: best.reach, matter: matter.value });
}

/** What of a record decides whether a reader reaches it. */
export type Reached = {
  /** Units that provided it or decided it, by code. */
  readonly units: readonly string[];
  readonly open: Readonly<Record<'show' | 'share' | 'use' | 'report', boolean>>;
};

/** Region of a unit by its code; `null` where the register does not tell. */
export type RegionOf = (unit: string) => string | null;

/** Whether a record may be read under a permit. A unit without a region reaches its own records only. */
export function isWithin(permit: Permit, record: Reached, regionOf: RegionOf): boolean {
  const { reach, purpose, actor } = permit;
  const { channels } = purpose;
  if (channels !== 'any' && !channels.some((channel) => record.open[channel])) return false;
  if (reach === 'all' || record.units.includes(actor.unit)) return true;
  if (reach === 'own') return false;
  const own = regionOf(actor.unit);
  if (own === null) return false;
  return record.units.some((unit) => {
    const region = regionOf(unit);
    return region !== null && reaches(own, region);
  });
}

/** What was read, by item: how many records and which fields (ids of the standard), sorted. */
export type Seen = Readonly<
  Record<string, { readonly records: number; readonly fields: readonly string[] }>
>;

/** Gathers what was read. */
export function seenOf(
  records: readonly { readonly item: string; readonly fields: readonly string[] }[],
): Seen {
  const byItem = new Map<string, { records: number; fields: Set<string> }>();
  for (const { item, fields } of records) {
    const one = byItem.get(item) ?? { records: 0, fields: new Set<string>() };
    one.records += 1;
    for (const field of fields) one.fields.add(field);
    byItem.set(item, one);
  }
  return Object.fromEntries(
    [...byItem]
      .sort()
      .map(([item, one]) => [item, { records: one.records, fields: [...one.fields].sort() }]),
  );
}

/** A reading as it is kept. */
export type Reading = {
  readonly id: string;
  readonly at: Instant;
  readonly subjectId: string;
  readonly actor: Actor;
  readonly purpose: string;
  readonly edition: string;
  readonly provision: string;
  readonly matter: string | null;
  readonly seen: Seen;
  /** The subject is told from this day on; `null`: at once. */
  readonly toldFrom: Day | null;
  readonly deferralId: string | null;
};

/** Canonical text of a reading, which its commitment covers. */
export function readingText({ actor, seen, ...rest }: Reading): string {
  return canonicalJson({
    ...rest,
    actor: { ...actor },
    seen: Object.fromEntries(
      Object.entries(seen).map(([item, { records, fields }]) => [
        item,
        { records, fields: [...fields] },
      ]),
    ),
  });
}

/** What somebody wants to decide: that a subject is told later. */
export type DeferralWanted = {
  readonly purpose: string;
  readonly matter: string;
  readonly provision: string;
  /** First day on which the subject is told. */
  readonly toldFrom: Day;
};

/**
 * Whether telling may be put off: the purpose allows it, on this very provision, which is in force, and
 * not for longer than it says. Refuses as {@link permitFor} does, and `access.not-deferrable`,
 * `access.no-ground {basis}`, `access.deferred-too-long {latest}`, `access.deferred-to-the-past`.
 */
export function deferralOf(law: LawOn, reader: Reader, wanted: DeferralWanted): Result<Permit> {
  const permit = permitFor(law, reader, wanted);
  if (!permit.ok) return permit;
  const { purpose } = permit.value;
  if (purpose.deferral === undefined) {
    return refuse('access.not-deferrable', { purpose: purpose.name });
  }
  const { basis, daysMost } = purpose.deferral;
  const stands =
    basis.includes(wanted.provision) &&
    supportOf(law.rulebook, [wanted.provision], law.on, law.place) !== null;
  if (!stands) return refuse('access.no-ground', { basis: basis.join('、') });
  const latest = addDays(law.on, daysMost);
  if (wanted.toldFrom > latest) return refuse('access.deferred-too-long', { latest });
  return wanted.toldFrom > law.on ? permit : refuse('access.deferred-to-the-past');
}

/** Codes of refusals that are denials: somebody wanted to read what is not theirs. */
export function isDenial({ code }: Refusal): boolean {
  return [
    'access.no-such-purpose',
    'access.no-basis',
    'access.not-your-purpose',
    'access.quota-used',
  ].includes(code);
}
