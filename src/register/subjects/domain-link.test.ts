import { describe, expect, test } from 'vitest';
import { day } from '../../kernel/day.ts';
import { type LinkQuery, linkKeys, nearKey, subjectKeys } from './domain-link-evidence.ts';
import {
  aQuery,
  aSubject,
  codeA,
  codeB,
  otherSubject,
  tables,
  unknownCode,
} from '../../../tests/link-samples.ts';
import { linkReasonCodes, reasonsOf } from './domain-link-reasons.ts';
import type { LinkCandidate } from './domain-link-subject.ts';
import { decideLink } from './domain-link.ts';

const decide = (query: Partial<LinkQuery>, ...subjects: LinkCandidate[]) =>
  decideLink(aQuery(query), subjects, tables);
const codesOf = (decision: ReturnType<typeof decideLink>) =>
  (decision.outcome === 'linked' ? decision.notes : decision.reasons).map(({ code }) => code);

describe('the unified code is found', () => {
  test('and the name agrees: linked', () => {
    expect(decide({ code: codeA }, aSubject(), otherSubject())).toMatchObject({
      outcome: 'linked',
      subjectId: 'a',
      method: 'uscc',
    });
  });

  test.each([
    '示例市龍井机械(集团)有限公司',
    '示例市龙井机械〔集团〕有限公司 ',
    '示例市龙井机械 （集团）\u200B有限公司',
  ])('and the name %j agrees but for how it is typed: linked', (name) => {
    expect(decide({ code: codeA.toLowerCase(), name }, aSubject()).outcome).toBe('linked');
  });

  test('and the name is a former one: linked with a note', () => {
    const subject = aSubject({
      names: [{ name: '示例市老机械厂', kind: 'former', from: null, to: day('2015-01-01') }],
    });
    const decision = decide({ code: codeA, name: '示例市老机械厂' }, subject);
    expect(decision).toMatchObject({ outcome: 'linked', method: 'uscc-former-name' });
    expect(codesOf(decision)).toEqual(['LINKED_BY_CODE_FORMER_NAME', 'NAME_FORMER']);
  });

  test('and the name was the registered one on the day of the decision: linked', () => {
    const subject = aSubject({
      names: [
        {
          name: '示例市老机械厂',
          kind: 'registered',
          from: day('1995-01-01'),
          to: day('2015-01-01'),
        },
      ],
    });
    const on = (decidedOn: string) =>
      decide({ code: codeA, name: '示例市老机械厂', decidedOn: day(decidedOn) }, subject);
    expect(on('2014-06-01')).toMatchObject({ outcome: 'linked', method: 'uscc' });
    expect(on('2016-06-01')).toMatchObject({ outcome: 'linked', method: 'uscc-former-name' });
  });

  test('but its former name is now borne by another: review', () => {
    const subject = aSubject({
      names: [{ name: '示例市青石建材有限公司', kind: 'former', from: null, to: null }],
    });
    const decision = decide(
      { code: codeA, name: '示例市青石建材有限公司' },
      subject,
      otherSubject(),
    );
    expect(codesOf(decision)).toEqual(['NAME_FORMER', 'EVIDENCE_CONFLICT']);
  });

  test('but the name disagrees: review under the national rule 1001', () => {
    const decision = decide(
      { code: codeA, name: '示例市青石建材有限公司' },
      aSubject(),
      otherSubject(),
    );
    expect(decision).toMatchObject({
      outcome: 'review',
      candidates: [
        { subjectId: 'a', grounds: ['code'] },
        { subjectId: 'b', grounds: ['name'] },
      ],
    });
    expect(decision.outcome === 'review' && decision.reasons[0]).toMatchObject({
      code: 'NAME_CODE_MISMATCH',
      nationalCode: '1001',
    });
  });

  test.each([
    ['示例市龙井机械（集团）有限责任公司', 'NAME_CODE_MISMATCH'],
    ['示例县龙井机械（集团）有限公司', 'NAME_CODE_MISMATCH'],
    ['示例市龙井**有限公司', 'NAME_MASKED'],
    ['示例市龙井?械有限公司', 'NAME_DAMAGED'],
  ])('but the name is %s: review', (name, reason) => {
    expect(codesOf(decide({ code: codeA, name }, aSubject()))[0]).toBe(reason);
  });

  test('but the name is only its second name: review', () => {
    const subject = aSubject({
      names: [{ name: '示例市龙井铸造厂', kind: 'second', from: null, to: null }],
    });
    expect(codesOf(decide({ code: codeA, name: '示例市龙井铸造厂' }, subject))).toEqual([
      'NAME_SECOND',
    ]);
    const embedded = aSubject({ presentName: '示例市龙井机械厂（第二名称：示例市龙井铸造厂）' });
    expect(codesOf(decide({ code: codeA, name: '示例市龙井铸造厂' }, embedded))).toEqual([
      'NAME_SECOND',
    ]);
    expect(decide({ code: codeA, name: embedded.presentName }, embedded).outcome).toBe('linked');
  });

  test('and no name is given: linked, and said', () => {
    expect(codesOf(decide({ code: codeA, name: '无' }, aSubject()))).toEqual([
      'LINKED_BY_CODE',
      'NAME_ABSENT',
    ]);
  });

  test('under two subjects: review', () => {
    const twin = aSubject({ subjectId: 'c', presentName: '示例市龙井二厂' });
    expect(codesOf(decide({ code: codeA }, aSubject(), twin))).toEqual(['CODE_BORNE_BY_SEVERAL']);
  });

  test('but another number points to another subject: review', () => {
    const other = otherSubject({ registrationNumbers: ['320100000012341'] });
    const decision = decide(
      { code: codeA, registrationNumber: '320100000012341' },
      aSubject(),
      other,
    );
    expect(codesOf(decision)).toContain('EVIDENCE_CONFLICT');
    expect(decision.outcome).toBe('review');
    const twoCodes = decide({ code: codeA, taxNumber: codeB }, aSubject(), otherSubject());
    expect(codesOf(twoCodes)).toEqual(['EVIDENCE_CONFLICT']);
    expect(codesOf(decide({ code: codeA, taxNumber: unknownCode }, aSubject()))).toContain(
      'CODES_DISAGREE',
    );
  });

  test('and does not hold, but is what the registry keeps: linked only with the name', () => {
    const wrong = '91350203M0001QKT19';
    const subject = aSubject({ uscc: wrong });
    expect(codesOf(decide({ code: wrong }, subject))).toEqual([
      'LINKED_BY_CODE',
      'CODE_NOT_STRICT',
    ]);
    expect(codesOf(decide({ code: wrong, name: null }, subject))).toContain('CODE_NOT_STRICT');
    expect(decide({ code: wrong, name: null }, subject).outcome).toBe('review');
  });

  test('as the code it had before: linked with a note', () => {
    const subject = aSubject({ uscc: codeB, formerUsccs: [codeA] });
    expect(codesOf(decide({ code: codeA }, subject))).toEqual([
      'LINKED_BY_CODE',
      'CODE_SUPERSEDED',
    ]);
  });
});

describe('the code leads nowhere', () => {
  test('an organisation code or registration number with the right name links', () => {
    const subject = aSubject({
      uscc: null,
      organisationCodes: ['748204660'],
      registrationNumbers: ['320100000012341'],
    });
    expect(decide({ organisationCode: '74820466-0' }, subject)).toMatchObject({
      outcome: 'linked',
      method: 'organisation-code',
    });
    expect(decide({ taxNumber: '320100748204660' }, subject)).toMatchObject({
      method: 'organisation-code',
    });
    expect(decide({ code: '320100000012341' }, subject)).toMatchObject({
      method: 'registration-number',
    });
    expect(decide({ code: '91320100748204660Q' }, subject)).toMatchObject({
      method: 'organisation-code',
    });
  });

  test('the same without name, or with another name, goes to review', () => {
    const subject = aSubject({ uscc: null, organisationCodes: ['748204660'] });
    expect(codesOf(decide({ organisationCode: '748204660', name: null }, subject))).toContain(
      'NAME_ABSENT',
    );
    expect(
      codesOf(decide({ organisationCode: '748204660', name: '示例市青石厂' }, subject)),
    ).toContain('NAME_CODE_MISMATCH');
  });

  test('a free-text registration number is compared as text', () => {
    const subject = aSubject({ uscc: null, registrationNumbers: ['企独苏宁总字第000123号'] });
    expect(decide({ registrationNumber: '企独苏宁总字000123号' }, subject)).toMatchObject({
      outcome: 'linked',
      method: 'registration-number',
    });
  });

  test('two numbers that point to two subjects go to review', () => {
    const first = aSubject({ organisationCodes: ['748204660'] });
    const second = otherSubject({ registrationNumbers: ['320100000012341'] });
    const query = { organisationCode: '748204660', registrationNumber: '320100000012341' };
    expect(codesOf(decide(query, first, second))).toEqual(['EVIDENCE_CONFLICT']);
    const twin = otherSubject({ organisationCodes: ['748204660'] });
    expect(codesOf(decide({ organisationCode: '748204660' }, first, twin))).toEqual([
      'NUMBER_BORNE_BY_SEVERAL',
    ]);
  });

  test('exact name and area of one bearer link', () => {
    expect(decide({}, aSubject(), otherSubject())).toMatchObject({
      outcome: 'linked',
      method: 'name-and-area',
    });
    expect(decide({ code: '00000000000000000X' }, aSubject()).outcome).toBe('linked');
    expect(decide({ province: null, city: null, regionCode: '320102' }, aSubject()).outcome).toBe(
      'linked',
    );
  });

  test('a code mistyped by one or two keys is a slip, another wrong code is not', () => {
    const typed = `${codeA.slice(0, 17)}9`;
    expect(codesOf(decide({ code: typed }, aSubject()))).toContain('CODE_WRONG');
    expect(decide({ code: typed }, aSubject()).outcome).toBe('linked');
    expect(codesOf(decide({ code: codeA.slice(0, 17) }, aSubject()))).toContain('CODE_WRONG');
    expect(codesOf(decide({ code: '91110105MA01ABCD9X' }, aSubject()))).toContain(
      'CODE_DOES_NOT_FIT',
    );
    expect(decide({ code: '91110105MA01ABCD9X' }, aSubject()).outcome).toBe('review');
  });

  test.each([
    ['a code that holds but is unknown', { code: unknownCode }, {}, 'CODE_UNKNOWN_OTHER_SUBJECT'],
    ['the same where the bearer has none', { code: unknownCode }, { uscc: null }, 'CODE_UNKNOWN'],
    ['no area given', { province: null, city: null }, {}, 'AREA_NOT_GIVEN'],
    ['the province alone', { city: null }, {}, 'AREA_INCOMPLETE'],
    ['another city', { city: '苏州' }, {}, 'AREA_DIFFERS'],
    ['another province', { province: '浙江' }, {}, 'AREA_DIFFERS'],
    ['an area the registry lacks', {}, { city: null }, 'AREA_UNKNOWN'],
    [
      'another organisation code',
      { organisationCode: '748204660' },
      {},
      'ORGANISATION_CODE_DIFFERS',
    ],
    [
      'another registration number',
      { registrationNumber: '320100000012341' },
      { registrationNumbers: ['110000013456783'] },
      'REGISTRATION_NUMBER_DIFFERS',
    ],
  ] as const)('%s forbids linking by name', (_, query, subject, reason) => {
    const decision = decide(query, aSubject(subject as Partial<LinkCandidate>));
    expect(decision.outcome).toBe('review');
    expect(codesOf(decision)).toContain(reason);
  });

  test('several bearers, of whatever status, forbid it; alive at the decision only ranks them', () => {
    const dead = aSubject({ subjectId: 'a', aliveTo: day('2001-01-01'), status: 'deregistered' });
    const alive = aSubject({ subjectId: 'z', uscc: codeB, aliveFrom: day('2002-01-01') });
    const decision = decide({ decidedOn: day('2020-01-01') }, dead, alive);
    expect(decision).toMatchObject({
      outcome: 'review',
      candidates: [
        { subjectId: 'z', aliveThen: true },
        { subjectId: 'a', aliveThen: false },
      ],
    });
    expect(codesOf(decision)).toContain('NAME_BORNE_BY_SEVERAL');
  });

  test.each(['former', 'second', 'short'] as const)(
    'a %s name is no evidence by itself',
    (kind) => {
      const subject = aSubject({ names: [{ name: '示例市老机械厂', kind, from: null, to: null }] });
      expect(decide({ name: '示例市老机械厂' }, subject).outcome).toBe('review');
    },
  );

  test('masked, damaged, three-character and double names are no evidence', () => {
    const name = (presentName: string) =>
      decide({ name: presentName }, aSubject({ presentName })).outcome;
    expect(name('示例市**有限公司')).toBe('review');
    expect(name('示例市?械厂')).toBe('review');
    expect(name('益民厂')).toBe('review');
    expect(name('益民药厂')).toBe('linked');
    expect(name('示例市龙井机械厂（第二名称：示例市龙井铸造厂）')).toBe('review');
    expect(decide({ name: '示例市**有限公司' }).outcome).toBe('review');
  });

  test('a similar name is shown, never linked', () => {
    const decision = decide({ name: '示例县龙井机械集团有限责任公司' }, aSubject());
    expect(decision).toMatchObject({ outcome: 'review', candidates: [{ grounds: ['near-name'] }] });
    expect(codesOf(decision)[0]).toBe('NAME_NEAR');
  });

  test('a look-alike code names a candidate and decides nothing', () => {
    const typed = codeA.replace('0100', 'O100');
    expect(decide({ code: typed, name: null }, aSubject())).toMatchObject({
      outcome: 'review',
      candidates: [{ subjectId: 'a', grounds: ['look-alike-code'] }],
    });
    const namesake = otherSubject({ presentName: aSubject().presentName });
    const decision = decide({ code: typed }, aSubject({ presentName: '示例市别的公司' }), namesake);
    expect(decision.outcome).toBe('review');
  });

  test('nothing known gives none, and says what was missing', () => {
    expect(codesOf(decide({}))).toEqual(['NAME_NOT_FOUND', 'CODE_ABSENT']);
    expect(codesOf(decide({ code: codeA }))).toEqual(['NAME_NOT_FOUND', 'CODE_NOT_FOUND']);
    expect(codesOf(decide({ code: codeA, name: '' }))).toEqual(['NAME_ABSENT', 'CODE_NOT_FOUND']);
    expect(codesOf(decide({ name: null }))).toEqual(['NOTHING_GIVEN', 'CODE_ABSENT']);
    expect(codesOf(decide({ code: '11010519491231002X' }))).toContain('CODE_IS_PERSONAL');
  });

  test('every reason has a Chinese sentence', () => {
    for (const { message } of reasonsOf(linkReasonCodes))
      expect(message).toMatch(/[\u4E00-\u9FFF]。$/);
  });
});

describe('keys', () => {
  test('a row and the subject it means share a key for every kind of evidence', () => {
    const subject = aSubject({
      organisationCodes: ['74820466-0'],
      registrationNumbers: ['320100000012341'],
      names: [{ name: '示例市老机械厂', kind: 'former', from: null, to: null }],
    });
    const keys = subjectKeys(subject, tables);
    expect(keys).toContain('name:示例市老机械厂');
    for (const part of [
      { code: codeA },
      { code: codeA.replace('0100', 'O100') },
      { organisationCode: '748204660' },
      { taxNumber: '320100748204660' },
      { registrationNumber: '320100000012341' },
      { name: '示例市龍井机械(集团)有限公司' },
      { name: '示例市老机械厂' },
    ]) {
      const query = aQuery({ name: null, ...part });
      expect(linkKeys(query, tables).some((key) => keys.includes(key))).toBe(true);
    }
    expect(linkKeys(aQuery({ name: '示例**公司' }), tables)).toEqual([]);
    expect(nearKey('示例县龙井公司', tables)).toBe(nearKey('示例市龙井公司', tables));
  });
});
