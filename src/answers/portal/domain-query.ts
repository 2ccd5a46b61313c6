/** What somebody typed into the search box, read once; numbers of persons are refused unread. Pure. */
import {
  type IdentifierKind,
  type IdentifierTables,
  identify,
} from '../../kernel/identifiers/identify.ts';
import { scanPersonalData } from '../../kernel/personal-data.ts';
import { type Refusal, type Result, ok, refuse } from '../../kernel/result.ts';
import { collapseBlanks, dropBlanks } from '../../kernel/text/normalise.ts';

export type QueryRefusal = Refusal<
  | 'portal.query-empty'
  | 'portal.query-one-character'
  | 'portal.query-too-long'
  | 'portal.query-personal'
>;

/**
 * A search that may be run. `code`: it has the form of an identifier and is looked up as one.
 * `doubtful`: it may as well be a person's number; unless an organisation bears it, it is refused.
 */
export type Query = {
  readonly text: string;
  readonly code: boolean;
  readonly doubtful: boolean;
};

/** Longest search, in characters. The longest registered names stay well below. */
export const queryCharsMax = 100;

const codeKinds: readonly IdentifierKind[] = [
  'uscc',
  'organisation-code',
  'registration-number',
  'registration-number-13',
  'tax-number',
];

/** Whether a text is, or holds, the number of a person: an identity document, a telephone, a card. */
export function isPersonal(text: string, tables: IdentifierTables): boolean {
  const { kind, verdict, findings, normalised } = identify(text, tables);
  if (kind === 'resident-id') return true;
  if (findings.some(({ code }) => code === 'TAX_NUMBER_HOLDS_RESIDENT_ID')) return true;
  // What is certainly an organisation's number is not scanned: some look like telephones. A unified
  // code with a slip in it is one still, as long as a letter tells it from a person's number.
  const slip = kind === 'uscc' && verdict === 'suspect' && /[A-Z]/.test(normalised.slice(8, 17));
  const valid = verdict === 'valid' || verdict === 'valid-with-warning';
  const certain = codeKinds.includes(kind) && (valid || slip);
  return !certain && scanPersonalData(text).length > 0;
}

const personShapes: ReadonlySet<string> = new Set([
  'RESIDENT_ID_POSSIBLE',
  'RESIDENT_ID_SHAPE',
  'RESIDENT_ID_15_SHAPE',
]);

/**
 * Whether what is read as a code may as well be a person's number, perhaps with a slip in it: one
 * identity number in thirty passes for a unified code, one in ten of the old ones for a registration
 * number.
 */
export function isDoubtful(text: string, tables: IdentifierTables): boolean {
  return identify(text, tables).findings.some(({ code }) => personShapes.has(code));
}

/**
 * Reads a search. Refuses `portal.query-empty`, `portal.query-too-long {most}`, `portal.query-personal`
 * (nothing of it is repeated), `portal.query-one-character`.
 */
export function readQuery(typed: string, tables: IdentifierTables): Result<Query, QueryRefusal> {
  const text = collapseBlanks(typed.slice(0, 10_000).replace(/\p{Cs}/gu, ''));
  if (text === '') return refuse('portal.query-empty');
  if (isPersonal(text, tables)) return refuse('portal.query-personal');
  const characters = [...dropBlanks(text)];
  if (characters.length > queryCharsMax)
    return refuse('portal.query-too-long', { most: queryCharsMax });
  if (characters.length < 2) return refuse('portal.query-one-character');
  const code = codeKinds.includes(identify(text, tables).kind);
  return ok({ text, code, doubtful: isDoubtful(text, tables) });
}
