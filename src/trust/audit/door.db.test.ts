import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type TestInstallation,
  operatorA,
  operatorB,
  testInstallation,
} from '../../../tests/installation.ts';
import type { ActRequest } from '../../kernel/act.ts';
import { commitmentOf } from '../../kernel/canonical.ts';
import { sql } from '../../platform/db/index.ts';
import { actText } from './domain.ts';

let city: TestInstallation;
beforeAll(async () => {
  city = await testInstallation();
});
afterAll(() => city.drop());

const request = (part: Partial<ActRequest> = {}): ActRequest => ({
  kind: 'records.annul',
  needs: 'records:annul',
  actor: operatorA,
  ground: { reason: '法院判决撤销' },
  traceId: 'trace-1',
  object: 'decision:sample',
  detail: {},
  ...part,
});

const pass = (asked: ActRequest) => city.database.transaction((tx) => city.door.pass(tx, asked));

const countActs = async () => {
  const [row] = await city.database.query<{ acts: number; commitments: number }>(sql`
    select (select count(*)::int from audit.act) as acts,
           (select count(*)::int from transparency_log.commitment where kind = 'act') as commitments`);
  return row!;
};

describe('the door', () => {
  it.each([
    [
      'an account nobody has',
      { actor: { ...operatorA, account: 'nobody' } },
      'door.unknown-account',
    ],
    [
      'a position the account does not hold',
      { actor: { ...operatorB, position: 'judge' } },
      'door.not-your-position',
    ],
    [
      'a unit that is not its own',
      { actor: { ...operatorA, unit: 'x' } },
      'door.not-your-position',
    ],
    ['what its position does not permit', { needs: 'accounts:create' }, 'door.not-permitted'],
    [
      'a first act that does not exist',
      { second: { firstAct: '01900000-0000-7000-8000-000000000000' } },
      'door.unknown-act',
    ],
  ])('refuses %s, and leaves no act', async (_what, part, code) => {
    const before = await countActs();
    expect(await pass(request(part as Partial<ActRequest>))).toMatchObject({ refusal: { code } });
    expect(await countActs()).toEqual(before);
  });

  it('writes an act and its commitment together, and a reader who holds the salt can check it', async () => {
    const before = await countActs();
    const passed = await pass(request());
    expect(passed.ok).toBe(true);
    if (!passed.ok) return;
    expect(await countActs()).toEqual({
      acts: before.acts + 1,
      commitments: before.commitments + 1,
    });
    const { commitment, ...act } = passed.value;
    const [row] = await city.database.query<{ salt: Buffer; commitment: Buffer }>(sql`
      select a.salt, c.commitment from audit.act a
      join transparency_log.commitment c on c.object_id = a.id where a.id = ${act.id}`);
    expect(row!.commitment.toString('hex')).toBe(commitment);
    expect(commitmentOf(row!.salt, actText(act)).toString('hex')).toBe(commitment);
    const changed = { ...act, ground: { reason: '另一理由' } };
    expect(commitmentOf(row!.salt, actText(changed)).toString('hex')).not.toBe(commitment);
  });

  it('forgets the act when what it was for fails', async () => {
    const before = await countActs();
    const failing = city.database.transaction(async (tx) => {
      await city.door.pass(tx, request());
      throw new Error('the change itself failed');
    });
    await expect(failing).rejects.toThrow('the change itself failed');
    expect(await countActs()).toEqual(before);
  });

  it('takes a second person for a second only under another account', async () => {
    const first = await pass(request());
    const firstAct = first.ok ? first.value.id : '';
    expect(await pass(request({ second: { firstAct } }))).toMatchObject({
      refusal: { code: 'door.same-person' },
    });
    const second = await pass(
      request({ actor: operatorB, needs: 'link:confirm', second: { firstAct } }),
    );
    expect(second).toMatchObject({ ok: true });
  });

  it('cannot be passed without a reason', async () => {
    await expect(pass(request({ ground: { reason: '' } }))).rejects.toThrow(/reason/);
  });
});
