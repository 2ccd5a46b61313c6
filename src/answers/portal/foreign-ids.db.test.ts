/** Every id the public interface takes, tried with what is hidden: it is told like what never was. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inputOf, textsOf } from '../../../tests/office/given-ids.ts';
import {
  type ApiCity,
  apiOver,
  fill,
  food,
  lightPenaltyOf,
  penaltyOf,
  recordIds,
} from '../../../tests/portal/api-city.ts';
import { operatorA, testInstallation } from '../../../tests/installation.ts';
import { draftBulletin } from '../../intake/bulletin/index.ts';
import type { Route } from '../../platform/http/index.ts';
import { publicPrefix, publicRoutes } from './contract.ts';

/** `hidden`: it can name what is not for the public. Everything else names what is, or nothing that is kept. */
const given: Readonly<Record<string, Readonly<Record<string, 'hidden' | 'public' | 'text'>>>> = {
  '/search': { q: 'text' },
  '/subjects/{code}': { code: 'public' },
  '/subjects/id/{id}': { id: 'public' },
  '/subjects/{code}/records': { code: 'public' },
  '/subjects/id/{id}/records': { id: 'public' },
  '/records/{id}': { id: 'hidden' },
  '/publicity/{column}': {
    ...{ column: 'public', region: 'public', section: 'public', authority: 'public' },
    ...{ kind: 'public', older: 'hidden', newer: 'hidden' },
  },
  '/bulletins': {},
  '/bulletins/{period}': { period: 'hidden' },
  '/items': {},
  '/provisions': {},
  '/provisions/{id}': { id: 'public' },
  '/standards': {},
  '/standards/{name}': { name: 'public' },
  '/terms': {},
  '/unconfirmed': {},
  '/sources': {},
  '/scope': {},
  '/problems': {},
};

let api: ApiCity;
let hidden: string;
beforeAll(async () => {
  api = apiOver(await testInstallation({ confirmAll: true }));
  await fill(api.city, [penaltyOf(food), lightPenaltyOf(food)]);
  hidden = (await recordIds(api.city, food.code)).get('样罚〔2026〕2号')!;
  const deps = { ...api.city, place: api.city.config.jurisdiction };
  const request = { period: '2026-04', actor: operatorA, reason: '样例' };
  expect(await draftBulletin(deps, request)).toMatchObject({ ok: true });
});
afterAll(() => api.city.drop());

it('is in a table, every text of every public route', () => {
  const found = publicRoutes.map((route) => [
    route.path,
    textsOf(inputOf(route as unknown as Route)).sort(),
  ]);
  const known = Object.entries(given).map(([path, texts]) => [path, Object.keys(texts).sort()]);
  expect(Object.fromEntries(known)).toEqual(Object.fromEntries(found));
});

it('what is hidden is told like what never was', async () => {
  const near = hidden.slice(0, -1) + (hidden.endsWith('0') ? '1' : '0');
  const pairs: Readonly<Record<string, readonly [string, string]>> = {
    '/records/{id} id': [`/records/${hidden}`, `/records/${near}`],
    '/bulletins/{period} period': ['/bulletins/2026-04', '/bulletins/2026-03'],
    '/publicity/{column} older': [
      `/publicity/penalty?older=2026-05-20_${hidden}`,
      `/publicity/penalty?older=2026-05-20_${near}`,
    ],
    '/publicity/{column} newer': [
      `/publicity/penalty?newer=2026-05-20_${hidden}`,
      `/publicity/penalty?newer=2026-05-20_${near}`,
    ],
  };
  const wanted = Object.entries(given).flatMap(([path, texts]) =>
    Object.entries(texts).flatMap(([name, kind]) => (kind === 'hidden' ? [`${path} ${name}`] : [])),
  );
  expect(Object.keys(pairs).sort()).toEqual(wanted.sort());
  for (const [which, addresses] of Object.entries(pairs)) {
    const told = [];
    for (const address of addresses) {
      const reply = await api.ask(publicPrefix + address);
      const text = await reply.text();
      const plain = text.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '').replaceAll(/2026-0[34]/g, '');
      told.push([reply.status, plain]);
    }
    expect([which, ...told[0]!]).toEqual([which, ...told[1]!]);
  }
});
