import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { refusalsInWords } from '../answers/portal/words-refusals.ts';
import { problemWords, refusalWords } from '../platform/spreadsheet/index.ts';
import { words, wordsOf } from './messages.ts';

const source = resolve(import.meta.dirname, '..');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
  .map((name) => ({ name, text: readFileSync(resolve(source, name), 'utf8') }));

const codePattern = "'([a-z][a-z0-9-]*\\.[a-z][a-z0-9-]*)'";

/** Codes at every place where a refusal is made or promised, with the files they stand in. */
function codesInSource(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const note = (code: string, file: string) =>
    found.set(code, (found.get(code) ?? new Set()).add(file));
  for (const { name, text } of files) {
    const places = [
      // refuse('a.b', …), also with the code on a line of its own or chosen between two.
      ...text.matchAll(/\brefuse\(([^,)]*)/g),
      // Refusal<'a.b' | 'c.d'>
      ...text.matchAll(/\bRefusal<([^>]*)>/g),
      // refusals: ['a.b', 'c.d']
      ...text.matchAll(/\brefusals: \[([^\]]*)\]/g),
      // { code: 'a.b', params: … }
      ...text.matchAll(/\bcode: ('[^']*'),\s*params\b/g),
    ];
    for (const place of places) {
      for (const code of place[1]!.matchAll(new RegExp(codePattern, 'g'))) note(code[1]!, name);
    }
  }
  return found;
}

const codes = codesInSource();
const known = (code: string) =>
  code in words ||
  code in refusalWords ||
  code in refusalsInWords ||
  // Words of the embedded server are complete by type: one per code.
  (code.startsWith('postgres.') && wordsOf({ code, params: {} }).zh !== code);

/** Calls that hand a code on instead of naming one; where the code comes from is checked beside it. */
const passedOn: Readonly<Record<string, RegExp>> = {
  // The spreadsheet reader: TableRefusalCode, for which refusalWords is complete by type.
  'platform/spreadsheet/open-table.ts': /binary\.refused/,
  'platform/spreadsheet/xlsx/workbook.ts': /^code$/,
  // The command line: records.bad-day and records.bad-instant, told apart by its two callers.
  'app/commands/records.ts': /^code$/,
};

describe('words for refusals', () => {
  it('exist for every code anywhere in the source', () => {
    expect(codes.size).toBeGreaterThan(80);
    const missing = [...codes]
      .filter(([code]) => !known(code))
      .map(([code, places]) => `${code} (${[...places].join(', ')})`);
    expect(missing).toEqual([]);
  });

  it('are looked for at every call: one that names no code is one of those listed', () => {
    const unseen = files.flatMap(({ name, text }) =>
      [...text.matchAll(/(?<!function )\brefuse\(\s*([^,)]*)/g)].flatMap(([, first]) => {
        const argument = first!.trim();
        if (new RegExp(codePattern).test(argument)) return [];
        // A helper of the same name in the checks of collection, and its kind, take no code.
        if (/^(state|Code)\b/.test(argument) || name === 'kernel/result.ts') return [];
        return passedOn[name]?.test(argument) === true ? [] : [`${name}: refuse(${argument}`];
      }),
    );
    expect(unseen).toEqual([]);
    for (const code of ['records.bad-day', 'records.bad-instant'])
      expect(words).toHaveProperty([code]);
  });

  it('are of both languages, end as sentences and hold no empty place', () => {
    const all = { ...words, ...refusalsInWords, ...refusalWords, ...problemWords };
    for (const [code, { zh, en }] of Object.entries(all)) {
      if (code === 'collection.template-refused') continue;
      expect(zh, code).toMatch(/\p{Script=Han}/u);
      expect(en, code).not.toMatch(/\p{Script=Han}/u);
      expect(`${zh}${en}`, code).not.toMatch(/\{\}|undefined|TODO/);
    }
    for (const [code, { zh, en }] of Object.entries({ ...words, ...refusalsInWords })) {
      if (code === 'collection.template-refused') continue;
      expect(zh.at(-1), code).toBe('。');
      expect(en.at(-1), code).toBe('.');
    }
  });

  it('name no value in one language that the other leaves out, the path of a command aside', () => {
    const places = (text: string) => [...text.matchAll(/\{([a-zA-Z]+)\}/g)].map(([, name]) => name);
    for (const [code, { zh, en }] of Object.entries(words)) {
      expect(new Set(places(zh)), code).toEqual(new Set(places(en)));
    }
  });

  it('are never said about a code that no longer exists', () => {
    const unused = Object.keys(words).filter(
      (code) =>
        !codes.has(code) &&
        !files.some(({ name, text }) => name !== 'app/messages.ts' && text.includes(`'${code}'`)),
    );
    expect(unused).toEqual([]);
  });

  it('are filled in; a code without words is told as it is', () => {
    expect(wordsOf({ code: 'collection.no-such-item', params: { item: 'x' } }).zh).toContain('“x”');
    expect(wordsOf({ code: 'nobody.knows', params: {} })).toEqual({
      zh: 'nobody.knows',
      en: 'nobody.knows',
    });
  });
});
