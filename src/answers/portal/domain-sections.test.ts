import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { familySchema } from '../../kernel/rulebook/directory.ts';
import { sectionKeyView } from './contract.ts';
import type { CurrencyOf } from './domain-currency.ts';
import { sectionOf, sectionOrder, stateOfItem, stateOfSection } from './domain-sections.ts';
import { sectionTitles } from './words.ts';

const currency = (state: CurrencyOf['state']): CurrencyOf => ({
  state,
  lastReceivedOn: null,
  lateSince: null,
  reason: null,
});
type Item = Parameters<typeof stateOfItem>[0];

describe('sections', () => {
  it('are the same everywhere: in order, contract and titles', () => {
    expect(sectionKeyView.options).toEqual(sectionOrder);
    expect(Object.keys(sectionTitles)).toEqual(sectionOrder);
  });

  it('take every family; what a province or city adds stands apart, registration does not', () => {
    for (const family of familySchema.options) {
      expect(sectionOrder).toContain(sectionOf(family, 'nation'));
      const local = family === 'registration' ? 'registration' : 'local';
      expect(sectionOf(family, 'city')).toBe(local);
      expect(sectionOf(family, 'province')).toBe(local);
    }
  });
});

describe('what is said of an item', () => {
  it('that is shown is "found", whatever else', () => {
    expect(stateOfItem({ publicity: 'unknown', collectible: false }, 1, currency('late'))).toBe(
      'found',
    );
  });

  it('is "none" only where the public may see it, somebody delivers it and nobody is late', () => {
    const publicity = fc.constantFrom('public', 'government', 'authorised', 'unknown' as const);
    const state = fc.constantFrom<CurrencyOf['state']>('current', 'late', 'unknown', 'not-covered');
    fc.assert(
      fc.property(publicity, fc.boolean(), state, (open, collectible, how) => {
        const item = { publicity: open, collectible } as Item;
        const said = stateOfItem(item, 0, currency(how));
        const sound = open === 'public' && collectible && (how === 'current' || how === 'unknown');
        expect(said === 'none').toBe(sound);
        expect(said).not.toBe('found');
      }),
    );
  });

  it('of a section is the first that one of its items has: found, late, none, not public', () => {
    expect(stateOfSection([])).toBe('not-covered');
    expect(stateOfSection(['not-covered', 'none', 'late'])).toBe('late');
    expect(stateOfSection(['none', 'found'])).toBe('found');
    expect(stateOfSection(['not-public', 'none'])).toBe('none');
    expect(stateOfSection(['not-covered', 'not-public'])).toBe('not-public');
  });
});
