/**
 * Windows as they are stored, with a memory: a file of a department tells of the same few kinds of
 * decision on the same few days, and what the law makes of them need not be worked out for each row.
 */
import { type Json, canonicalJson, quoteJson, sha256Hex } from '../../kernel/canonical.ts';
import type { Day } from '../../kernel/day.ts';
import type { Rulebook } from '../../kernel/rulebook/rulebook.ts';
import { detachText } from '../../kernel/text/detach.ts';
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
  const { class: name, show, share, use, report } = windowsFor(plan, facts, on);
  return { inputDigest, class: name, show, share, use, report };
}

function windowsFor(plan: Plan, facts: RecordFacts, on: Day): StoredWindows {
  // A record that something befell is rare, and has more to it than its shape.
  if (facts.changes.length > 0 || facts.closures.length > 0) return workOut(plan, facts, on);
  let known = knownByPlan.get(plan);
  if (known === undefined || known.size >= knownMax) {
    known = new Map();
    knownByPlan.set(plan, known);
  }
  const shape = shapeOf(facts, on, factsAsked(plan.rulebook));
  let windows = known.get(shape);
  if (windows === undefined) {
    windows = workOut(plan, facts, on);
    // Kept as one piece: a text put together of parts keeps all of them alive, ten times its size.
    known.set(detachText(shape), windows);
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
 * the explanation, not the window; nor does a fact that no rule asks for, such as the very sum of a fine.
 */
function shapeOf(facts: RecordFacts, on: Day, asked: ReadonlySet<string>): string {
  let text = `${on}|${numberOfItem(facts.item)}|${facts.place}|${facts.receivedOn}`;
  for (const name in facts.dates) text += `|${name}=${facts.dates[name as DateName]!.day}`;
  for (const name in facts.classFacts) {
    const value = facts.classFacts[name];
    if (value === undefined || !asked.has(name)) continue;
    text += `|${name}:${canonicalJson(value)}`;
  }
  return text;
}

const askedBy = new WeakMap<Rulebook, ReadonlySet<string>>();
// Read by the code beside whatever conditions ask: the mark of the source, its ceiling, bans by kind.
const askedByCode = ['reportedClass', 'classAtMost', 'kinds'];

/** Names of the facts that any condition of a rulebook asks for. */
function factsAsked(rulebook: Rulebook): ReadonlySet<string> {
  let asked = askedBy.get(rulebook);
  if (asked === undefined) {
    const names = new Set(askedByCode);
    for (const { document } of rulebook.editions) {
      // Tables and standards hold no conditions about records, and many thousands of rows.
      if (document.kind !== 'codes' && document.kind !== 'standard') addNames(document, names);
    }
    asked = names;
    askedBy.set(rulebook, asked);
  }
  return asked;
}

function addNames(value: unknown, names: Set<string>): void {
  if (Array.isArray(value)) {
    for (const one of value) addNames(one, names);
  } else if (typeof value === 'object' && value !== null) {
    const { fact, known } = value as { readonly fact?: unknown; readonly known?: unknown };
    for (const name of [fact, known]) if (typeof name === 'string') names.add(name);
    for (const one of Object.values(value)) addNames(one, names);
  }
}

const itemNumbers = new WeakMap<ItemFacts, number>();
let itemsSeen = 0;

/** A number that stands for what the directory says of an item, as long as it says so. */
function numberOfItem(item: ItemFacts): number {
  let number = itemNumbers.get(item);
  if (number === undefined) {
    itemsSeen += 1;
    number = itemsSeen;
    itemNumbers.set(item, number);
  }
  return number;
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
