import { describe, expect, it } from 'vitest';
import { type Day } from '../../kernel/day.ts';
import { type BenchLine, judge } from './bench.ts';
import { type BenchRun, historyRows, runJson, runText } from './report.ts';

const line: BenchLine = {
  what: 'rows end to end',
  unit: 'rows/s',
  figure: 600,
  yardstick: { what: 'COPY', value: 1_000 },
  budget: { on: 'ratio', least: 0.6 },
};

const run: BenchRun = {
  name: 'collection',
  on: '2026-11-23' as Day,
  seconds: 12.3,
  machine: {
    cores: 2,
    cpu: 'A | processor',
    memoryGb: 24,
    node: '20.20.2',
    postgres: '18.4',
    version: '0.1.0',
    load: [0.5, 0.4, 0.3],
    settings: { fsync: 'on' },
  },
  result: { rows: 1_000_000, lines: [line], notes: [], memory: { nodeMb: 300, postgresMb: null } },
};

describe('a line of a benchmark', () => {
  it('divides the figure by its yardstick and meets a budget that it reaches exactly', () => {
    expect(judge(line)).toMatchObject({ ratio: 0.6, met: true });
  });

  it('misses a budget it stays below, or rises above', () => {
    expect(judge({ ...line, figure: 599 }).met).toBe(false);
    expect(judge({ ...line, budget: { on: 'figure', most: 50 } }).met).toBe(false);
  });

  it('misses a budget on a ratio that has no yardstick, and has no verdict without a budget', () => {
    expect(judge({ ...line, yardstick: null }).met).toBe(false);
    expect(judge({ ...line, budget: null })).toMatchObject({ ratio: 0.6, met: null });
  });
});

describe('a run', () => {
  it('is told as JSON with the names of the design', () => {
    expect(runJson(run)).toMatchObject({
      name: 'collection',
      rows: 1_000_000,
      figure: 600,
      yardstick: 1_000,
      ratio: 0.6,
      peakMemoryMb: 300,
      met: true,
    });
  });

  it('prints figure, yardstick, ratio, budget and verdict one under the other', () => {
    const text = runText(run).join('\n');
    expect(text).toContain('COPY: 1,000 rows/s');
    expect(text).toContain('≥ 0.600 — 达标 met');
  });

  it('goes into the table of history as one row, whatever signs the machine has in its name', () => {
    const [row] = historyRows(run);
    expect(row?.split(' | ')).toHaveLength(12);
    expect(row).toContain('A / processor');
  });
});
