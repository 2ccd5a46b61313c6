/** 受限查询: for what restricted data may be read, and the journal of every reading. */
export {
  type DeferralWanted,
  type KnownPurpose,
  type LawOn,
  type Permit,
  type Reader,
  type Reading,
  type RegionOf,
  type Seen,
  type Wanted,
  isDenial,
  isWithin,
  permitFor,
  purposesOn,
  reachOf,
  seenOf,
} from './domain.ts';
export {
  type AccessDeps,
  type DeferralAsked,
  type Entered,
  type Quota,
  committedReadings,
  deferTelling,
  enterReading,
  quotaOf,
} from './service.ts';
export { type JournalRow, type Unusual, readJournal, readUnusual } from './store.ts';
