/** Whether the matrix notices: the `needs` of each route is taken away in turn, and somebody gets in. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestInstallation, testInstallation } from '../../../tests/installation.ts';
import { type Office, type Who, officeOver } from '../../../tests/office/office-city.ts';
import { needsSession, needsSignedIn } from '../../trust/accounts/contract.ts';
import { officeRoutes } from './index.ts';

type Row = { readonly route: string; readonly allowed: readonly string[] };
const matrix = JSON.parse(
  readFileSync(new URL('../../../tests/office-matrix.json', import.meta.url), 'utf8'),
) as { readonly routes: readonly Row[] };
const denials: readonly unknown[] = [
  ...['accounts.not-signed-in', 'accounts.session-incomplete', 'door.not-permitted'],
];
const never = '00000000-0000-7000-8000-000000000000';

let city: TestInstallation;
let office: Office;
beforeAll(async () => {
  city = await testInstallation();
  office = officeOver(city);
});
afterAll(() => city.drop());

const rowOf = ({ method, path }: (typeof officeRoutes)[number]) =>
  matrix.routes.find(({ route }) => route === `${method} ${path}`)!;

/** Whether the matrix would say that somebody is let in: as it asks, and by what it takes for a denial. */
async function isLetIn(route: (typeof officeRoutes)[number], who?: Who): Promise<boolean> {
  const path = route.path.replaceAll(/\{\w+\}/g, never);
  const { body } = await office.ask(route.method, path, who === undefined ? {} : { who });
  return !denials.includes(body.code);
}

async function without<T>(
  route: (typeof officeRoutes)[number],
  needs: string | null,
  run: () => Promise<T>,
): Promise<T> {
  const open = route as { needs: string | null };
  const before = open.needs;
  open.needs = needs;
  try {
    return await run();
  } finally {
    open.needs = before;
  }
}

it('a route that needs nothing any more lets in whom the matrix keeps out', async () => {
  const guarded = officeRoutes.filter(({ needs }) => needs !== null);
  expect(guarded.length).toBeGreaterThan(40);
  for (const route of guarded) {
    const name = `${route.method} ${route.path}`;
    expect([name, rowOf(route).allowed.includes('nobody')]).toEqual([name, false]);
    expect([name, await isLetIn(route)]).toEqual([name, false]);
    expect([name, await without(route, null, () => isLetIn(route))]).toEqual([name, true]);
    expect([name, await isLetIn(route)]).toEqual([name, false]);
  }
});

it('a route that needs a session only lets in positions the matrix keeps out', async () => {
  const callers = new Map<string, Who>();
  for (const [no, { code }] of city.positions().entries()) {
    if (code === 'system') continue;
    await office.account(`needs-${no}`, [code]);
    callers.set(code, (await office.enter(`needs-${no}`)).who);
  }
  const permitted = officeRoutes.filter(
    ({ needs }) => needs !== null && needs !== needsSession && needs !== needsSignedIn,
  );
  for (const route of permitted) {
    const name = `${route.method} ${route.path}`;
    const { allowed } = rowOf(route);
    const [position, who] = [...callers].find(([one]) => !allowed.includes(one))!;
    expect([name, position, await isLetIn(route, who)]).toEqual([name, position, false]);
    const open = await without(route, needsSignedIn, () => isLetIn(route, who));
    expect([name, position, open]).toEqual([name, position, true]);
  }
});

it('a position that loses the permission of a route is missing from its line', async () => {
  const positions = city.positions();
  for (const route of officeRoutes) {
    const { needs } = route;
    if (needs === null || needs === needsSession || needs === needsSignedIn) continue;
    const holders = positions.filter(
      ({ code, permissions }) =>
        code !== 'system' &&
        (permissions.includes(needs) || permissions.includes(`${needs.split(':')[0]!}:*`)),
    );
    // Not one more, not one less: so any permission given or taken shows in the line.
    const name = `${route.method} ${route.path}`;
    expect([name, holders.map(({ code }) => code).sort()]).toEqual([
      name,
      [...rowOf(route).allowed].sort(),
    ]);
  }
});
