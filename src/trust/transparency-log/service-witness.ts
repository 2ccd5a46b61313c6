/**
 * A witness: signs a checkpoint only if it continues the one it signed before, and remembers what it
 * signed before it says so. Two views of one log can not both be signed. C2SP tlog-witness.
 */
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { type Result, ok } from '../../kernel/result.ts';
import { instantMs } from '../../kernel/day.ts';
import type { Clock } from '../../platform/clock.ts';
import { type CryptoProvider, checkSm2 } from '../../platform/crypto/index.ts';
import { readWhole, writeWhole } from '../../platform/files/index.ts';
import {
  type Verifier,
  noteText,
  parseCheckpoint,
  parseNote,
  signatureText,
} from './domain-note.ts';
import { type Published, readCheckpoint } from './domain-published.ts';
import { type HashName, checkConsistency, treeHash } from './domain-tree.ts';
import { parseAddCheckpoint } from './domain-witness.ts';
import { cosign, witnessVerifier } from './signer.ts';

/** A log a witness watches. */
export type WatchedLog = { readonly log: Verifier; readonly hash: HashName };

/** What a witness is made of. */
export type WitnessDeps = {
  readonly clock: Clock;
  readonly crypto: CryptoProvider;
  readonly name: string;
  /** Folder of the notes it signed last, one for each log. */
  readonly folder: string;
  readonly logs: readonly WatchedLog[];
};

/** An answer as HTTP gives it. */
export type WitnessAnswer = {
  readonly status: number;
  readonly type: string;
  readonly body: string;
};

const plain = (status: number, body: string): WitnessAnswer => ({
  status,
  type: 'text/plain; charset=utf-8',
  body,
});

/** Makes a witness: one request after the other, so that none is answered on an old memory. */
export function makeWitness(deps: WitnessDeps): {
  readonly add: (body: string) => Promise<WitnessAnswer>;
  readonly latest: (origin: string) => Promise<string | null>;
} {
  let last: Promise<unknown> = Promise.resolve();
  return {
    add(body) {
      const mine = last.then(() => addCheckpoint(deps, body));
      last = mine.catch(() => undefined);
      return mine;
    },
    async latest(origin) {
      return (await readWhole(fileOf(deps, origin)))?.toString('utf8') ?? null;
    },
  };
}

function fileOf({ folder }: WitnessDeps, origin: string): string {
  return resolve(folder, `${createHash('sha256').update(origin).digest('hex')}.note`);
}

async function addCheckpoint(deps: WitnessDeps, body: string): Promise<WitnessAnswer> {
  const asked = parseAddCheckpoint(body);
  if (!asked.ok) return plain(400, `${JSON.stringify(asked.refusal.params)}\n`);
  const { old, proof, note } = asked.value;
  const origin = originOf(note);
  if (origin === null) return plain(400, 'checkpoint\n');
  const watched = deps.logs.find(({ log }) => log.name === origin);
  if (watched === undefined) return plain(404, 'unknown log\n');
  const offered = readCheckpoint(note, { log: watched.log, sm2: checkSm2 });
  if (!offered.ok) return plain(403, `${offered.refusal.code}\n`);
  if (old > offered.value.size) return plain(400, 'old is larger than the checkpoint\n');
  const known = await knownOf(deps, watched);
  if (!known.ok) throw new Error(`the memory of the witness is broken: ${known.refusal.code}`);
  if (old !== known.value.size) return conflict(known.value.size);
  const same = offered.value.size === known.value.size;
  if (same && known.value.size > 0 && !offered.value.root.equals(known.value.root)) {
    return conflict(known.value.size);
  }
  const tree = treeHash(watched.hash);
  const continues = checkConsistency(tree, known.value, offered.value, proof);
  if (!continues.ok) return plain(422, `${String(continues.refusal.params['why'])}\n`);
  return sign(deps, offered.value);
}

function originOf(note: string): string | null {
  const parsed = parseNote(note);
  const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed;
  return checkpoint.ok ? checkpoint.value.origin : null;
}

const conflict = (size: number): WitnessAnswer => ({
  status: 409,
  type: 'text/x.tlog.size',
  body: `${size}\n`,
});

type Known = { readonly size: number; readonly root: Buffer };

async function knownOf(deps: WitnessDeps, { log, hash }: WatchedLog): Promise<Result<Known>> {
  const note = await readWhole(fileOf(deps, log.name));
  if (note === null) return ok({ size: 0, root: treeHash(hash).empty });
  const own = witnessVerifier(deps.crypto, deps.name);
  return readCheckpoint(note.toString('utf8'), { log, others: [own], sm2: checkSm2 });
}

async function sign(deps: WitnessDeps, offered: Published): Promise<WitnessAnswer> {
  const { text, signatures } = offered.parsed;
  const seconds = Math.floor(instantMs(deps.clock.now()) / 1000);
  const own = cosign(deps.crypto, deps.name, text, seconds);
  const kept = noteText({ text, signatures: [...signatures, own] });
  await writeWhole(fileOf(deps, offered.origin), Buffer.from(kept));
  return plain(200, signatureText(own));
}
