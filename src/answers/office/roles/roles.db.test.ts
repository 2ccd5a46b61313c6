/** Positions over HTTP: what each may do and read is what the doors let through, no more and no less. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ReadingCity, readingCity } from '../../../../tests/office/reading-city.ts';
import { needsSession, needsSignedIn } from '../../../trust/accounts/contract.ts';
import { officeRoutes } from '../index.ts';
import type { RoleView } from './contract.ts';

let made: ReadingCity;
let answer: { on: string; edition: string | null; positions: RoleView[] };

async function roles(position: 'data-clerk' | 'case-officer' | 'security-administrator') {
  const who = await made.signedIn(`roles-${position}`, 'own', position);
  const { status, body } = await made.office.ask('GET', '/roles', { who });
  expect(status).toBe(200);
  return body as unknown as typeof answer;
}
const of = (code: string) => answer.positions.find((one) => one.code === code)!;

beforeAll(async () => {
  made = await readingCity();
  answer = await roles('case-officer');
});
afterAll(() => made.city.drop());

describe('the positions', () => {
  it('are those an account may hold, with the edition that says so; never that of the system', () => {
    expect(answer.edition).toContain('roles');
    expect(answer.positions.map(({ code }) => code)).toContain('auditor');
    expect(of('system')).toBeUndefined();
    expect(answer.positions.filter(({ yours }) => yours).map(({ code }) => code)).toEqual([
      'case-officer',
    ]);
  });

  it('open exactly the routes the matrix lets them use', () => {
    const file = resolve(import.meta.dirname, '../../../../tests/office-matrix.json');
    const { routes } = JSON.parse(readFileSync(file, 'utf8')) as {
      routes: { route: string; allowed: string[] }[];
    };
    const allowed = new Map(routes.map((one) => [one.route, one.allowed]));
    for (const { method, path, needs, summaryEn } of officeRoutes) {
      if (needs === null || needs === needsSession || needs === needsSignedIn) continue;
      const told = answer.positions.filter(({ permissions }) =>
        permissions.some(({ opens }) => opens.some(({ en }) => en === summaryEn)),
      );
      const route = `${method} ${path}`;
      expect([route, told.map(({ code }) => code).sort()]).toEqual([
        ...[route, [...(allowed.get(route) ?? [])].sort()],
      ]);
    }
  });

  it('read for the purposes the rulebook gives them, as far as it says, on the ground it names', () => {
    const check = of('data-clerk').purposes.find(({ code }) => code === 'source-check')!;
    expect([check.reach, check.perDay]).toEqual(['own', 200]);
    expect(check.provision?.pointer).toBe('government-data-sharing-regulations#26');
    const repair = (code: string) => of(code).purposes.find((one) => one.code === 'repair')?.reach;
    expect([repair('centre-officer'), repair('case-officer'), repair('data-clerk')]).toEqual([
      ...['region', 'own', undefined],
    ]);
    for (const administrator of ['system', 'security', 'audit']) {
      expect(of(`${administrator}-administrator`).purposes).toEqual([]);
    }
  });

  it('are told to every officer alike, whatever its position', async () => {
    const other = await roles('security-administrator');
    const bare = (all: typeof answer) => all.positions.map(({ yours: _yours, ...rest }) => rest);
    expect(bare(other)).toEqual(bare(answer));
  });
});
