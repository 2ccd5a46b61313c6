/** 归集: receiving, checking, giving back, linking, storing; the same checks offline. */
export { type CheckTables, type Finding } from './checks/domain.ts';
export { makeCheckTables } from './checks/tables.ts';
export { type Counts, type Outcome } from './domain.ts';
export { type FileProblem, fileProblems, toldProblem } from './service-reading.ts';
export { inboxGuide } from './domain-inbox.ts';
export { itemFor } from './reading.ts';
export { type CheckReport, checkFile } from './service-check.ts';
export { type Declaration, declareCount } from './service-declare.ts';
export { givenCellsPath, keepCells } from './given-cells.ts';
export { forgetErased } from './service-forget.ts';
export { type LinkOutcome, decideLinkReview, proposeLinkUndo, retryHeld } from './service-held.ts';
export {
  type CollectionDeps,
  type Delivery,
  type Phase,
  type Received,
  receive,
} from './service-receive.ts';
export {
  type BatchReport,
  batchReport,
  errorFileOf,
  resumeUnfinished,
  runBatch,
} from './service-run.ts';
export { type WaitingRow, waitingRow } from './service-waiting.ts';
export { type Inbox, type InboxEvent, type InboxOptions, openInbox } from './service-watch.ts';
export { type Duty, type DutyChange, dutiesOn } from './domain-duties.ts';
export { recordDuties } from './service-duties.ts';
export { readDuties } from './store-duties.ts';
export { type Batch, countFindings, readBatch, sourceCurrency } from './store.ts';
export { type Due, type DueState, type Heard, type Rhythm, dueOn } from './domain-due.ts';
export { plainName } from './domain-inbox.ts';
export { uploadBytesMax } from './domain-limits.ts';
export { type BatchQueue, type QueueOptions, makeBatchQueue } from './service-queue.ts';
export {
  type CorrectedOutcome,
  type CorrectedRow,
  type CorrectionRequest,
  type GivenRow,
  batchColumns,
  correctedOutcomes,
  givenRows,
  receiveCorrection,
} from './service-corrections.ts';
export { type Kin, correctedRows, kinOf } from './store-corrections.ts';
export {
  type DeclaredBrief,
  type DeliveryBrief,
  type FindingGroup,
  batchesOf,
  declaredSince,
  deliveriesSince,
  findingGroups,
  recordsOf,
} from './store-office.ts';
export {
  type MonthOutcomes,
  deliveriesIn,
  heldCounts,
  heldRows,
  monthOutcomes,
} from './store-dashboard.ts';
export { type RecentBatch, recentBatches } from './store-recent.ts';
export { type Waiting, countWaiting } from './store-counts.ts';
