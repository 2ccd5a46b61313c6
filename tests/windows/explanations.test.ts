/**
 * Golden explanations: thirty questions answered as a reader sees them, each checked by hand. The exact
 * words stand in `tests/golden/explanations`; beside that, the days and sums in the sentence are added
 * up again by the independent checker's own arithmetic.
 */
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Explanation, explain } from '../../src/archive/records/domain-explain.ts';
import type { Day } from '../../src/kernel/day.ts';
import { corresponding, correspondingByWalking, count, text } from '../independent/calendar.ts';
import { opinionOn } from '../independent/checker.ts';
import { type ExplainedCase, explainedCases } from './explained-cases.ts';
import { factsOf } from './records.ts';
import { rulebookOf, shipped, standards, viewAt, withSample } from './rulebooks.ts';

const folder = resolve(import.meta.dirname, '../golden/explanations');
const readFrom = await standards();
const confirmed = rulebookOf([...withSample, ...readFrom], true);
const plain = rulebookOf([...shipped, ...readFrom], false);

function fileOf(index: number): string {
  return `${String(index + 1).padStart(2, '0')}-${explainedCases[index]!.name}.json`;
}

function explained(item: ExplainedCase): Explanation {
  const law = viewAt(item.confirmed ? confirmed : plain, item.matter.place);
  const facts = factsOf(item.matter, law);
  return explain(law.planFor(facts.item, item.matter.sector), facts, item.channel, item.on as Day);
}

const cases = explainedCases.map((item, index) => ({
  ...item,
  file: fileOf(index),
  told: explained(item),
}));

test('every golden file belongs to a case and every case has its file', () => {
  expect(readdirSync(folder).sort()).toEqual(cases.map(({ file }) => file).sort());
});

describe('the explanation is, word for word, the one that was checked', () => {
  test.each(cases)('$file', async ({ file, told }) => {
    await expect(`${JSON.stringify(told, null, 2)}\n`).toMatchFileSnapshot(resolve(folder, file));
  });
});

describe('the window is the one worked out by hand', () => {
  test.each(cases)('$file', ({ told, expected, matter, channel, on, confirmed }) => {
    expect(told.open).toBe(expected.open);
    expect(told.from).toBe(expected.first);
    expect(told.until).toBe(expected.last === null ? null : text(count(expected.last) + 1));
    const office = { confirmed, sampleCity: confirmed, alone: null };
    expect(opinionOn(matter, channel, on, office).open).toBe(expected.open);
  });
});

const day = String.raw`(\d{4}-\d{2}-\d{2})`;

describe('the sentence adds up', () => {
  test.each(cases)('$file', ({ told }) => {
    // "day, that day not counted, plus N months is day"
    const sums = [
      ...told.arithmetic.matchAll(new RegExp(`${day}，当日不计入，加(\\d+)个月为${day}`, 'g')),
    ];
    for (const [, start, months, end] of sums) {
      expect(text(corresponding(count(start!), Number(months)))).toBe(end);
      expect(text(correspondingByWalking(count(start!), Number(months)))).toBe(end);
      // Every start of a clock is among the inputs, with the place where it was read.
      const input = told.inputs.find(({ value }) => value === start);
      expect(input?.source, start).toBeTruthy();
      const clipped = start!.slice(8) !== end!.slice(8);
      expect(told.arithmetic.includes('该月无对应日，以月末日为准')).toBe(clipped);
    }
    // "through day (included), from the next day no longer"
    for (const [, last, next] of told.arithmetic.matchAll(
      new RegExp(`至${day}（含当日），自${day}起不再`, 'g'),
    )) {
      expect(text(count(last!) + 1)).toBe(next);
    }
    const english = [...told.arithmeticEn.matchAll(new RegExp(day, 'g'))].map(([found]) => found);
    for (const found of english) expect(told.arithmetic).toContain(found);
  });
});

describe('the sentence tells the first and the last day of the window it explains', () => {
  test.each(cases.filter(({ expected }) => expected.first !== null))('$file', ({ told }) => {
    if (told.reason !== 'open' && told.reason !== 'ended') return;
    expect(told.arithmetic).toContain(`自${told.from}起`);
    if (told.until === null) return;
    expect(told.arithmetic).toContain(`至${text(count(told.until) - 1)}（含当日）`);
    expect(told.arithmetic).toContain(`自${told.until}起不再`);
  });
});

describe('the explanation names instrument, article, edition and the source of every input', () => {
  const named = cases.filter(({ told }) => told.reason !== 'no-item-basis');
  test.each(named)('$file', ({ told }) => {
    expect(told.provision?.instrument).toMatch(/[\u4e00-\u9fff]/);
    expect(told.article).toMatch(/[\u4e00-\u9fff]/);
    expect(told.edition).toMatch(/^[a-z]+:[a-z0-9/-]+@.+$/);
    expect(told.inputs.length).toBeGreaterThan(0);
    for (const input of told.inputs) {
      expect(input.label, input.name).toMatch(/[\u4e00-\u9fff]/);
      expect(input.source, input.name).toMatch(/[\u4e00-\u9fff]/);
    }
  });
});

describe('what local law shuts is explained by the local law', () => {
  test.each([
    ['henan-use-without-evidence', 'henan-credit-regulations#20', 'regime/penalty-use-henan'],
    [
      'shanghai-summary-penalty-not-used',
      'shanghai-credit-regulations#9',
      'regime/penalty-summary-shanghai',
    ],
  ])('%s', (name, pointer, regime) => {
    const { told } = cases.find((item) => item.name === name)!;
    expect(told.provision?.pointer).toBe(pointer);
    expect(told.edition).toContain(regime);
    // Nothing ended: it was never open, and the sentence must not speak of a day that has passed.
    expect(told.reason).not.toBe('ended');
  });
});
