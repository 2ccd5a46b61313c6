/** 受限查询: for what restricted data may be read, and the journal of every reading. */
export {
  type LawOn,
  type Permit,
  type Reader,
  farthest,
  isDenial,
  isWithin,
  permitFor,
  purposesOn,
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
  exportedReadings,
  usedToday,
} from './service.ts';
export { type UnitUse, usesSince } from './store-uses.ts';
export { type JournalRow, type Unusual, readJournal, readUnusual } from './store.ts';
