import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Day, dayFromNumber } from '../../../kernel/day.ts';
import { driverOf, positionText, reachOf, readPosition } from './domain-columns.ts';

const days: fc.Arbitrary<Day> = fc.integer({ min: 0, max: 30_000 }).map(dayFromNumber);

describe('the position of a line', () => {
  it('is read back from an address as it was written there', () => {
    fc.assert(
      fc.property(days, fc.uuid(), (decidedOn, recordId) => {
        const position = { decidedOn, recordId };
        expect(readPosition(positionText(position))).toEqual(position);
      }),
    );
  });

  it.each([
    '',
    '_',
    '2026-02-30_0190a000-0000-7000-8000-000000000000',
    '2026-02-01',
    '2026-02-01_x',
  ])('is not read out of %j', (text) => {
    expect(readPosition(text)).toBeNull();
  });
});

describe('a division that is asked for', () => {
  it('reaches over everything within it', () => {
    expect(reachOf('320102')).toEqual({ by: 'region', prefix: '320102' });
    expect(reachOf('320100')).toEqual({ by: 'city', prefix: '3201' });
    expect(reachOf('320000')).toEqual({ by: 'province', prefix: '32' });
  });
});

describe('of several filters', () => {
  it('the narrowest drives, and a province never does', () => {
    expect(driverOf({})).toBeNull();
    expect(driverOf({ region: '320000' })).toBeNull();
    expect(driverOf({ region: '320000', section: 'C' })).toBe('section');
    expect(driverOf({ region: '320100', kind: 'FINE', section: 'C' })).toBe('kind');
    expect(driverOf({ region: '320100', kind: 'FINE', authority: '样例局' })).toBe('authority');
  });
});
