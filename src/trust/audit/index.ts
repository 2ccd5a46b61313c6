/** 审计: the door every change passes, the record of having passed it, and whether it is still what it was. */
export {
  type ExportLine,
  type ExportPeriod,
  type ExportedTable,
  exportAudit,
} from './service-export.ts';
export { type Month, type MonthHead, parseMonth } from './domain-months.ts';
export {
  type ArchiveLine,
  type ClosedMonth,
  type DropAsked,
  type MonthDeps,
  closeMonths,
  closedMonths,
  committedHeads,
  dropMonth,
  proposeDrop,
} from './service-months.ts';
export { type ActProof, type ProofDeps, proveAct } from './service-act-proof.ts';
export { type DoorDeps, makeDoor, makeEventLog } from './service.ts';
export {
  type AuditCheck,
  type AuditFinding,
  type CommittedRow,
  type CommittedTable,
  committedActs,
  verifyAudit,
} from './service-verify.ts';
export { type StoredAct, type StoredEvent, type ToldAct, actsAbout, actsOn } from './store.ts';
export {
  type ActsWanted,
  type EventsWanted,
  type PageAsked,
  searchActs,
  searchEvents,
} from './store-search.ts';
