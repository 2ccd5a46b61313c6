/** What the reader noticed about a row's cells, turned into findings of the same kind as the rules'. */
import type { Field } from '../../../kernel/rulebook/standards.ts';
import { fillWords } from '../../../kernel/text/fill-words.ts';
import {
  type CellProblem,
  type ProblemKind,
  type RawRow,
  problemWords,
  weightOf,
} from '../../../platform/spreadsheet/index.ts';
import type { Finding } from './domain.ts';
import { cutWhole } from './domain-state.ts';

/** Kinds of weight `cell` that leave the cell usable once they are told. */
const tolerable: readonly ProblemKind[] = [
  'nul',
  'control',
  'stray-quote',
  'merged-cell',
  'unknown-key',
];

/** Numbers of so many digits have lost some in a spreadsheet's own arithmetic (trap 10). */
const exactDigitsMax = 15;

/** Findings of one row's problems; `rejects` tells whether the row can still be judged by its cells. */
export function problemFindings(
  row: RawRow,
  columns: readonly (Field | null)[],
): { readonly findings: readonly Finding[]; readonly rejects: boolean } {
  const findings: Finding[] = [];
  let rejects = false;
  for (const problem of row.problems ?? []) {
    const field = problem.column === null ? null : (columns[problem.column] ?? null);
    // What stands in a column nobody asked for is not looked at.
    if (problem.column !== null && field === null) continue;
    const severity = severityOf(problem, field, row.cells);
    if (severity === 'note') continue;
    rejects ||= severity === 'reject';
    findings.push(findingOf(problem, field, severity));
  }
  return { findings, rejects };
}

function severityOf(
  problem: CellProblem,
  field: Field | null,
  cells: readonly string[],
): 'reject' | 'warn' | 'note' {
  if (problem.kind === 'numeric-cell') {
    const digits = (cells[problem.column ?? -1] ?? '').replace(/\D/g, '').length;
    return field?.type === 'code' && digits >= exactDigitsMax ? 'reject' : 'note';
  }
  switch (weightOf(problem.kind)) {
    case 'row':
    case 'table':
      return 'reject';
    case 'cell':
      return tolerable.includes(problem.kind) ? 'warn' : 'reject';
    case 'note':
      return problem.kind === 'private-use' ? 'warn' : 'note';
  }
}

const shownMax = 60;

function shownOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : cutWhole(text, shownMax);
}

function findingOf(
  problem: CellProblem,
  field: Field | null,
  severity: 'reject' | 'warn',
): Finding {
  const words = problemWords[problem.kind].zh;
  return {
    rule: `FILE:${problem.kind}`,
    severity,
    field: field?.id ?? null,
    column: problem.column === null ? null : problem.column + 1,
    value: null,
    message: fillWords(words, { text: shownOf(problem.text) }),
    advice: '请在原文件中改正该单元格后重新报送。',
  };
}
