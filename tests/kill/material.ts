/** Invented organisations with reserved codes, and a file about them with every kind of outcome in it. */
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { organisationCodeCheck } from '../../src/kernel/identifiers/organisation-code.ts';
import { usccCheck } from '../../src/kernel/identifiers/uscc.ts';
import { authority, penalty, penaltyHeadings } from '../penalties.ts';

/** The n-th organisation of the reserved block (0–9999). */
export function organisation(n: number): { readonly name: string; readonly code: string } {
  const body = `MAXX${String(n).padStart(4, '0')}`;
  const first17 = `91329900${body}${organisationCodeCheck(body)}`;
  return { name: `样例市样例${n}号商贸有限公司`, code: `${first17}${usccCheck(first17)}` };
}

const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** One row of the file: mostly sound, with wrong, doubtful, repeated and joint ones at fixed places. */
function rowOf(n: number, organisations: number): string[] {
  const org = organisation(n % organisations);
  const day = `2026/0${1 + (n % 5)}/${String(1 + (n % 28)).padStart(2, '0')}`;
  return penalty({
    行政相对人名称: n % 97 === 5 ? `${org.name}甲` : org.name,
    '行政相对人代码_1(统一社会信用代码)':
      n % 89 === 7 ? organisation(9_000 + (n % 900)).code : org.code,
    行政处罚决定书文号: `样罚〔2026〕${n % 53 === 11 ? n - 1 : n}号`,
    处罚类别: n % 61 === 13 ? '其他' : '罚款',
    '罚款金额(万元)': n % 71 === 17 ? '2000' : '0.2',
    处罚决定日期: day,
    处罚机关统一社会信用代码: authority,
    ...(n % 83 === 19
      ? {
          行政相对人名称: organisation((n - 1) % organisations).name,
          '行政相对人代码_1(统一社会信用代码)': organisation((n - 1) % organisations).code,
          行政处罚决定书文号: `样罚〔2026〕${n - 1}号`,
        }
      : {}),
  });
}

/** Writes a penalty file of `rows` rows about `organisations` organisations. */
export async function writePenalties(
  path: string,
  rows: number,
  organisations: number,
): Promise<void> {
  const out = createWriteStream(path);
  out.write(`${penaltyHeadings.map(cell).join(',')}\n`);
  for (let n = 1; n <= rows; n += 1) {
    const line = `${rowOf(n, organisations).map(cell).join(',')}\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

/** The registry those organisations are in, as CSV text. */
export function registryCsv(organisations: number): string {
  const lines = ['name,code,registered_on,province,city'];
  for (let n = 0; n < organisations; n += 1) {
    const { name, code } = organisation(n);
    lines.push(`${name},${code},2020-01-01,江苏,样例市`);
  }
  return lines.join('\n');
}
