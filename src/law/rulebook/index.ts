/** 规则包: loading, editions, approvals, checks. Selection by date and place is kernel/rulebook. */
export {
  type LoadReport,
  type ProposalRequest,
  type RulebookDeps,
  decideProposal,
  loadRulebook,
  propose,
  readRulebook,
} from './service.ts';
export {
  type Difference,
  type RulebookProblem,
  checkRulebook,
  diffDocuments,
} from './domain.ts';
export { type FileProblem, type LoadedFiles, loadFiles } from './files.ts';
export { openProposals } from './store.ts';
export { type PublicConfirmation, readConfirmers } from './store-portal.ts';
export { proposalWorkflow } from './workflow.ts';
export { documentOfText } from './text.ts';
export {
  editionOf,
  problemsOf,
  proposalActions,
  rulebookWith,
} from './service-proposals.ts';
export { type DatedProposal, readProposal } from './store-proposals.ts';
