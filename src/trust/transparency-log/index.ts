/** 透明日志: commitments, their positions, tiles and checkpoints, and who looks whether they are kept. */
export { type Bundle, type Checked, checkBundle, parseBundle } from './domain-bundle.ts';
export { type Verifier, parseVerifier, verifierText } from './domain-note.ts';
export { readCheckpoint } from './domain-published.ts';
export type { TileReader } from './domain-tiles.ts';
export { type HashName, treeHash } from './domain-tree.ts';
export { folderSource, keepingReader, shownFile, sourceAt } from './log-files.ts';
export { type LogCheck, checkLog } from './service-check.ts';
export type { Witness } from './service-cosign.ts';
export { type LogEvent, keepLog } from './service-keep.ts';
export { type Finding, type Look, lookAtLog } from './service-monitor.ts';
export { type Committed, inclusionProof, proveRecord } from './service-prove.ts';
export {
  type LogDeps,
  type Sequencer,
  type SequencerStep,
  withSequencer,
} from './service-sequence.ts';
export { type LogStatus, logStatus, witnessesShown } from './service-status.ts';
export { type WatchedLog, type WitnessAnswer, makeWitness } from './service-witness.ts';
export { type KeyHolder, logVerifier, witnessVerifier } from './signer.ts';
export {
  type Commitment,
  commitmentsOf,
  countCommitments,
  findCommitments,
  insertCommitments,
  lastCheckpoint,
  readHead,
} from './store.ts';
