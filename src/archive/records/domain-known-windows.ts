/**
 * Windows as they are stored, with a memory: a file of a department tells of the same few kinds of
 * decision on the same few days, and what the law makes of them need not be worked out for each row.
 */
import { type Json, canonicalJson, quoteJson, sha256Hex } from '../../kernel/canonical.ts';
import type { Day } from '../../kernel/day.ts';
import { type DateName, type ItemFacts, type RecordFacts, channels } from './domain.ts';
import { toMultirange } from './domain-intervals.ts';
import type { Plan } from './domain-plan.ts';
import { classOn, windowsOf } from './domain-windows.ts';

/** The class of a record on a day and its four windows as PostgreSQL writes them. */
export type StoredWindows = {
  readonly class: string | null;
  readonly show: string;
  readonly share: string;
  readonly use: string;
  readonly report: string;
};

const knownMax = 20_000;
const knownByPlan = new WeakMap<Plan, Map<string, StoredWindows>>();

/**
 * Works windows out, or remembers those of a record that differs in nothing they depend on; with the
 * digest of everything they were worked out from.
 */
export function storedWindows(
  plan: Plan,
  facts: RecordFacts,
  on: Day,
): StoredWindows & { readonly inputDigest: string } {
  const classFacts = canonicalJson(facts.classFacts as Json);
  const inputDigest = sha256Hex(textOfFacts(facts, classFacts));
  const { class: name, show, share, use, report } = windowsFor(plan, facts, on, classFacts);
  return { inputDigest, class: name, show, share, use, report };
}

function windowsFor(plan: Plan, facts: RecordFacts, on: Day, classFacts: string): StoredWindows {
  // A record that something befell is rare, and has more to it than its shape.
  if (facts.changes.length > 0 || facts.closures.length > 0) return workOut(plan, facts, on);
  let known = knownByPlan.get(plan);
  if (known === undefined || known.size >= knownMax) {
    known = new Map();
    knownByPlan.set(plan, known);
  }
  const shape = shapeOf(facts, on, classFacts);
  let windows = known.get(shape);
  if (windows === undefined) {
    windows = workOut(plan, facts, on);
    known.set(shape, windows);
  }
  return windows;
}

function workOut(plan: Plan, facts: RecordFacts, on: Day): StoredWindows {
  const windows = windowsOf(plan, facts);
  const [show, share, use, report] = channels.map((channel) => toMultirange(windows[channel]));
  return {
    class: classOn(plan, facts, on)?.class ?? null,
    show: show!,
    share: share!,
    use: use!,
    report: report!,
  };
}

/**
 * Everything the windows of a record under one plan depend on, as a text. Where a day was read changes
 * the explanation, not the window.
 */
function shapeOf(facts: RecordFacts, on: Day, classFacts: string): string {
  let text = `${on}|${textOfItem(facts.item)}|${facts.place}|${facts.receivedOn}`;
  for (const name in facts.dates) text += `|${name}=${facts.dates[name as DateName]!.day}`;
  return `${text}|${classFacts}`;
}

const itemTexts = new WeakMap<ItemFacts, string>();

/** Canonical JSON of what the directory says; the view of the law gives one object to all records. */
function textOfItem(item: ItemFacts): string {
  let text = itemTexts.get(item);
  if (text === undefined) {
    text = canonicalJson(item as unknown as Json);
    itemTexts.set(item, text);
  }
  return text;
}

/** Canonical JSON of facts, written out part by part for the parts that millions share. */
function textOfFacts(facts: RecordFacts, classFacts: string): string {
  const { changes, closures, dates, item, place, receivedOn, sector } = facts;
  return (
    `{"changes":${canonicalJson(changes as unknown as Json)},"classFacts":${classFacts},` +
    `"closures":${canonicalJson(closures as unknown as Json)},` +
    `"dates":${canonicalJson(dates as unknown as Json)},"item":${textOfItem(item)},` +
    `"place":${quoteJson(place)},"receivedOn":"${receivedOn}",` +
    `"sector":${sector === null ? 'null' : quoteJson(sector)}}`
  );
}
