/** 信用记录: what the windows of a record are worked out from, and what they are. Pure. */
import type { Day } from '../../kernel/day.ts';
import type { Facts } from '../../kernel/rules.ts';
import type { DirectoryItem } from '../../kernel/rulebook/directory.ts';
import type { Channel, SeverityClass } from '../../kernel/rulebook/terms.ts';

/** The four channels in the order in which they are told. */
export const channels: readonly Channel[] = ['show', 'share', 'use', 'report'];

/** Names of the days a record may carry. */
export type DateName =
  | 'determination'
  | 'publicity'
  | 'valid-from'
  | 'valid-until'
  | 'public-until'
  | 'ended-on'
  | 'end-of-conduct'
  | 'remedy-over';

/** A day of a record, or the sentinel "long-term", with where it was read (shown to the subject). */
export type Dated = { readonly day: Day | 'long-term'; readonly source: string };

/** Why a channel is shut although its window would be open. */
export type ClosureReason =
  | 'annulled'
  | 'withdrawn-by-source'
  | 'deleted-by-source'
  | 'amount-unconfirmed'
  | 'personal-data'
  | 'state-invalid'
  | 'erased'
  | 'relinked';

/** Something that shuts channels from a day on (`null`: from the beginning) up to a day (`null`: for good). */
export type Closure = {
  readonly channels: readonly Channel[];
  readonly from: Day | null;
  readonly to: Day | null;
  readonly reason: ClosureReason;
  readonly source: string;
};

/** What the directory says about the record's item on the day its windows are worked out. */
export type ItemFacts = Pick<
  DirectoryItem,
  'code' | 'name' | 'family' | 'nature' | 'publicity' | 'sharing' | 'graded'
> & {
  readonly basis: readonly string[];
  readonly edition: string;
  /** Read in full, or confirmed by two officers; an unconfirmed item opens no channel. */
  readonly confirmed: boolean;
};

/** Everything the windows of one record depend on. Same facts and rulebook, same windows. */
export type RecordFacts = {
  readonly item: ItemFacts;
  /** Division code whose law applies beside the nation's: the installation's place. */
  readonly place: string;
  readonly sector: string | null;
  /** Day of the first receipt that was not rejected; no channel opens before it. */
  readonly receivedOn: Day;
  readonly dates: Readonly<Partial<Record<DateName, Dated>>>;
  readonly classFacts: Facts;
  /** Later facts for the class, e.g. after part of a decision was annulled. In order of `from`. */
  readonly changes: readonly {
    readonly from: Day;
    readonly classFacts: Facts;
    readonly source: string;
  }[];
  readonly closures: readonly Closure[];
};

/** Days on which a channel is open: `from` included, `until` excluded, `null` = no end known. */
export type Interval = { readonly from: Day; readonly until: Day | null };

/** A resolved class: which, by which row of which standard, and whose windows govern. */
export type ResolvedClass = {
  readonly class: SeverityClass;
  readonly windowsOf: Exclude<SeverityClass, 'unknown'>;
  readonly standard: string;
  readonly text: string;
  readonly textEn: string;
  readonly basis: readonly string[];
  readonly covered: boolean;
};

/** All windows of a record. */
export type RecordWindows = Readonly<Record<Channel, readonly Interval[]>>;

/** Whether a day lies in one of the intervals. */
export function isOpenOn(intervals: readonly Interval[], on: Day): boolean {
  return intervals.some(
    (interval) => interval.from <= on && (interval.until === null || on < interval.until),
  );
}
