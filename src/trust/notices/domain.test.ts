import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentsOf } from '../../../tests/rulebook-files.ts';
import { day } from '../../kernel/day.ts';
import type { NoticeTemplate } from '../../kernel/rulebook/notices.ts';
import { noticeTemplateSchema } from '../../kernel/rulebook/notices.ts';
import { makeRulebook } from '../../kernel/rulebook/rulebook.ts';
import { templateProblems } from '../../law/rulebook/domain-notices.ts';
import { scanPersonalData } from '../../kernel/personal-data.ts';
import { plainLine, templatesOn, writeLetter } from './domain.ts';
import { maskAddressee, readAddress } from './domain-address.ts';

const on = day('2026-06-01');
const shipped = documentsOf('notices');
const editions = shipped.map((document) => ({
  ...{ document, digest: '', recordedAt: '2026-01-01T00:00:00.000Z' as never },
}));
const templates = templatesOn(makeRulebook(editions), on, '320100');
const named = (code: string): NoticeTemplate => templates.get(code)!.template;
const valueOf = {
  code: 'E-2345-6789-ABCD',
  text: '理由',
  day: '2026-06-30',
  instant: '2026-06-01T02:00:00.000Z',
  count: 3,
} as const;
const fullValues = ({ values }: NoticeTemplate) =>
  Object.fromEntries(values.map(({ name, type }) => [name, valueOf[type]]));

describe('a letter of the rulebook', () => {
  it('is written from every shipped template, with no place left open', () => {
    expect(templates.size).toBeGreaterThanOrEqual(12);
    for (const { template } of templates.values()) {
      const letter = writeLetter(template, fullValues(template));
      expect([template.code, letter.ok]).toEqual([template.code, true]);
      expect(JSON.stringify(letter)).not.toMatch(/[{}][a-z]+[{}]|undefined/);
    }
  });

  it('is refused when a value is missing, is more than it declares, or is of another kind', () => {
    const template = named('delegate-named');
    const values = fullValues(template);
    const refusal = (given: Record<string, string | number>) => {
      const written = writeLetter(template, given);
      return written.ok ? 'written' : `${written.refusal.code} ${written.refusal.params['name']}`;
    };
    expect(refusal({ ...values, more: 'x' })).toBe('notices.value-unknown more');
    expect(refusal(Object.fromEntries(Object.entries(values).slice(1)))).toBe(
      'notices.value-missing organisation',
    );
    expect(refusal({ ...values, lastDay: '2026-02-30' })).toBe('notices.value-bad lastDay');
    expect(refusal({ ...values, lastDay: 3 })).toBe('notices.value-bad lastDay');
    expect(refusal({ ...values, organisation: 'a b' })).toBe('notices.value-bad organisation');
    // What every object has is no value somebody gave.
    const inherited = { ...template, values: [{ name: 'constructor', type: 'text', what: 'x' }] };
    expect(writeLetter(inherited as NoticeTemplate, {})).toMatchObject({
      refusal: { code: 'notices.value-missing' },
    });
  });

  it('takes no line break, no tag, no turned text and no number of a person, however it is given', () => {
    const template = named('link-returned');
    const values = fullValues(template);
    for (const reason of [
      'a\r\nBcc: x@example.cn',
      'a\nb',
      '<b>x</b>',
      'x\u202etxt',
      'x\u2028y',
      '电话13812345678',
      '身份证 11010119900307293X',
      ' ',
    ]) {
      expect([reason, writeLetter(template, { ...values, reason })]).toMatchObject([
        reason,
        { refusal: { code: 'notices.value-bad' } },
      ]);
    }
  });

  it('puts values in once: a value that looks like a place is a text', () => {
    const template = named('link-returned');
    const written = writeLetter(template, { ...fullValues(template), reason: '{decidedBy}' });
    expect(written.ok && written.value.body.zh).toContain('理由：{decidedBy}');
  });

  it('takes whatever an officer wrote once it was made plain', () => {
    const template = named('link-returned');
    const values = fullValues(template);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 300 }),
          fc.string({ unit: 'grapheme', maxLength: 300 }),
          fc
            .array(fc.constantFrom('13812345678', ' ', '<a>', '\n', '电话', '1', '38', '\u200b'), {
              maxLength: 80,
            })
            .map((parts) => parts.join('')),
        ),
        (given) => {
          const reason = plainLine(given, 200);
          expect([...reason].length).toBeLessThanOrEqual(200);
          expect(scanPersonalData(reason)).toEqual([]);
          expect(writeLetter(template, { ...values, reason }).ok).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('a template', () => {
  const good = named('delegate-named');
  const codes = (template: object) =>
    templateProblems([template as NoticeTemplate], new Set(['data-clerk'])).map(({ code }) => code);

  it('says the same in both languages and declares what it says, or it is not taken', () => {
    expect(codes(good)).toEqual([]);
    expect(codes({ ...good, body: { ...good.body, zh: '{organisation}' } })).toContain(
      'notice-places',
    );
    expect(codes({ ...good, title: { zh: '{who}', en: '{who}' } })).toContain('notice-places');
    expect(codes({ ...good, channels: ['my', 'my'] })).toContain('notice-channel');
    expect(codes({ ...good, to: 'organisation', channels: ['office'] })).toContain(
      'notice-channel',
    );
    expect(codes({ ...good, to: 'unit', channels: ['office'] })).toContain('notice-readers');
    const twice = templateProblems([good, good], new Set());
    expect(twice.map(({ code }) => code)).toContain('notice-twice');
  });

  it('lets silence of a citizen or enterprise count on no ground', () => {
    const deemed = { count: 5, unit: 'day', basis: [], confidence: 'confirmed' };
    expect(codes({ ...good, deemed })).toEqual(['deemed-without-basis']);
  });

  it('is plain text: tags, control characters and titles of two lines are no template', () => {
    const bad = [
      { ...good, body: { zh: '<p>x</p>', en: 'x' } },
      { ...good, title: { zh: 'a\nb', en: 'x' } },
      { ...good, title: { zh: 'a\u202eb', en: 'x' } },
    ];
    for (const template of bad)
      expect(noticeTemplateSchema.safeParse(template).success).toBe(false);
  });

  it('ships no rule of deemed service that would hold before two officers confirmed it', () => {
    for (const { template, deemedHolds } of templates.values()) {
      expect([template.code, deemedHolds]).toEqual([template.code, false]);
      if (template.to !== 'unit') expect(template.deemed).toBeNull();
    }
  });
});

describe('an address', () => {
  it('is a plain address or no address', () => {
    for (const bad of [
      'a@b',
      'a b@example.cn',
      'a@example.cn\r\nBcc: c@example.cn',
      '"a"@example.cn',
      'a@example.cn,b@example.cn',
      'A <a@example.cn>',
      'a..b@example.cn',
      '',
    ]) {
      expect([bad, readAddress('mail', bad).ok]).toEqual([bad, false]);
    }
    expect(readAddress('mail', ' Clerk.1@Example.CN ')).toMatchObject({
      value: 'Clerk.1@example.cn',
    });
    expect(readAddress('mobile', '+86 138-1234-5678')).toMatchObject({ value: '13812345678' });
    expect(readAddress('mobile', '12345').ok).toBe(false);
  });

  it('is shown so far that its holder knows it again', () => {
    expect(maskAddressee('mail', 'clerk@example.cn')).toBe('c***@example.cn');
    expect(maskAddressee('mobile', '13812345678')).not.toContain('1234');
  });
});
