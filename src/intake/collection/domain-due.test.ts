import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type CalendarYear } from '../../kernel/rulebook/codes.ts';
import { documentSchema } from '../../kernel/rulebook/document.ts';
import { calendarFrom } from '../../kernel/rulebook/tables.ts';
import { day } from '../../kernel/day.ts';
import { type Heard, type Rhythm, dueOn } from './domain-due.ts';

const year = documentSchema.parse(
  parse(
    readFileSync(new URL('../../../rulebook/codes/calendar/2026.yaml', import.meta.url), 'utf8'),
  ),
);
const calendar = calendarFrom([year as CalendarYear]);
const monthly: Rhythm = { frequency: 'month', allowance: { count: 10, unit: 'day' } };
const silent: Heard = { since: day('2026-01-01'), deliveries: [], nothingIn: [] };
const stand = (on: string, heard: Heard = silent, rhythm = monthly) =>
  dueOn(day(on), rhythm, heard, calendar);

describe('a monthly item', () => {
  it('is due through the last day of its allowance, and overdue from the day after', () => {
    expect(stand('2026-06-10')).toMatchObject({ state: 'due', dueOn: '2026-06-10' });
    expect(stand('2026-06-11')).toMatchObject({
      state: 'overdue',
      period: { from: '2026-05-01', to: '2026-05-31' },
      nextDueOn: '2026-07-10',
    });
  });

  it('is delivered by a file that says it is of the month, or came since it began', () => {
    const of = (period: string | null, receivedOn: string) =>
      stand('2026-06-20', { ...silent, deliveries: [{ period, receivedOn: day(receivedOn) }] });
    expect(of('2026-05', '2026-06-01').state).toBe('delivered');
    expect(of(null, '2026-05-02').state).toBe('delivered');
    expect(of(null, '2026-04-30').state).toBe('overdue');
    expect(of('2026-04', '2026-06-01').state).toBe('overdue');
  });

  it('is delivered by the word that there was nothing', () => {
    expect(stand('2026-06-20', { ...silent, nothingIn: ['2026-05'] }).state).toBe('delivered');
  });

  it('is not owed of a time before the duty began', () => {
    expect(stand('2026-06-20', { ...silent, since: day('2026-06-01') }).state).toBe('begun');
    expect(stand('2026-06-20', { ...silent, since: null }).state).toBe('begun');
  });

  it('counts working days by the calendar of the State Council', () => {
    const rhythm: Rhythm = { frequency: 'month', allowance: { count: 5, unit: 'workday' } };
    expect(stand('2026-10-09', silent, rhythm).dueOn).not.toBe('2026-10-07');
    expect(stand('2026-10-08', silent, rhythm).state).toBe('due');
  });
});

it('an item reported as things happen has no period, and one of unknown frequency is not known', () => {
  const at = (frequency: Rhythm['frequency']) =>
    stand('2026-06-20', silent, { frequency, allowance: 'unknown' });
  expect(at('on-occurrence').state).toBe('as-it-happens');
  expect(at('unknown').state).toBe('unknown');
  expect(at('quarter')).toMatchObject({
    state: 'due',
    period: { from: '2026-01-01' },
    dueOn: null,
  });
});
