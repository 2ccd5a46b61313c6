/**
 * A dry run of a change of the law: windows of stored records are worked out under the law as it is and as
 * it would be, and compared. Nothing is stored. It looks at so many records at most, and says when that
 * was a sample of them.
 */
import type { Day } from '../../kernel/day.ts';
import type { Channel } from '../../kernel/rulebook/terms.ts';
import type { Queryable } from '../../platform/db/index.ts';
import { channels } from './domain.ts';
import { storedWindows } from './domain-known-windows.ts';
import type { LawView } from './law-view.ts';
import { type AssembledRecord, assembleRecords } from './service-windows.ts';
import { readVersions } from './store.ts';
import { sampledRecords } from './store-rehearse.ts';

/** How windows of one channel came out: records of which more, less, or something else is open. */
export type RehearsedChannel = {
  readonly opened: number;
  readonly closed: number;
  readonly moved: number;
};

/** One difference, without whose record it is. */
export type RehearsedExample = {
  readonly item: string;
  readonly itemName: string;
  readonly decidedOn: Day | null;
  readonly channel: Channel;
  readonly before: string;
  readonly after: string;
};

/** What a dry run found. */
export type Rehearsal = {
  readonly looked: number;
  /** Whether there are more records than were looked at. */
  readonly isSample: boolean;
  readonly changed: number;
  readonly classChanged: number;
  readonly channels: Readonly<Record<Channel, RehearsedChannel>>;
  readonly examples: readonly RehearsedExample[];
};

const examplesMost = 20;
const chunkRecords = 250;
const empty = '{}';

type Tally = { opened: number; closed: number; moved: number };

/** Rehearses the law `then` against the law `now` on at most `most` stored records. */
export async function rehearse(
  db: Queryable,
  { now, then }: { readonly now: LawView; readonly then: LawView },
  most: number,
): Promise<Rehearsal> {
  const { records, isSample } = await sampledRecords(db, most);
  const tallies = Object.fromEntries(
    channels.map((channel) => [channel, { opened: 0, closed: 0, moved: 0 }]),
  ) as Record<Channel, Tally>;
  const examples: RehearsedExample[] = [];
  let [looked, changed, classChanged] = [0, 0, 0];
  for (let from = 0; from < records.length; from += chunkRecords) {
    const versions = await readVersions(db, records.slice(from, from + chunkRecords));
    const [before, after] = [
      await assembleRecords(db, now, versions, null),
      await assembleRecords(db, then, versions, null),
    ];
    const later = new Map(after.map((one) => [one.recordId, one]));
    for (const record of before) {
      looked += 1;
      const differs = compare(record, later.get(record.recordId), { now, then });
      if (differs.classes) classChanged += 1;
      if (differs.found.length > 0) changed += 1;
      for (const one of differs.found) {
        tallies[one.channel][kindOf(one)] += 1;
        if (examples.length < examplesMost) examples.push(one);
      }
    }
  }
  return { looked, isSample, changed, classChanged, channels: tallies, examples };
}

function kindOf({ before, after }: RehearsedExample): keyof Tally {
  if (before === empty) return 'opened';
  return after === empty ? 'closed' : 'moved';
}

function compare(
  record: AssembledRecord,
  later: AssembledRecord | undefined,
  { now, then }: { readonly now: LawView; readonly then: LawView },
): { classes: boolean; found: RehearsedExample[] } {
  const before = storedWindows(record.plan, record.facts, now.on);
  // An item the directory would no longer name has no windows at all.
  const after = later === undefined ? null : storedWindows(later.plan, later.facts, then.on);
  const { item } = record.facts;
  const found = channels.flatMap((channel): RehearsedExample[] => {
    const [was, will] = [before[channel], after?.[channel] ?? empty];
    if (was === will) return [];
    const { decidedOn } = record.leading;
    return [{ item: item.code, itemName: item.name, decidedOn, channel, before: was, after: will }];
  });
  return { classes: before.class !== (after?.class ?? null), found };
}
