/** 信用主体: base library, identifiers, names, linking, reviews, search. */
export { type RelationKind, type Subject } from './domain.ts';
export { type ImportTables, provinceStem } from './domain-import.ts';
export { type LinkQuery, type LinkTables } from './domain-link-evidence.ts';
export { type LinkDecision } from './domain-link.ts';
export { type LinkReason, reasonsOf as linkReasons } from './domain-link-reasons.ts';
export {
  type MatchAnswer,
  type MatchLine,
  type RegistryRow,
  buildRegistry,
  matchLine,
} from './match.ts';
export { type ChangeRequest, type SubjectChange, changeSubject } from './service-change.ts';
export { type ImportReport, importRegistry } from './service-import.ts';
export { type ImportRequest } from './service-import-chunk.ts';
export { type RowLink, linkRows } from './service-link.ts';
export { type SubjectFile, findExactly, readSubjectFile } from './service-read.ts';
export {
  type ReviewMove,
  type ReviewOpening,
  type ReviewStepRequest,
  openLinkReviews,
  proposeUndo,
  takeReviewStep,
} from './service-review.ts';
export { type EvidenceOf, type EvidencePiece, type EvidenceWeight } from './domain-link-weigh.ts';
export {
  type ReviewFile,
  type WeighedSubject,
  readReview,
  reviewActions,
  weighSubject,
} from './service-review-read.ts';
export { initialsOf } from './pinyin.ts';
export { type FoundSubject, refillSearch, searchNames } from './service-search.ts';
export {
  type FoundByCode,
  type FoundByName,
  type PublicFile,
  findByExactName,
  findFiles,
  readFile,
} from './service-portal.ts';
export { type CodeMatch, isListed } from './domain-publicity.ts';
export { type PublicRelation, lastRegistryImport } from './store-portal.ts';
export { readProfiles, readSubjects, usccsOf } from './store.ts';
export { type Review, openReviews, settleReviews } from './store-review.ts';
export { linkReviewWorkflow, linkUndoWorkflow } from './workflow.ts';
