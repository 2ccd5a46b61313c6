/**
 * The examples of rejects (data-standards §2.11) as far as they are conditions in the rulebook: each is
 * violated by the row it is meant for and by no sound one.
 */
import { describe, expect, it } from 'vitest';
import type { Rule } from '../src/kernel/rulebook/standards.ts';
import type { Facts } from '../src/kernel/rules.ts';
import { caught, collecting, keyOf, named } from './standard-files.ts';

/** A sound penalty of a company: violates nothing. */
const sound: Facts = {
  subjectName: '示例市样例食品有限公司',
  subjectCategory: 'organisation',
  subjectCode: '91320100MAXX000900',
  subjectCodePrefix2: '91',
  subjectNameCount: 1,
  representativeName: '样例人',
  documentNumber: '示市监处罚〔2026〕9号',
  kinds: ['WARNING', 'FINE'],
  fineFen: 200_000,
  content: '警告；罚款2000元',
  decidedOn: '2026-03-02',
  publicDays: 365,
  authorityCode: '11320100MBXX00019X',
  authorityCodeStrict: true,
  authorityCodePrefix1: '1',
  sourceCodeStrict: true,
};

describe('the examples of rejects', () => {
  const penalty = (change: Facts): string[] => caught('cf-legal@2019', { ...sound, ...change });

  it('find nothing wrong with a sound row', () => {
    expect(penalty({})).toEqual([]);
  });

  it.each<[string, Facts, string]>([
    ['a code of an individual business as organisation', { subjectCodePrefix2: '92' }, 'C08'],
    ['a company as individual business', { subjectCategory: 'individual-business' }, 'C08'],
    ['a fine without amount', { fineFen: null }, 'C01'],
    ['a fine of nothing', { fineFen: 0 }, 'C01'],
    ['confiscation without amount', { kinds: ['CONFISCATE_GAIN'], fineFen: null }, 'C02'],
    ['confiscation of 0 without remark', { kinds: ['CONFISCATE_GOODS'], confiscatedFen: 0 }, 'C02'],
    ['revocation without certificate', { kinds: ['REVOKE_PERMIT'] }, 'C03'],
    ['an amount without the kind', { kinds: ['WARNING'] }, 'C04'],
    ['a fine of 100 million yuan', { fineFen: 10_000_000_000 }, 'C14'],
    ['document type without number', { representativeDocumentType: 'passport' }, 'C06'],
    ['document number without type', { representativeDocumentNumber: 'x' }, 'C06'],
    ['category natural person', { subjectCategory: 'natural-person' }, 'C07'],
    ['an agency code of seventeen zeros and X', { authorityCodeStrict: false }, 'C09'],
    ['a source code that is none', { sourceCodeStrict: false }, 'C09'],
    ['publicity that ends on the day of decision', { publicDays: 0 }, 'C10'],
    ['publicity of more than three years', { publicDays: 1097 }, 'C10'],
    ['detention of an organisation', { kinds: ['DETENTION'], fineFen: null }, 'C12'],
    ['an authority that is a company', { authorityCodePrefix1: '9' }, 'C13'],
    ['three parties in one row', { subjectNameCount: 3 }, 'C15'],
    ['no code at all', { subjectCode: null, subjectCodePrefix2: null }, 'C16'],
    ['the placeholder for a company', { subjectCode: null, subjectCodePlaceholder: true }, 'I05'],
    ['an organisation without representative', { representativeName: null }, 'C18'],
    ['summary procedure in double publicity', { procedure: 'summary' }, 'P02'],
    ['a year out of all bounds', { publicUntil: '2199-01-01' }, 'F08'],
  ])('catch %s', (_, change, rule) => {
    expect(penalty(change)).toContain(rule);
  });

  it('take an old decision with an organisation code only, and say so', () => {
    const old = {
      subjectCode: null,
      subjectCodePrefix2: null,
      subjectOrganisationCode: 'D21435693',
    };
    expect(penalty(old)).toEqual(['C17']);
  });

  it('take an individual business with the placeholder without a word', () => {
    const stall = {
      subjectCategory: 'individual-business',
      subjectCode: null,
      subjectCodePrefix2: null,
      subjectCodePlaceholder: true,
    };
    expect(penalty(stall)).toEqual([]);
  });

  it('take a confiscation of 0 that the remark explains', () => {
    const explained = {
      kinds: ['CONFISCATE_GOODS'],
      confiscatedFen: 0,
      fineFen: null,
      remark: '扣押物已销毁',
    };
    expect(penalty(explained)).toEqual([]);
  });

  it('hold a summary penalty to its limits and a commitment to its performance', () => {
    expect(caught('summary-penalty@2026', { ...sound, fineFen: 300_000 })).toEqual([]);
    expect(caught('summary-penalty@2026', { ...sound, fineFen: 300_001 })).toContain('C20');
    expect(caught('summary-penalty@2026', { ...sound, procedure: 'ordinary' })).toContain('P03');
    const promise: Facts = { ...sound, documentNumberDigits: 20, state: 'partial' };
    expect(caught('commitment@2026', promise)).toEqual(['K01']);
    const told = { ...promise, facts: '未按期提交材料', filledFields: ['WLXNR', 'ZRZJ'] };
    expect(caught('commitment@2026', told)).toEqual([]);
    expect(caught('commitment@2026', { ...told, filledFields: ['WLXNR'] })).toEqual(['K01']);
    expect(caught('commitment@2026', { ...promise, state: 'full', facts: '未按期' })).toEqual([
      'K02',
    ]);
    expect(caught('commitment@2026', { ...promise, state: null })).toEqual([]);
  });

  it('have a rule for every way of going wrong that code checks by itself', () => {
    const builtIn = named('xk-legal@2019').rules.flatMap((rule: Rule) =>
      'builtIn' in rule.check ? [`${rule.id} ${rule.check.builtIn}`] : [],
    );
    expect(builtIn).toEqual([
      'F01 required',
      'F02 length',
      'F03 code-list',
      'F04 date',
      'I01 name-and-code',
      'I02 subject-code',
      'I03 subject-unknown',
      'I04 subject-code-unusual',
      'I07 code-doubtful',
      'D01 duplicate',
      'D02 joint-decision',
      'T01 late',
    ]);
  });

  it('never violate a condition when nothing is known but what it asks to be there', () => {
    const asksForPresence = new Set(['C16', 'K01', 'K03']);
    for (const standard of collecting) {
      const fired = caught(keyOf(standard), {}).filter((id) => !asksForPresence.has(id));
      expect(fired, keyOf(standard)).toEqual([]);
    }
  });
});
