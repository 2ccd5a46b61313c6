/** Asking witnesses to sign what was shown. Business never waits for them. */
import { resolve } from 'node:path';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { checkSm2 } from '../../platform/crypto/index.ts';
import { readWhole, writeWhole } from '../../platform/files/index.ts';
import { askHttp } from '../../platform/http/index.ts';
import {
  type NoteSignature,
  type Verifier,
  checkNote,
  noteText,
  parseNote,
} from './domain-note.ts';
import { type Published, readCheckpoint } from './domain-published.ts';
import { type HashName, treeHash } from './domain-tree.ts';
import { addCheckpointText } from './domain-witness.ts';
import { folderSource, keepingReader } from './log-files.ts';
import { consistencyProof } from './service-prove.ts';

/** A witness of the log: its key and where it answers. */
export type Witness = { readonly verifier: Verifier; readonly address: string };

const limits = { msMax: 10_000, bytesMax: 64 * 1024 };

async function ask(address: string, path: string, body?: string) {
  const asked = body === undefined ? limits : { ...limits, body };
  const { status, bytes } = await askHttp(address, path, asked);
  return { status, text: bytes.toString('utf8') };
}

/** What a witness signed last of a log, or `null`: it signed none yet. Refuses `log.witness-away {name, reason}`. */
export async function witnessedBy(
  { verifier, address }: Witness,
  log: Verifier,
): Promise<Result<Published | null>> {
  try {
    const reply = await ask(address, `latest/${encodeURIComponent(log.name)}`);
    if (reply.status === 404) return ok(null);
    if (reply.status !== 200) return away(verifier, `HTTP ${reply.status}`);
    return readCheckpoint(reply.text, { log, others: [verifier], sm2: checkSm2 });
  } catch (fault) {
    return away(verifier, (fault as Error).message);
  }
}

const away = ({ name }: Verifier, reason: string): Result<never> =>
  refuse('log.witness-away', { name, reason });

/**
 * Asks a witness for its signature on what is shown in the folder. Refuses `log.witness-away`, and
 * `log.witness-refused {name, status, reason}`: it has signed something this does not continue.
 */
export async function cosignatureOf(
  { verifier, address }: Witness,
  shown: Published,
  log: { readonly folder: string; readonly hash: HashName },
): Promise<Result<NoteSignature>> {
  const read = keepingReader(folderSource(log.folder));
  let old = 0;
  try {
    // The witness names the size it knows, and is asked once more from there.
    for (let turn = 0; turn < 2; turn += 1) {
      const proof = await consistencyProof(treeHash(log.hash), read, old, shown.size);
      const reply = await ask(
        address,
        'add-checkpoint',
        addCheckpointText({ old, proof, note: shown.note }),
      );
      if (reply.status === 200) return signatureIn(verifier, shown, reply.text);
      const known = Number(reply.text.trim());
      if (reply.status !== 409 || turn > 0 || !(known <= shown.size)) {
        return refuse('log.witness-refused', {
          name: verifier.name,
          status: reply.status,
          reason: reply.text.trim().slice(0, 100),
        });
      }
      old = known;
    }
  } catch (fault) {
    return away(verifier, (fault as Error).message);
  }
  return away(verifier, 'no answer');
}

function signatureIn(verifier: Verifier, shown: Published, answer: string): Result<NoteSignature> {
  const note = parseNote(`${shown.parsed.text}\n${answer}`);
  if (!note.ok) return note;
  const held = checkNote(note.value, [verifier], checkSm2);
  if (!held.ok) return held;
  const line = note.value.signatures.find(({ keyId }) => keyId.equals(verifier.keyId));
  return held.value.length > 0 && line !== undefined
    ? ok(line)
    : refuse('log.unsigned', { name: verifier.name });
}

/** Puts signatures of witnesses on the checkpoint that is shown, if it is still the same. */
export async function showCosigned(
  folder: string,
  shown: Published,
  lines: readonly NoteSignature[],
): Promise<void> {
  const path = resolve(folder, 'checkpoint');
  const now = await readWhole(path);
  if (lines.length === 0 || now?.toString('utf8') !== shown.note) return;
  const { text, signatures } = shown.parsed;
  await writeWhole(path, Buffer.from(noteText({ text, signatures: [...signatures, ...lines] })));
}
