/** What a file turned out to be: kept with the batch, told to its sender. */
import { fillWords } from '../../kernel/text/fill-words.ts';
import {
  type ProblemWeight,
  type Table,
  type TableProblem,
  problemWords,
  weightOf,
} from '../../platform/spreadsheet/index.ts';
import type { OpenedDelivery } from './reading.ts';

/** Problems of a file that are kept; those that cost rows always are. */
const keptMax = 200;

/** Format, headings and problems of a file as the batch keeps them. */
export function readingOf(table: Table, delivery: OpenedDelivery) {
  const grave = table.problems.filter((problem) => weightOf(problem.kind) === 'table');
  const others = table.problems.filter((problem) => weightOf(problem.kind) !== 'table');
  return {
    format: table.format,
    encoding: table.encoding ?? null,
    delimiter: table.delimiter ?? null,
    sheet: table.sheet ?? null,
    headings: delivery.headings,
    unknownHeadings: delivery.header.unknown,
    problems: [...grave, ...others].slice(0, keptMax),
    problemCount: table.problems.length,
  };
}

/** A problem of a whole file, in words. `table` weight: rows are missing or all text is doubtful. */
export type FileProblem = TableProblem & {
  readonly weight: ProblemWeight;
  readonly message: string;
};

/** The problem in words, Chinese. */
export function toldProblem(problem: TableProblem): FileProblem {
  const { kind, detail } = problem;
  const message = fillWords(problemWords[kind].zh, { detail, text: detail });
  return { ...problem, weight: weightOf(kind), message };
}

/** What was noticed about a batch's file as a whole, gravest first; rows have findings of their own. */
export function fileProblems(batch: { readonly reading: object | null }): readonly FileProblem[] {
  const { problems = [] } = (batch.reading ?? {}) as { problems?: readonly TableProblem[] };
  return problems.map(toldProblem);
}
