/** 信用记录: statements, records, decisions, four channels with their windows, and time travel. */
export { channels, isOpenOn, type Interval } from './domain.ts';
export { type Explanation } from './domain-explain.ts';
export {
  type ReleaseRule,
  type ReleaseState,
  type ReleaseStep,
  demandOn,
  releaseRules,
  releaseState,
} from './domain-release.ts';
export { judgeAgainst } from './domain-judge.ts';
export { type PreparedStatement, type StatementVersion, keyOf } from './domain-statement.ts';
export { type LawView, makeLawView } from './law-view.ts';
export {
  type RecordsDeps,
  type StatementInput,
  type StoredRow,
  storeStatements,
} from './service.ts';
export {
  type ActBy,
  type ActDeps,
  type Annulment,
  annulDecision,
  clearHeldShow,
  recordRemedyOver,
  unlinkRecord,
} from './service-acts.ts';
export { type EraseDeps, type Erased, eraseFromRecord } from './service-erase.ts';
export {
  type ReadDeps,
  type RecordView,
  findLeading,
  readRecord,
  readSubjectRecords,
  readTimes,
} from './service-read.ts';
export {
  type ShownRecord,
  readShownAmong,
  readShownRecord,
  readShownRecords,
} from './service-shown.ts';
export { type CommittedVersion, committedVersions } from './service-prove.ts';
export { type WalkStep, clockWalk } from './service-walk.ts';
export { type Reworked, reworkWindows } from './service-rework.ts';
export {
  type Rehearsal,
  type RehearsedChannel,
  type RehearsedExample,
  rehearse,
} from './service-rehearse.ts';
export { refreshWindows } from './service-windows.ts';
export { type SourceKeyRow, findSourceKeys } from './store.ts';
export {
  type ReleaseDecision,
  insertRelease,
  readReleases,
  releaseHistory,
} from './store-release.ts';
