/**
 * The dirt of real registers and real penalties, row by row, run through the whole of collection. Which
 * answer is right follows from design §6 and data-standards §1.1.4, §1.9 and §2.11: what can be read is
 * taken, what is doubtful waits, what can not be is given back, and nothing is linked by likeness.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { naughtyTexts } from '../../../tests/fixtures/dirt/naughty.ts';
import { type RowDirt, dirtyRows, register } from '../../../tests/fixtures/dirt/rows.ts';
import { collectText, importOrganisations, testInstallation } from '../../../tests/installation.ts';
import type { TestInstallation } from '../../../tests/installation.ts';
import { type PenaltyRow, penaltyCsv } from '../../../tests/penalties.ts';
import { sharedJson } from '../../../tests/shared-data.ts';
import { sql } from '../../platform/db/index.ts';

let city: TestInstallation;
beforeAll(async () => {
  city = await testInstallation({ confirmAll: true });
  await importOrganisations(city, Object.values(register));
});
afterAll(() => city.drop());

type Row = { row: number; outcome: string; codes: string[] };

async function collected(rows: readonly PenaltyRow[]) {
  const report = await collectText(city, penaltyCsv(rows), { item: 'penalty' });
  if (!report.ok) throw new Error(JSON.stringify(report.refusal));
  const { batch } = report.value;
  const outcomes = await city.database.query<Row>(sql`
    select row_no::int as row, outcome, coalesce(codes, '{}') as codes
    from collection.row_outcome where batch_id = ${batch.batchId} order by row_no`);
  return { batch, outcomes };
}

/** What must become of each kind: accepted, with warning, held, rejected; and why. */
const answers: Readonly<Record<RowDirt, readonly [outcome: string, ...codes: string[]]>> = {
  'U+FFFD in the name': ['R', 'FILE:replacement-character'],
  'U+FFFD in a text': ['R', 'FILE:replacement-character'],
  '1,413 NULs before the name': ['W', 'FILE:nul'],
  'DEL in the name': ['W', 'FILE:control'],
  'ideographic blanks around the name': ['A'],
  'a private-use character in a registered name': ['W', 'FILE:private-use'],
  'an emoji and a character of four bytes in a text': ['A'],
  'a wrong value that would be shown cut within a character': ['R', 'F03'],
  'lower-case letters': ['W', 'I04'],
  'full-width characters in the code': ['W', 'I04'],
  'a wrong check character nobody registered': ['W', 'I04', 'LINK:LINKED_BY_ORGANISATION_CODE'],
  'a wrong check character the register knows': ['W', 'I04', 'LINK:CODE_NOT_STRICT'],
  'Y where the standard gives 1, in the register': ['W', 'I04', 'LINK:CODE_NOT_STRICT'],
  'Y where the standard gives 1, not in the register': ['H', 'I04', 'I03'],
  'a made-up middle': ['H', 'I04', 'I01'],
  'a made-up middle under a name nobody has': ['R', 'I04', 'I02'],
  'a code destroyed in conversion': ['R', 'FILE:replacement-character', 'I02'],
  'an organisation code inside that fails its own check': ['A'],
  'digits only, shaped like an identity number': ['A'],
  'a region in no edition of the list': ['A'],
  'a retired region': ['A'],
  'a registration department few know': ['A'],
  'a rare category': ['A'],
  'a prefix in no table': ['W', 'I04'],
  'a registration number of 15 digits where the code belongs': ['R', 'I02'],
  'an old number of 13 digits where the code belongs': ['R', 'I02'],
  'a registration number in its own column': ['H', 'C17', 'I01'],
  'half-width brackets': ['A'],
  'inner and outer blanks': ['A'],
  'traditional characters': ['A'],
  'full-width letters in a name': ['A'],
  'a registered name that holds blanks': ['A'],
  'a registered name that holds two': ['H', 'I01', 'LINK:NAME_SECOND'],
  '有限责任公司 for 有限公司': ['H', 'I01', 'LINK:NAME_CODE_MISMATCH'],
  '有限责任公司 for 有限公司, without a code': ['H', 'C17', 'I01', 'LINK:NAME_NEAR'],
  'the city branch under the code of the province branch': ['H', 'I01'],
  'the parent in the name, the branch in the title only': ['A'],
  'a name two organisations share, without a code': ['H', 'I01', 'LINK:NAME_BORNE_BY_SEVERAL'],
  "a sound code that is somebody else's": ['H', 'I01', 'LINK:NAME_CODE_MISMATCH'],
  'an authority named 环保局 only': ['A'],
  'a number 不予处 with a fine': ['A'],
  'fine and confiscation in one text, in capital numerals and in 万元': ['A'],
  'a fine in yuan where the column holds 万元': ['W', 'C05', 'C14'],
};

describe('each kind of dirt in a row', () => {
  const names = Object.keys(answers) as RowDirt[];
  let rows: readonly Row[] = [];
  beforeAll(async () => {
    const all = names.map((name, index) => ({
      行政处罚决定书文号: `样行〔2026〕${index}号`,
      ...dirtyRows[name],
    }));
    ({ outcomes: rows } = await collected(all));
  });

  it('has a row and an answer', () => {
    expect(names.sort()).toEqual(Object.keys(dirtyRows).sort());
    expect(rows.map(({ row }) => row)).toEqual(names.map((_, index) => index + 2));
  });

  it.each(names.map((name, index) => ({ name, index })))('$name', ({ name, index }) => {
    const [outcome, ...codes] = answers[name];
    const found = rows[index]!;
    expect(found.outcome, found.codes.join(' ')).toBe(outcome);
    expect(found.codes).toEqual(expect.arrayContaining(codes));
    if (outcome === 'A') expect(found.codes).toEqual([]);
  });

  it('leaves codes that look like an identity number as they are, in texts, too', async () => {
    const [stored] = await city.database.query<{ remark: string }>(sql`
      select "values"->>'BZ' as remark from records.statement_version
      where "values"->>'CF_XDR_MC' = ${register.digits.name}`);
    expect(stored!.remark).toBe(`代码${register.digits.code}`);
  });
});

describe('document numbers written in other brackets', () => {
  it.each([
    '样环罚字[2026]88号',
    '样环罚字【2026】88号',
    '样环罚字（2026）第88号',
    '样环罚字(2026)88 号',
  ])('%s is the document 样环罚字〔2026〕第88号', async (number) => {
    const base = {
      行政相对人名称: register.food.name,
      '行政相对人代码_1(统一社会信用代码)': register.food.code,
    };
    await collected([{ ...base, 行政处罚决定书文号: '样环罚字〔2026〕第88号' }]);
    const { outcomes } = await collected([{ ...base, 行政处罚决定书文号: number }]);
    expect(outcomes[0]!.outcome).toBe('D');
    const [records] = await city.database.query<{ n: number }>(sql`
        select count(distinct record_id)::int as n from records.statement_version
        where document_number like '样环罚字%88%'`);
    expect(records!.n).toBe(1);
  });
});

describe('texts that have broken programs', () => {
  async function through(texts: readonly string[], prefix: string, alone: boolean) {
    const rows = texts.map((text, index) => ({
      行政相对人名称: register.food.name,
      '行政相对人代码_1(统一社会信用代码)': register.food.code,
      行政处罚决定书文号: `${prefix}〔2026〕${index}号`,
      违法行为类型: alone ? text : `样例${text}`,
      法定代表人: alone ? text : '样例人',
      备注: text,
    }));
    const { batch, outcomes } = await collected(rows);
    expect(outcomes.length).toBe(texts.length);
    const stored = await city.database.query<{ number: string; remark: string | null }>(sql`
      select document_number as number, "values"->>'BZ' as remark from records.statement_version
      where batch_id = ${batch.batchId}`);
    const taken = outcomes.filter(({ outcome }) => outcome === 'A' || outcome === 'W').length;
    expect(stored.length).toBe(taken);
    return { outcomes, stored, batch };
  }

  it('are stored as the letters they are', async () => {
    const { outcomes, stored } = await through(naughtyTexts, '样怪', true);
    const told = outcomes.flatMap(({ row, outcome, codes }) =>
      outcome === 'A' ? [] : [[naughtyTexts[row - 2], outcome, ...codes]],
    );
    // Words for nothing, a name of 51 signs, and a control character in three cells.
    expect(told).toEqual([
      ['NaN', 'R', 'F01', 'C18'],
      [expect.stringMatching(/^Z/), 'R', 'F02'],
      [expect.stringContaining('分段'), 'W', 'FILE:control'],
      ['\\', 'R', 'F01', 'C18'],
      ['NULL ', 'R', 'F01', 'C18'],
    ]);
    const remarks = new Map(stored.map(({ number, remark }) => [number, remark]));
    expect(remarks.size).toBe(naughtyTexts.length - 4);
    for (const [number, remark] of remarks) {
      const text = naughtyTexts[Number(/(\d+)号/.exec(number)![1])]!;
      // Blanks are folded, invisible signs dropped; no letter is lost or turned into another.
      const letters = (of: string): string =>
        of.normalize('NFC').replace(/[^\p{L}\p{N}\p{S}]/gu, '');
      expect(letters(remark ?? ''), JSON.stringify(text)).toBe(letters(text));
    }
  });

  const list = sharedJson<string[]>('test-vectors/strings/blns.json');
  it.skipIf(list === null)('those of the big list, too, each with one outcome', async () => {
    const { outcomes, batch } = await through(list!, '样列', false);
    const { received, accepted, acceptedWithWarning, rejected } = batch.counts;
    expect(received).toBe(list!.length);
    expect(accepted + acceptedWithWarning + rejected).toBe(received);
    expect(accepted).toBeGreaterThan(list!.length * 0.95);
    for (const { outcome, codes } of outcomes)
      if (outcome === 'R') expect(codes.length).toBeGreaterThan(0);
  });
});
