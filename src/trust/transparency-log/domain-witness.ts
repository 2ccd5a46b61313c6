/** What a witness is asked (C2SP tlog-witness): an older size, a proof, a checkpoint. Pure. */
import { readBase64 } from '../../kernel/base64.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { digestBytes } from './domain-tree.ts';

/** A request to cosign: the size the log believes the witness knows, and the proof from there. */
export type AddCheckpoint = {
  readonly old: number;
  readonly proof: readonly Buffer[];
  readonly note: string;
};

const proofMax = 63;

const bad = (why: string): Result<never> => refuse('log.bad-request', { why });

/** Writes a request. */
export function addCheckpointText({ old, proof, note }: AddCheckpoint): string {
  const lines = proof.map((digest) => `${digest.toString('base64')}\n`).join('');
  return `old ${old}\n${lines}\n${note}`;
}

/** Reads a request. Refuses `log.bad-request {why}`. */
export function parseAddCheckpoint(text: string): Result<AddCheckpoint> {
  const split = text.indexOf('\n\n');
  if (split < 0) return bad('form');
  const [first = '', ...lines] = text.slice(0, split).split('\n');
  const old = /^old (0|[1-9]\d{0,15})$/.exec(first)?.[1];
  if (old === undefined || !Number.isSafeInteger(Number(old))) return bad('old');
  if (lines.length > proofMax) return bad('proof-length');
  const proof = lines.map(readBase64);
  const isProof = proof.every((digest) => digest?.length === digestBytes);
  return isProof
    ? ok({ old: Number(old), proof: proof as Buffer[], note: text.slice(split + 2) })
    : bad('proof');
}
