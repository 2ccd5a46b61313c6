/**
 * Facts of a row that conditions look at: roles in camelCase plus what is derived from them. They are
 * found when somebody asks, each by its own short way into the row; nobody gathers them all.
 */
import { type Day, daysBetween } from '../../../kernel/day.ts';
import type { FactReader, FactValue } from '../../../kernel/rules.ts';
import type { Field } from '../../../kernel/rulebook/standards.ts';
import { type FieldRole, factName, fieldRoleSchema } from '../../../kernel/rulebook/standards.ts';
import type { CheckerOptions } from './domain.ts';
import type { CellReading, RowState } from './domain-state.ts';

/** Roles whose fact is the canonical value of their code list, not the text. */
const singleLists: readonly FieldRole[] = [
  'subject-category',
  'procedure',
  'severity',
  'intent',
  'state',
  'operation',
  'publication-kind',
  'subject-status',
];

/** Separators between names of several parties in one cell (§2.11 no. 19). */
const between = /[、；;，,]|\s\/\s/;

const unknown: FactReader<Read> = () => undefined;

type Part = 'text' | 'day' | 'fen' | 'list';
type Read = Readonly<Pick<RowState, 'readings'>>;

/** Ways into rows of one table: by role and by the name of a fact. */
export type RowReader = {
  readonly text: (row: Read, role: FieldRole) => string | undefined;
  readonly day: (row: Read, role: FieldRole) => Day | 'long-term' | undefined;
  readonly fen: (row: Read, role: FieldRole) => bigint | undefined;
  readonly list: (row: Read, role: FieldRole) => readonly string[] | undefined;
  /** The reader of a fact; `undefined` to all rows when nothing of this name is known. */
  readonly factOf: (name: string) => FactReader<Read>;
  /** Names of facts that can have a value, for sentences that name them. */
  readonly factNames: readonly string[];
};

/** Makes the ways into rows of a table whose columns are known. docs/checks.md explains the facts. */
export function makeRowReader(options: CheckerOptions): RowReader {
  const columns = columnsByRole(options.columns);
  const none: readonly number[] = [];
  const find = <P extends Part>(
    row: Read,
    role: FieldRole,
    part: P,
  ): CellReading[P] | undefined => {
    const at = columns.get(role) ?? none;
    // Two columns of one role: what stands further right counts.
    for (let index = at.length - 1; index >= 0; index -= 1) {
      const found = row.readings[at[index]!]?.[part];
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const by = {
    text: (row: Read, role: FieldRole) => find(row, role, 'text'),
    day: (row: Read, role: FieldRole) => find(row, role, 'day'),
    fen: (row: Read, role: FieldRole) => find(row, role, 'fen'),
    list: (row: Read, role: FieldRole) => find(row, role, 'list'),
  };
  const named = new Map<string, FactReader<Read>>([
    ...[...columns.keys()].flatMap((role) => roleFacts(role, by)),
    ...ownFacts(options, by),
  ]);
  const codes = options.columns.flatMap((field, at) => (field?.type === 'code' ? [at] : []));
  const readers = new Map<string, FactReader<Read>>();
  return {
    ...by,
    factOf(name) {
      let reader = readers.get(name);
      if (reader === undefined) {
        reader = named.get(name) ?? (roleNames.has(name) ? unknown : derivedFact(name, codes));
        readers.set(name, reader);
      }
      return reader;
    },
    factNames: [...named.keys()],
  };
}

function columnsByRole(columns: readonly (Field | null)[]): Map<FieldRole, readonly number[]> {
  const found = new Map<FieldRole, number[]>();
  columns.forEach((field, column) => {
    const role = field?.role;
    if (role === undefined) return;
    const known = found.get(role);
    if (known === undefined) found.set(role, [column]);
    else known.push(column);
  });
  return found;
}

type ByRole = Pick<RowReader, Part>;

/** What one role gives: its text or day, the canonical value of its list, its amount. */
function roleFacts(role: FieldRole, by: ByRole): [string, FactReader<Read>][] {
  const name = factName(role);
  const amount: [string, FactReader<Read>] = [
    `${name}Fen`,
    (row) => {
      const fen = by.fen(row, role);
      return fen === undefined ? undefined : Number(fen);
    },
  ];
  if (role === 'kinds') return [amount, [name, (row) => by.list(row, role) ?? by.text(row, role)]];
  const written: FactReader<Read> = (row) => {
    const day = by.day(row, role);
    return day === undefined || day === 'long-term' ? by.text(row, role) : day;
  };
  if (!singleLists.includes(role)) return [amount, [name, written]];
  return [
    amount,
    [name, (row) => by.list(row, role)?.[0] ?? written(row)],
    [
      `${name}Text`,
      (row) => (by.list(row, role)?.[0] === undefined ? undefined : by.text(row, role)),
    ],
  ];
}

/** Facts of the whole row. */
function ownFacts(options: CheckerOptions, by: ByRole): [string, FactReader<Read>][] {
  const { standard, columns, today } = options;
  const profile = `${standard.id}@${standard.edition}`;
  return [
    ['today', () => today],
    ['profile', () => profile],
    ['subjectNameCount', (row) => nameCount(by.text(row, 'subject-name'))],
    ['publicDays', (row) => publicDays(by.day(row, 'decided-on'), by.day(row, 'public-until'))],
    [
      'subjectIsAuthority',
      (row) => {
        const code = by.text(row, 'subject-code');
        return code !== undefined && code === by.text(row, 'authority-code');
      },
    ],
    [
      'filledFields',
      (row) =>
        columns.flatMap((field, at) =>
          field !== null && row.readings[at]?.value !== undefined ? [field.id] : [],
        ),
    ],
    ['organisationCode', (row) => by.text(row, 'subject-organisation-code')],
    ['documentNumberDigits', (row) => digitsOf(by.text(row, 'document-number'))],
  ];
}

/** What the reading of a code told beside its value. */
function derivedFact(name: string, columns: readonly number[]): FactReader<Read> {
  return ({ readings }) => {
    for (let index = columns.length - 1; index >= 0; index -= 1) {
      const told = readings[columns[index]!]?.derived?.[name];
      if (told !== undefined) return told;
    }
    return undefined;
  };
}

/** Names that only a role can give: where no column has the role, the fact is never known. */
const roleNames: ReadonlySet<string> = new Set(
  fieldRoleSchema.options.map(factName).flatMap((name) => [name, `${name}Fen`, `${name}Text`]),
);

function nameCount(name: string | undefined): number {
  if (name === undefined) return 0;
  if (!between.test(name)) return 1;
  // One registered name may hold commas; only parts that each look like a whole name count as several.
  const parts = name.split(between).filter((part) => part.trim().length >= 4);
  return Math.max(1, parts.length);
}

function publicDays(
  decided: Day | 'long-term' | undefined,
  until: Day | 'long-term' | undefined,
): FactValue {
  if (decided === undefined || until === undefined) return null;
  if (decided === 'long-term' || until === 'long-term') return null;
  return daysBetween(decided, until);
}

function digitsOf(text: string | undefined): number | null {
  return text !== undefined && /^\d+$/.test(text) ? text.length : null;
}
