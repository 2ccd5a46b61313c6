/** 透明日志: for now only the commitments; sequencing, tiles and proofs come with the log itself. */
export { type Commitment, insertCommitments } from './store.ts';
