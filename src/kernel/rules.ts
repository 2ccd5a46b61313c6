/**
 * Conditions as data (architecture.md §5.7): a small tree that gives an answer *and* the reasons.
 * An atom about a missing fact is false and says so; negation never turns "not known" into "true":
 * `not` over a missing fact stays false too, unless the author writes `{ known: … }` himself.
 */
import { z } from 'zod';

/** Values a fact may have. `null` and absence both mean: not known. */
export type FactValue = string | number | boolean | readonly string[] | null | undefined;
/** Facts by name. Amounts are 分, days ISO text, lists unordered. */
export type Facts = Readonly<Record<string, FactValue>>;

const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** A condition. Exactly one key per object. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly known: string }
  | { readonly fact: string; readonly is: string | number | boolean }
  | { readonly fact: string; readonly in: readonly (string | number | boolean)[] }
  | { readonly fact: string; readonly has: readonly string[] }
  | { readonly fact: string; readonly within: readonly string[] }
  | { readonly fact: string; readonly atLeast: number | string }
  | { readonly fact: string; readonly below: number | string };

/** Zod schema of {@link Condition} for rulebook files. */
export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(conditionSchema) }),
    z.strictObject({ any: z.array(conditionSchema) }),
    z.strictObject({ not: conditionSchema }),
    z.strictObject({ known: z.string() }),
    z.strictObject({ fact: z.string(), is: scalar }),
    z.strictObject({ fact: z.string(), in: z.array(scalar).min(1) }),
    z.strictObject({ fact: z.string(), has: z.array(z.string()).min(1) }),
    z.strictObject({ fact: z.string(), within: z.array(z.string()).min(1) }),
    z.strictObject({ fact: z.string(), atLeast: z.union([z.number(), z.string()]) }),
    z.strictObject({ fact: z.string(), below: z.union([z.number(), z.string()]) }),
  ]),
);

/** Why an atom held or not. `known: false` means the fact was missing. */
export type Reason = {
  readonly fact: string;
  readonly known: boolean;
  readonly held: boolean;
  readonly test: string;
  readonly value: FactValue;
};

/** The answer of a condition: whether it holds, and every atom that was looked at. */
export type Judgement = { readonly holds: boolean; readonly reasons: readonly Reason[] };

/** Evaluates a condition over facts. Short-circuits, so reasons name only what decided. */
export function evaluate(condition: Condition, facts: Facts): Judgement {
  const reasons: Reason[] = [];
  const truth = truthOf(condition, facts, reasons);
  return { holds: truth === true, reasons };
}

/** Whether a condition holds, without the reasons: what is asked a million times and told rarely. */
export function holds(condition: Condition, facts: Facts): boolean {
  return truthOf(condition, facts, null) === true;
}

/** Three-valued inside: `null` means "not known". Only `true` counts as holding at the top. */
function truthOf(condition: Condition, facts: Facts, reasons: Reason[] | null): boolean | null {
  if ('all' in condition) {
    let result: boolean | null = true;
    for (const part of condition.all) {
      const truth = truthOf(part, facts, reasons);
      if (truth === false) return false;
      if (truth === null) result = null;
    }
    return result;
  }
  if ('any' in condition) {
    let result: boolean | null = false;
    for (const part of condition.any) {
      const truth = truthOf(part, facts, reasons);
      if (truth === true) return true;
      if (truth === null) result = null;
    }
    return result;
  }
  if ('not' in condition) {
    const truth = truthOf(condition.not, facts, reasons);
    return truth === null ? null : !truth;
  }
  return truthOfAtom(condition, facts, reasons);
}

function truthOfAtom(atom: Atom, facts: Facts, reasons: Reason[] | null): boolean | null {
  const name = 'known' in atom ? atom.known : atom.fact;
  const value = facts[name];
  const known = value !== null && value !== undefined;
  const held = 'known' in atom ? known : known && compileTest(atom)(value);
  reasons?.push({ fact: name, known, held, test: describe(atom), value });
  if ('known' in atom) return held;
  return known ? held : null;
}

/** How a compiled condition finds a fact in whatever it is asked about. */
export type FactReader<Row> = (row: Row) => FactValue;

/**
 * A condition made into closures over a kind of row: the same answer as {@link holds} over the same
 * facts, for those who ask a million times and do not want to gather facts nobody looks at.
 */
export function compileCondition<Row>(
  condition: Condition,
  readerOf: (fact: string) => FactReader<Row>,
): (row: Row) => boolean {
  const truth = compileTruth(condition, readerOf);
  return (row) => truth(row) === true;
}

type Truth<Row> = (row: Row) => boolean | null;

function compileTruth<Row>(
  condition: Condition,
  readerOf: (fact: string) => FactReader<Row>,
): Truth<Row> {
  if ('all' in condition) {
    return settledBy(
      false,
      condition.all.map((part) => compileTruth(part, readerOf)),
    );
  }
  if ('any' in condition) {
    return settledBy(
      true,
      condition.any.map((part) => compileTruth(part, readerOf)),
    );
  }
  if ('not' in condition) {
    const inner = compileTruth(condition.not, readerOf);
    return (row) => {
      const truth = inner(row);
      return truth === null ? null : !truth;
    };
  }
  if ('known' in condition) {
    const read = readerOf(condition.known);
    return (row) => {
      const value = read(row);
      return value !== null && value !== undefined;
    };
  }
  const read = readerOf(condition.fact);
  const holdsFor = compileTest(condition);
  return (row) => {
    const value = read(row);
    return value === null || value === undefined ? null : holdsFor(value);
  };
}

/** The first part with this truth settles it; a part that is not known leaves it not known. */
function settledBy<Row>(settles: boolean, parts: readonly Truth<Row>[]): Truth<Row> {
  return (row) => {
    let result: boolean | null = !settles;
    for (const part of parts) {
      const truth = part(row);
      if (truth === settles) return settles;
      if (truth === null) result = null;
    }
    return result;
  };
}

/** Names of all facts a condition looks at; the rulebook check compares them with known facts. */
export function factsOf(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(factsOf);
  if ('any' in condition) return condition.any.flatMap(factsOf);
  if ('not' in condition) return factsOf(condition.not);
  if ('known' in condition) return [condition.known];
  return [condition.fact];
}

type Atom = Exclude<
  Condition,
  { all: readonly Condition[] } | { any: readonly Condition[] } | { not: Condition }
>;

type Test = (value: NonNullable<FactValue>) => boolean;

/** The test of an atom, told apart once: what a value that is known must be. */
function compileTest(atom: Exclude<Atom, { known: string }>): Test {
  if ('is' in atom) {
    const { is } = atom;
    return (value) => value === is;
  }
  if ('in' in atom) {
    const among = atom.in;
    return (value) => among.includes(value as string | number | boolean);
  }
  if ('has' in atom) {
    const { has } = atom;
    return (value) => isList(value) && has.some((item) => value.includes(item));
  }
  if ('within' in atom) {
    const { within } = atom;
    return (value) =>
      isList(value) && value.length > 0 && value.every((item) => within.includes(item));
  }
  if ('atLeast' in atom) {
    const { atLeast } = atom;
    return (value) => typeof value === typeof atLeast && value >= atLeast;
  }
  const { below } = atom;
  return (value) => typeof value === typeof below && value < below;
}

function isList(value: FactValue): value is readonly string[] {
  return Array.isArray(value);
}

function describe(atom: Atom): string {
  if ('known' in atom) return 'known';
  if ('is' in atom) return `= ${atom.is}`;
  if ('in' in atom) return `∈ {${atom.in.join('、')}}`;
  if ('has' in atom) return `∋ {${atom.has.join('、')}}`;
  if ('within' in atom) return `⊆ {${atom.within.join('、')}}`;
  if ('atLeast' in atom) return `≥ ${atom.atLeast}`;
  return `< ${atom.below}`;
}
