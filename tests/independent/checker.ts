/**
 * The second opinion on windows: for one matter, one channel and ONE day it answers whether the matter
 * may be open, written from the law (domain paper §1.2–1.3, §4.2, §9, §14.1, design §2) and not from
 * the code that computes windows. It knows no windows and no segments, only days.
 */
import { corresponding, count } from './calendar.ts';
import { carried, instrumentDays } from './instruments.ts';
import { type Item, items } from './items.ts';
import type { Matter, Office, Way } from './matter.ts';
import { type Law, laws } from './other-law.ts';
import {
  type Period,
  fiveYears,
  marketPeriods,
  narrowings,
  ordinaryPeriods,
  samplePeriod,
} from './penalty-law.ts';
import { type Standing, weightOn } from './weights.ts';

/** The answer of the checker, with the point that decided. */
export type Opinion = { readonly open: boolean; readonly why: string };

const no = (why: string): Opinion => ({ open: false, why });
const sampleCityPlace = '329900';
/** Written for "no end" in end dates; not an end. */
const longTerm = (day: string): boolean => day >= '2099-12-31';

/** Whether the matter may be open in the channel on the day. */
export function opinionOn(matter: Matter, way: Way, day: string, office: Office): Opinion {
  const today = count(day);
  if (today < count(matter.received)) return no('not received yet');
  if (reached(matter.annulledFrom, today)) return no('annulled');
  if (reached(matter.deletedFrom, today)) return no('deleted by its source');
  const item = items[matter.item];
  if (item === undefined) return no('no such item');
  const where = { day: today, place: matter.place, confirmed: office.confirmed };
  if (!(item.read || office.confirmed) || !carried(item.grounds, where)) {
    return no('the item rests on nothing');
  }
  if (way !== 'report' && !item.public) return no('the directory does not make the item public');
  if (way === 'show' && isHeld(matter, today)) return no('display is held');
  if (way === 'show' && reached(matter.withdrawnFrom, today)) return no('its source ended display');
  const opinion =
    item.law === 'penalty'
      ? penaltyOn(matter, way, today, office)
      : otherOn(matter, way, { today, office, law: item.law });
  if (!opinion.open) return opinion;
  return withinFiveYears(matter, item, way, today)
    ? opinion
    : no('five years of local law are over');
}

function reached(day: string | null, today: number): boolean {
  return day !== null && today >= count(day);
}

function isHeld({ held }: Matter, today: number): boolean {
  return held !== null && reached(held.from, today) && !reached(held.cleared, today);
}

/**
 * The matter as it stands: after a partial annulment only the rest counts. The mark was put on the whole
 * decision and no longer weighs the rest, but what is left cannot be heavier than the whole was.
 */
export function standing(matter: Matter, today: number): Standing {
  const left = matter.leftAfter;
  if (left === null || today < count(left.from)) return matter;
  return { ...matter, kinds: left.kinds, marked: null, atMost: matter.marked };
}

function penaltyOn(matter: Matter, way: Way, today: number, office: Office): Opinion {
  const periods = periodsOf(matter, office);
  const period = periods.find(({ from, to }) => today >= from && today <= to);
  if (period === undefined) return no('no period of law covers the day');
  const now = standing(matter, today);
  const governing = governedBySample(now, today, office) ? samplePeriod : period;
  const open = openInPeriod(governing, matter, { way, today, office, now });
  if (!open.open) return open;
  for (const before of periods) {
    if (before.from >= period.from || before.to < count(matter.decided)) continue;
    if (way !== 'report' && pastOlderTerm(before, matter, { way, today, office, now })) {
      return no(`its term under ${before.name} was over`);
    }
  }
  return narrowed(matter, now, way, today);
}

function periodsOf(matter: Matter, office: Office): readonly Period[] {
  const all = matter.sector === 'market-regulation' ? marketPeriods : ordinaryPeriods;
  return office.alone === null ? all : all.filter(({ name }) => name === office.alone);
}

/** Name of the period of penalty law that governs a day, and the weight as it stands. */
export function cellOn(
  matter: Matter,
  day: string,
  office: Office,
): { readonly period: string; readonly weight: string } | null {
  const today = count(day);
  const now = standing(matter, today);
  const found = periodsOf(matter, office).find(({ from, to }) => today >= from && today <= to);
  if (found === undefined) return null;
  const period = governedBySample(now, today, office) ? samplePeriod : found;
  const weighed = weightOn(period.standard, now, { day: today, confirmed: office.confirmed });
  const weight = weighed === null || !weighed.known ? 'unknown' : weighed.weight;
  return { period: period.name, weight };
}

function governedBySample(now: Standing, today: number, office: Office): boolean {
  return (
    office.sampleCity &&
    now.place === sampleCityPlace &&
    now.sector === 'urban-management' &&
    today >= samplePeriod.from
  );
}

type Question = {
  readonly way: Way;
  readonly today: number;
  readonly office: Office;
  readonly now: Standing;
};

function openInPeriod(period: Period, matter: Matter, question: Question): Opinion {
  const { way, today, office, now } = question;
  if (way === 'show' && period.neverShown(now)) return no('never shown in this period');
  const on = { day: today, confirmed: office.confirmed, place: matter.place };
  // A report lists penalties whatever their weight.
  const weighed =
    way === 'report' ? { weight: 'general' as const } : weightOn(period.standard, now, on);
  if (weighed === null) return no('weight unknown and its default not confirmed');
  const term = period.term(way, weighed.weight);
  if (term.months === 'closed') return no('closed for this weight');
  if (!(term.read || office.confirmed)) return no('the figures are not confirmed');
  if (!carried(term.grounds, on)) return no('no ground in force');
  if (
    term.months !== null &&
    today > lastOf(period, matter, { ...question, months: term.months })
  ) {
    return no('its term is over');
  }
  if (way === 'show' && isPast(matter.publicUntil, today)) return no('the reported end has passed');
  return { open: true, why: period.name };
}

function isPast(day: string | null, today: number): boolean {
  return day !== null && !longTerm(day) && today > count(day);
}

/**
 * The last day of a term: the corresponding day, or for the display the end of a longer bar where the
 * law says so (Order 45 art. 13 speaks of display only).
 */
function lastOf(period: Period, matter: Matter, question: Question & { months: number }): number {
  const start = period.fromPublicity ? (matter.publicised ?? matter.decided) : matter.decided;
  const last = corresponding(count(start), question.months);
  const barred = question.now.kinds.some(
    (kind) => kind === 'RESTRICT_OPERATION' || kind === 'BAN_PRACTICE',
  );
  const extends_ =
    period.barExtends === 'read' || (period.barExtends === 'unread' && question.office.confirmed);
  const { validUntil } = matter;
  if (question.way !== 'show' || !barred || !extends_) return last;
  // A sentinel is no evidence of a bar for life: nothing adverse rests on it.
  if (validUntil === null || longTerm(validUntil)) return last;
  return Math.max(last, count(validUntil));
}

/** A matter whose term was over, or that was closed, under the older period does not come back. */
function pastOlderTerm(before: Period, matter: Matter, question: Question): boolean {
  const { way, today, office, now } = question;
  if (way === 'show' && before.neverShown(now)) return true;
  const lastDay = { day: before.to, confirmed: office.confirmed };
  const weight = weightOn(before.standard, now, lastDay)?.weight ?? 'general';
  const { months } = before.term(way, weight);
  if (months === 'closed') return true;
  return months !== null && today > lastOf(before, matter, { ...question, months });
}

function narrowed(matter: Matter, now: Standing, way: Way, today: number): Opinion {
  for (const { place, from, ways, rule } of narrowings) {
    if (!matter.place.startsWith(place) || today < from || !ways.includes(way)) continue;
    const says = rule(now);
    if (says === 'closed') return no('local law excludes it');
    if (says === 'evidence' && !reached(matter.remedyOver, today)) {
      return no('no evidence yet that remedies are over');
    }
  }
  return { open: true, why: 'national law, nothing local against it' };
}

function otherOn(
  matter: Matter,
  way: Way,
  { today, office, law }: { today: number; office: Office; law: string },
): Opinion {
  const governing = governingLaw(laws[law] ?? [], matter, today);
  if (governing === undefined) return no('no law covers the day');
  const rule = governing.rule(way, matter);
  if (rule === 'closed') return no('closed by its law');
  if (!((rule.read && governing.read !== false) || office.confirmed)) return no('not confirmed');
  if (!carried(rule.grounds, { day: today, place: matter.place, confirmed: office.confirmed })) {
    return no('no ground in force');
  }
  if ((rule.last ?? []).some((name) => isPast(matter[name], today)))
    return no('its last day passed');
  if (rule.months !== undefined && today > corresponding(count(matter.decided), rule.months)) {
    return no('its term is over');
  }
  return { open: true, why: 'open by its law' };
}

function governingLaw(candidates: readonly Law[], matter: Matter, today: number): Law | undefined {
  const inTime = candidates.filter(({ from, to }) => today >= from && today <= to);
  return (
    inTime.find(({ sector }) => sector !== undefined && sector === matter.sector) ??
    inTime.find(({ sector }) => sector === undefined)
  );
}

function withinFiveYears(matter: Matter, item: Item, way: Way, today: number): boolean {
  if (!item.adverse || way === 'show') return true;
  return fiveYears.every(({ place, from, clock }) => {
    if (!matter.place.startsWith(place) || today < from) return true;
    const start =
      clock === 'conductEnded' ? (matter.conductEnded ?? matter.decided) : matter.decided;
    return today <= corresponding(count(start), 60);
  });
}

/** Days near which an answer about the matter may change: the checker's own places to look closely. */
export function hinges(matter: Matter): number[] {
  const own = [
    ...[matter.received, matter.decided, matter.publicised, matter.conductEnded],
    ...[matter.publicUntil, matter.validUntil, matter.ended, matter.remedyOver],
    ...[matter.annulledFrom, matter.withdrawnFrom, matter.deletedFrom],
    ...[matter.leftAfter?.from ?? null],
    ...[matter.held?.from ?? null, matter.held?.cleared ?? null],
  ].flatMap((day) => (day === null || longTerm(day) ? [] : [count(day)]));
  const starts = [matter.decided, matter.publicised, matter.conductEnded].flatMap((day) =>
    day === null ? [] : [3, 12, 24, 36, 60].map((months) => corresponding(count(day), months)),
  );
  return [...new Set([...own, ...starts, ...lawDays])];
}

const lawDays: readonly number[] = [
  ...[...marketPeriods, ...ordinaryPeriods, ...narrowings].map(({ from }) => from),
  ...Object.values(laws).flatMap((list) => list.map(({ from }) => from)),
  ...instrumentDays,
];
