/** A unit's clerk, reviewer, a clerk of another unit and an officer of the centre; and how they send files. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { penaltyCsv } from '../penalties.ts';
import { type Who, officePath } from './office-city.ts';
import { food, readingCity, start, units } from './reading-city.ts';

export type Told = Record<string, unknown> & { readonly code?: string };
type Sent = { readonly type?: string; readonly name?: string; readonly who?: Who };

const about = { 行政相对人名称: food.name, '行政相对人代码_1(统一社会信用代码)': food.code };
const of = {
  处罚机关统一社会信用代码: units.own.code,
  数据来源单位统一社会信用代码: units.own.code,
};

/** A penalty by the clerk's unit about {@link food}. */
export const row = (no: number, more: Record<string, string> = {}) => ({
  ...{ ...about, ...of, 行政处罚决定书文号: `样书罚〔2026〕${no}号` },
  ...more,
});

/** The five outcomes together. */
export const sumOf = (counts: Record<string, number>) =>
  counts['accepted']! +
  counts['acceptedWithWarning']! +
  counts['duplicate']! +
  counts['held']! +
  counts['rejected']!;

/** Makes the city and signs everybody in. */
export async function clerkCity() {
  const made = await readingCity();
  made.city.config.clock.set(start);
  const clerk = await made.signedIn('clerk-1', 'own', 'data-clerk');
  const reviewer = await made.signedIn('reviewer-1', 'own', 'data-reviewer');
  const foreign = await made.signedIn('clerk-2', 'foreign', 'data-clerk');
  const officer = await made.signedIn('officer-1', 'centre', 'centre-officer');

  async function upload(query: string, body: Uint8Array | string, sent: Sent = {}) {
    const { type = 'application/octet-stream', name = '六月.csv', who = clerk } = sent;
    const reply = await made.office.app.request(`${officePath}/collection/files?${query}`, {
      method: 'POST',
      headers: {
        'content-type': type,
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
        ...{ cookie: who.cookie, 'x-xinheng-csrf': who.csrf },
      },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    });
    return { status: reply.status, body: (await reply.json()) as Told };
  }

  const get = (path: string, who = clerk) => made.office.ask('GET', path, { who });
  const post = (path: string, body: object, who = clerk) =>
    made.office.ask('POST', path, { who, body });

  async function finished(batch: string): Promise<Told> {
    for (let tries = 0; tries < 600; tries += 1) {
      const { body } = await get(`/collection/batches/${batch}`);
      if (body['state'] === 'done' || body['state'] === 'refused') return body;
      await sleep(100);
    }
    throw new Error('the batch never ended');
  }

  async function sendRows(rows: readonly object[], name = '六月.csv') {
    const sent = await upload('item=penalty', penaltyCsv(rows), { name });
    expect([sent.status, sent.body]).toMatchObject([200, {}]);
    return { batch: String(sent.body['batch']), repeated: sent.body['repeated'] };
  }

  return { ...made, clerk, reviewer, foreign, officer, upload, get, post, finished, sendRows };
}

/** Such a city. */
export type ClerkCity = Awaited<ReturnType<typeof clerkCity>>;
