/**
 * What the world may answer "no" to is a value, not an exception.
 * See docs/architecture.md "Failures": refusals are shown, faults are logged, findings are data.
 */

/** A refusal: stable code `feature.reason`, values for its message, and the rule it rests on. */
export type Refusal<Code extends string = string> = {
  readonly code: Code;
  readonly params: Readonly<Record<string, string | number>>;
  /** Rule or provision the refusal rests on, e.g. `terms/repair-order-36@2026`. */
  readonly basis?: string;
};

/** Either a value or a refusal; never both, never neither. */
export type Result<T, R extends Refusal = Refusal> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: R };

/** Wraps a value as success. */
export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** Builds a refusal. `params` fill the message of `code`; `basis` names the rule behind it. */
export function refuse<Code extends string>(
  code: Code,
  params: Readonly<Record<string, string | number>> = {},
  basis?: string,
): { readonly ok: false; readonly refusal: Refusal<Code> } {
  return { ok: false, refusal: basis === undefined ? { code, params } : { code, params, basis } };
}

/** Thrown by {@link assert}: a bug of ours or a broken machine, never the caller's fault. */
export class Fault extends Error {
  override readonly name = 'Fault';
}

/** Guards an invariant; throws {@link Fault} with `why` when it does not hold. */
export function assert(condition: unknown, why: string): asserts condition {
  if (!condition) throw new Fault(why);
}

/** Marks a branch the types rule out. */
export function unreachable(value: never, why: string): never {
  throw new Fault(`${why}: ${String(value)}`);
}
