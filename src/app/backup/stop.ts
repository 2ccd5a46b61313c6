/** How a refusal leaves the middle of a stream: thrown, and caught once by whoever began. */
import { type Refusal, type Result, ok } from '../../kernel/result.ts';
import { Refused } from '../output.ts';

/** A refusal to throw: `throw stop(refuse('restore.damaged', …))`. */
export function stop(made: { readonly refusal: Refusal }): Refused {
  return new Refused(made.refusal);
}

/** Runs `work`; a refusal thrown in it becomes its result, everything else goes on as it is. */
export async function asResult<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work());
  } catch (error) {
    if (error instanceof Refused) return { ok: false, refusal: error.refusal };
    throw error;
  }
}
