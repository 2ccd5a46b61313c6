import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeA, codeB, tables } from '../../../tests/link-samples.ts';
import type { Subject } from './domain.ts';
import { readRow } from './domain-link-evidence.ts';
import { isListed, matchByCode, matchByName } from './domain-publicity.ts';

const nothing = {
  name: null,
  code: null,
  organisationCode: null,
  registrationNumber: null,
  taxNumber: null,
  province: null,
  city: null,
  regionCode: null,
  decidedOn: null,
};
const numbers = (code: string) => readRow({ ...nothing, code }, tables).numbers;
const subject = (part: Partial<Subject> = {}): Subject =>
  ({
    subjectId: 'a',
    kind: 'organisation',
    ownerNamed: false,
    uscc: codeA,
    name: '示例市龙井机械（集团）有限公司',
    duplicateOf: null,
    evidence: {
      formerUsccs: [codeB],
      organisationCodes: [],
      registrationNumbers: ['320100000012345'],
      names: [
        { name: '示例市龙井机械厂', kind: 'former', from: null, to: null },
        { name: '龙井机械', kind: 'short', from: null, to: null },
      ],
    },
    ...part,
  }) as Subject;
const shop = (part: Partial<Subject> = {}) =>
  subject({ kind: 'individual-business', name: '示例市龙井茶铺', ...part });
const byName = (of: Subject, name: string) => matchByName(of, name, tables.scriptVariants);

describe('by a number', () => {
  it('a subject answers to its own of all times, and says by which', () => {
    expect(matchByCode(subject(), numbers(codeA))).toBe('uscc');
    expect(matchByCode(subject(), numbers(codeB))).toBe('former-uscc');
    expect(matchByCode(subject(), numbers(codeA.slice(8, 17)))).toBe('organisation-code');
    expect(matchByCode(subject(), numbers('320100000012345'))).toBe('registration-number');
  });

  it('an organisation answers to a look-alike as such, an individual business never', () => {
    const slip = codeA.replace('MAXX0', 'MAXXO');
    expect(matchByCode(subject(), numbers(slip))).toBe('similar');
    expect(matchByCode(shop(), numbers(slip))).toBe(null);
  });

  it('nobody answers to another’s', () => {
    const other = subject({ uscc: null, evidence: { ...subject().evidence, formerUsccs: [] } });
    expect(matchByCode(other, numbers(codeA))).toBe(null);
  });
});

describe('by a whole name', () => {
  it('an organisation answers to its present, former and other names', () => {
    expect(byName(subject(), '示例市龍井机械(集团)有限公司')).toMatchObject({ by: 'present' });
    expect(byName(subject(), '示例市龙井机械厂')).toMatchObject({ by: 'former' });
    expect(byName(subject(), '龙井机械')).toMatchObject({ by: 'other' });
  });

  it('an individual business answers to its present name only', () => {
    expect(byName(shop(), '示例市龙井茶铺')).toMatchObject({ by: 'present' });
    expect(byName(shop(), '示例市龙井机械厂')).toBe(null);
    expect(byName(shop(), '龙井机械')).toBe(null);
  });

  it('one named after its owner answers to none', () => {
    const named = shop({ name: '龙小井', ownerNamed: true });
    expect(byName(named, '龙小井')).toBe(null);
  });

  it('no part of a name of an individual business ever finds it', () => {
    const name = shop().name;
    const cut = fc.tuple(fc.nat(name.length), fc.nat(name.length));
    fc.assert(
      fc.property(cut, ([a, b]) => {
        const part = name.slice(Math.min(a, b), Math.max(a, b));
        expect(byName(shop(), part) === null).toBe(part !== name);
      }),
    );
  });
});

describe('in a list', () => {
  it('stand organisations under their main id only', () => {
    expect(isListed(subject())).toBe(true);
    expect(isListed(subject({ duplicateOf: 'b' }))).toBe(false);
    expect(isListed(shop())).toBe(false);
  });
});
