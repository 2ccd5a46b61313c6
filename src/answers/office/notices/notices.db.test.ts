/** Letters as officers meet them: a reset told in the inbox, opened, acknowledged; nobody else's. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ReadingCity, readingCity } from '../../../../tests/office/reading-city.ts';
import { accountDeps } from '../index.ts';
import { proposeAccount } from '../../../trust/accounts/index.ts';

let made: ReadingCity;
beforeAll(async () => {
  made = await readingCity();
});
afterAll(() => made.city.drop());

it('shows an officer its own letters, enters that it was opened, and takes its word once', async () => {
  const clerk = await made.signedIn('clerk-1', 'own', 'data-clerk');
  const other = await made.signedIn('clerk-2', 'own', 'data-clerk');
  await made.account('sa-1', 'centre', 'security-administrator');
  const { unit } = (
    await made.city.database.query<{ unit: string }>({
      ...{ strings: [`select unit from accounts.account where code = 'sa-1'`], values: [] },
    })
  )[0]!;
  const asked = {
    ...{ account: 'clerk-1', reason: '调岗\n电话13812345678' },
    actor: { account: 'sa-1', unit, position: 'security-administrator' },
    wanted: { name: '样例', unit, positions: ['data-reviewer'] },
  };
  expect(await proposeAccount(accountDeps(made.city), asked)).toMatchObject({ ok: true });
  const inbox = await made.office.ask('GET', '/notices', { who: clerk });
  expect(inbox.body).toMatchObject({ unread: 1, letters: [{ template: 'account-proposed' }] });
  expect((await made.office.ask('GET', '/notices', { who: other })).body['letters']).toEqual([]);
  const [{ id }] = inbox.body['letters'] as [{ id: string }];
  expect((await made.office.ask('GET', `/notices/${id}`, { who: other })).status).toBe(404);
  const acknowledge = `/notices/${id}/acknowledge`;
  expect((await made.office.ask('POST', acknowledge, { who: other })).status).toBe(404);
  const opened = await made.office.ask('GET', `/notices/${id}`, { who: clerk });
  expect(opened.body).toMatchObject({ state: 'read', actions: [{ allowed: true }] });
  expect(JSON.stringify(opened.body)).not.toContain('13812345678');
  const done = await made.office.ask('POST', acknowledge, { who: clerk });
  expect(done.body).toMatchObject({
    ...{ state: 'acknowledged', servedBy: 'acknowledgement', actions: [{ allowed: false }] },
  });
  expect((await made.office.ask('POST', acknowledge, { who: clerk })).body.code).toBe(
    'notices.already-acknowledged',
  );
  expect((await made.office.ask('GET', '/notices', { who: clerk })).body['unread']).toBe(0);
});
