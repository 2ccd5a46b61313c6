/** 双公示: release by two officers, withdrawal, timeliness, counts, reconciliation, the monthly table. */
export {
  type Named,
  type ReleaseDeps,
  type ReleaseOutcome,
  type ReleaseRequest,
  batchesWaiting,
  decisionsOn,
  endProposal,
  proposeRelease,
  proposeWithdrawal,
  releaseBatch,
  withdraw,
} from './service-release.ts';
export { type MonthCounts, type Timeliness } from './domain.ts';
export {
  type CountDeps,
  type Late,
  type MonthlyTable,
  lateList,
  monthlyTable,
  timeliness,
} from './service-counts.ts';
export {
  type LedgerDeps,
  type LedgerReport,
  type Reconciled,
  type ReconciledPage,
  findOmission,
  importLedger,
  reconcile,
} from './service-ledger.ts';
export { type Standing, releaseSteps, standingOf } from './service-standing.ts';
export { type AskedBack, type WaitingBatch, askedBack, firstDecided } from './store.ts';
