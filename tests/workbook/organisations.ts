/** The organisations a made-up workbook speaks of: real ones where the folder is there, else invented. */
import { isStrictUscc } from '../../src/kernel/identifiers/uscc.ts';
import { sampleCode } from '../fixtures/dirt/sample-codes.ts';
import { sharedRows } from '../shared-data.ts';

/** An organisation as its register has it. */
export type Organisation = { readonly name: string; readonly code: string };

/** Files of the real register. */
export const registerFiles = ['orgs-nanjing.csv', 'orgs-xinxiang.csv', 'orgs-elsewhere-sample.csv'];

const plain = /^[\u4e00-\u9fff（）()]{6,60}$/;
const foldedName = (name: string): string => name.replace(/[()（）]/g, '');

/**
 * Organisations whose rows have only one right answer: a sound code of a company nobody else has, a
 * plain name nobody else has. `null` when the real register is absent.
 */
export function realOrganisations(): readonly Organisation[] | null {
  const rows = registerFiles.map((file) => sharedRows(`org-registry/${file}`));
  if (rows.includes(null)) return null;
  const all = rows.flatMap((list) => list!);
  const names = new Map<string, number>();
  const codes = new Map<string, number>();
  for (const { name, code } of all) {
    names.set(foldedName(name!), (names.get(foldedName(name!)) ?? 0) + 1);
    codes.set(code!, (codes.get(code!) ?? 0) + 1);
  }
  return all
    .filter(
      ({ name, code }) =>
        plain.test(name!) &&
        code!.startsWith('91') &&
        isStrictUscc(code!) &&
        names.get(foldedName(name!)) === 1 &&
        codes.get(code!) === 1,
    )
    .map(({ name, code }) => ({ name: name!, code: code! }));
}

const trades = '食品 机械 建材 商贸 科技 物流 纺织 印务 电子 园林 餐饮 化工'.split(' ');
const digits = '一二三四五六七八九十';

/** Invented organisations of the reserved block. */
export function sampleOrganisations(count: number): readonly Organisation[] {
  return Array.from({ length: count }, (_, index) => {
    const number = [...String(index)].map((digit) => digits[Number(digit)]).join('');
    return {
      name: `样例市样例${number}${trades[index % trades.length]}有限公司`,
      code: sampleCode(index),
    };
  });
}
