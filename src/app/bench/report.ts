/** A finished run as people read it, as programs read it, and as a line of the history. Pure. */
import type { Day } from '../../kernel/day.ts';
import type { BenchResult, Budget, JudgedLine, Unit } from './bench.ts';
import { judge } from './bench.ts';
import type { Machine } from './machine.ts';

/** A run with all that is told of it. */
export type BenchRun = {
  readonly name: string;
  readonly on: Day;
  readonly seconds: number;
  readonly machine: Machine;
  readonly result: BenchResult;
};

/** A number with as many digits as mean something. */
export function figureText(value: number, unit: Unit | 'ratio'): string {
  if (unit === 'ratio' || unit === 'share' || unit === 'times') return value.toFixed(3);
  if (unit === 'ms') return value >= 100 ? value.toFixed(0) : value.toFixed(2);
  return Math.round(value).toLocaleString('en-US');
}

function budgetText({ on, least, most }: Budget, unit: Unit): string {
  const shown = on === 'ratio' ? 'ratio' : unit;
  const parts = [
    ...(least === undefined ? [] : [`≥ ${figureText(least, shown)}`]),
    ...(most === undefined ? [] : [`≤ ${figureText(most, shown)}`]),
  ];
  return `${on === 'ratio' ? '比值 ratio ' : ''}${parts.join(', ')}`;
}

function verdict(met: boolean | null): string {
  return met === null ? '' : met ? '达标 met' : '未达标 MISSED';
}

function lineText(line: JudgedLine): string {
  const { what, unit, figure, yardstick, ratio, budget } = line;
  const of = (value: number) => `${figureText(value, unit)} ${unit}`;
  return [
    `  ${what}: ${of(figure)}`,
    ...(yardstick === null ? [] : [`    标尺 yardstick ${yardstick.what}: ${of(yardstick.value)}`]),
    ...(ratio === null ? [] : [`    比值 ratio: ${figureText(ratio, 'ratio')}`]),
    ...(budget === null
      ? []
      : [`    预算 budget: ${budgetText(budget, unit)} — ${verdict(line.met)}`]),
  ].join('\n');
}

function machineText({ cores, cpu, memoryGb, node, postgres, version, load }: Machine): string[] {
  return [
    `机器 machine: ${cores} × ${cpu}, ${memoryGb} GB`,
    `版本 versions: Xinheng ${version}, Node ${node}, PostgreSQL ${postgres}`,
    `开始时负荷 load at start: ${load.join(', ')}`,
  ];
}

/** The run for people, line by line. */
export function runText(run: BenchRun): string[] {
  const { name, result, machine, seconds } = run;
  const { memory } = result;
  const settings = Object.entries(machine.settings).map(([key, value]) => `${key}=${value}`);
  return [
    `bench ${name}: ${result.rows.toLocaleString('en-US')} rows, ${seconds.toFixed(0)} s`,
    ...result.lines.map((line) => lineText(judge(line))),
    `  内存峰值 peak memory: Node ${memory.nodeMb} MB, PostgreSQL ${memory.postgresMb ?? '?'} MB`,
    ...result.notes.map((note) => `  · ${note}`),
    ...machineText(machine),
    `服务器参数 server: ${settings.join(', ')}`,
  ];
}

/** The JSON object of design.md §8: the first line at the top, every line below. */
export function runJson(run: BenchRun): object {
  const { name, result, machine, seconds } = run;
  const lines = result.lines.map(judge);
  const first = lines[0];
  return {
    name,
    rows: result.rows,
    figure: first?.figure ?? null,
    yardstick: first?.yardstick?.value ?? null,
    ratio: first?.ratio ?? null,
    peakMemoryMb: result.memory.nodeMb,
    postgresMemoryMb: result.memory.postgresMb,
    met: lines.every(({ met }) => met !== false),
    seconds,
    lines,
    notes: result.notes,
    machine,
  };
}

const cell = (text: string) => text.replaceAll('|', '/');

/** Rows of the table of history at the end of docs/benchmarks.md, one per line of the run. */
export function historyRows({ name, on, result, machine }: BenchRun): string[] {
  const { memory } = result;
  return result.lines.map(judge).map((line) => {
    const { unit, yardstick, ratio, budget } = line;
    const cells = [
      on,
      name,
      result.rows.toLocaleString('en-US'),
      line.what,
      `${figureText(line.figure, unit)} ${unit}`,
      yardstick === null ? '–' : `${figureText(yardstick.value, unit)} ${unit} (${yardstick.what})`,
      ratio === null ? '–' : figureText(ratio, 'ratio'),
      budget === null ? '–' : `${budgetText(budget, unit)}: ${verdict(line.met)}`,
      `${memory.nodeMb} / ${memory.postgresMb ?? '?'}`,
      `${machine.cores} × ${machine.cpu}, ${machine.memoryGb} GB`,
      `${machine.version}, Node ${machine.node}, PostgreSQL ${machine.postgres}`,
      machine.load[0]!.toFixed(2),
    ];
    return `| ${cells.map(cell).join(' | ')} |`;
  });
}
