/** The checkpoint a log shows, read and checked. Pure. */
import { type Result, ok, refuse } from '../../kernel/result.ts';
import {
  type Checkpoint,
  type Held,
  type Note,
  type Sm2Check,
  type Verifier,
  checkNote,
  parseCheckpoint,
  parseNote,
} from './domain-note.ts';

/** A checkpoint with the note it stood in, and who signed it. */
export type Published = Checkpoint & {
  readonly note: string;
  readonly parsed: Note;
  readonly held: readonly Held[];
};

/** Whose signatures are asked for: the log's, which must be there, and others', which are told. */
export type Trusted = {
  readonly log: Verifier;
  readonly others?: readonly Verifier[];
  readonly sm2: Sm2Check;
};

/**
 * Reads a note as a checkpoint of the log that signs with `log`; of the others, those that hold are told.
 * Refuses `log.bad-note`, `log.bad-signature`, `log.unsigned`, `log.other-origin`.
 */
export function readCheckpoint(
  text: string,
  { log, others = [], sm2 }: Trusted,
): Result<Published> {
  const note = parseNote(text);
  if (!note.ok) return note;
  const checkpoint = parseCheckpoint(note.value.text);
  if (!checkpoint.ok) return checkpoint;
  if (checkpoint.value.origin !== log.name) {
    return refuse('log.other-origin', { origin: checkpoint.value.origin, expected: log.name });
  }
  const held = checkNote(note.value, [log, ...others], sm2);
  if (!held.ok) return held;
  if (!held.value.some(({ verifier }) => verifier === log)) {
    return refuse('log.unsigned', { name: log.name });
  }
  return ok({ ...checkpoint.value, note: text, parsed: note.value, held: held.value });
}
