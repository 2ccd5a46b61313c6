import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressIn, languageOf, readerOf } from '../../../ui/reader.ts';
import { assets } from '../../../ui/style.ts';
import type { RecordPage, SubjectPage } from '../contract.ts';
import { sectionOrder } from '../domain-sections.ts';
import { sectionTitles } from '../words.ts';
import { drawPage } from './frame.tsx';
import { recordPage } from './record.tsx';
import { subjectPage } from './subject.tsx';

const site = { sample: true, place: null, asOf: '2026-06-01' };
const currency = { state: 'unknown', lastReceivedOn: '2026-05-31', lateSince: null } as const;
const law = {
  pointer: 'administrative-penalty-law#48',
  instrument: { zh: '中华人民共和国行政处罚法', en: 'Administrative Penalty Law' },
  number: null,
  article: '第四十八条',
  state: 'in-force',
  confidence: 'confirmed',
} as const;

const record = (item: string, value = '罚款'): RecordPage => ({
  recordId: '0190a000-0000-7000-8000-000000000000',
  item,
  itemName: { zh: `事项${item}`, en: `Item ${item}` },
  family: 'penalty',
  nature: 'negative',
  kinds: value,
  documentNumber: `样罚〔2026〕${item}号`,
  authority: '样例市生态环境局',
  decidedOn: '2026-05-25',
  receivedOn: '2026-06-01',
  sources: [{ code: '11320100MBXX00019X', name: '样例市生态环境局' }],
  class: { class: 'general', ground: { zh: '理由', en: 'ground' }, provisions: [law] },
  window: { from: '2026-06-01', until: '2027-05-26', lastDay: '2027-05-25' },
  why: {
    zh: '认定（决定）日期2026-05-25，当日不计入，加12个月为2027-05-25；自2026-06-01起公示至2027-05-25（含当日），自2027-05-26起不再公示。',
    en: 'the determination 2026-05-25, that day not counted, plus 12 months = 2027-05-25; shown from 2026-06-01 through 2027-05-25, no longer from 2027-05-26.',
  },
  provision: law,
  fields: [{ id: 'F', name: '违法事实', value, unit: null, role: null }],
});

/** A file in which every section has `items` items, each with twenty records shown. */
function fileOf(items: number): SubjectPage {
  return {
    subjectId: '0190a000-0000-7000-8000-000000000001',
    uscc: '91320100MAXX000900',
    name: '样例市样例食品有限公司',
    kind: 'organisation',
    status: '存续',
    endedOn: null,
    formerNames: [],
    registered: [{ key: 'uscc', value: '91320100MAXX000900' }],
    relations: [],
    asOf: '2026-06-01',
    sections: sectionOrder.map((key, index) => {
      const names = Array.from({ length: items }, (_, n) => `${index}-${n}`);
      return {
        key,
        no: index + 1,
        title: sectionTitles[key],
        state: 'found' as const,
        shown: items * 20,
        lateSince: null,
        items: names.map((item) => ({
          item,
          name: { zh: `事项${item}`, en: `Item ${item}` },
          state: 'found' as const,
          shown: 20,
          currency: { ...currency, reason: 'no-frequency' as const },
        })),
        records: names.flatMap((item) => Array.from({ length: 20 }, () => record(item))),
      };
    }),
  };
}

const drawn = (view: SubjectPage, lang: 'zh' | 'en' = 'zh') => {
  const r = readerOf(lang, false);
  const given = { view, path: '/subjects/x', section: null, page: 1, recordsMax: 20 };
  return drawPage({ r, site, page: subjectPage(r, given), path: '/subjects/x' });
};

describe('the page of a whole file', () => {
  it('stays below 60 kB with its style sheet for ten, twenty and thirty kinds of records, twenty each', () => {
    const style = Buffer.byteLength(assets[0]!.body);
    for (const lang of ['zh', 'en'] as const) {
      for (const items of [1, 2, 3]) {
        const bytes = Buffer.byteLength(drawn(fileOf(items), lang)) + style;
        expect(bytes).toBeGreaterThan(30_000);
        expect(bytes).toBeLessThan(60_000);
      }
    }
  });

  it('names every item that is shown, with its number and a way to all of it', () => {
    const html = drawn(fileOf(2));
    for (const key of sectionOrder) expect(html).toContain(`href="/subjects/x?section=${key}"`);
    expect(html.match(/查看事项\d-\d的全部20条/g)).toHaveLength(20);
  });
});

describe('a text from outside', () => {
  it('never becomes markup, on the page of a file or of a record', () => {
    const r = readerOf('en', false);
    const outside = fc.string({
      unit: fc.constantFrom(...'<>"\'&/=;`{}()x 字\u0000\u202e'),
      maxLength: 40,
    });
    fc.assert(
      fc.property(outside, (text) => {
        const one = record('1', `<x-planted>${text}`);
        const view = {
          subject: { subjectId: '1', uscc: null, name: `<x-planted ${text}` },
          record: { ...one, authority: `"><x-planted ${text}` },
          explanation: {
            on: '2026-06-01',
            inputs: [
              { name: 'n', label: { zh: 'l', en: 'l' }, value: `<x-planted>`, source: text },
            ],
            also: [],
            rule: null,
            earliestRepair: null,
          },
        };
        const page = recordPage(r, view, '/subjects/x');
        expect(drawPage({ r, site, page, path: '/x' })).not.toContain('<x-planted');
        const file = { ...fileOf(0), name: `</h1><x-planted ${text}` };
        expect(drawn(file)).not.toContain('<x-planted');
      }),
      { numRuns: 100 },
    );
  });

  it('keeps its days whole without touching what is written in addresses and numbers', () => {
    const html = drawn({ ...fileOf(0), name: '甲2026-01-02乙 x2026-01-02 2026-01-023' });
    expect(html).toContain('甲<span class="nowrap">2026-01-02</span>乙 x2026-01-02 2026-01-023');
    expect(html).toContain('<title>甲2026-01-02乙');
  });
});

describe('an address', () => {
  it('is the same page in both languages, there and back', () => {
    const path = fc
      .array(fc.stringMatching(/^[a-z0-9]{1,6}$/), { maxLength: 4 })
      .map((parts) => `/${parts.filter((part) => part !== 'en').join('/')}`);
    fc.assert(
      fc.property(path, fc.constantFrom('zh' as const, 'en' as const), (text, lang) => {
        expect(languageOf(addressIn(lang, text))).toEqual({ lang, path: text });
      }),
    );
    expect(languageOf('/energy')).toEqual({ lang: 'zh', path: '/energy' });
  });
});
