/** Accounts and units an installation begins with. Sample ones are marked and live in sample cities only. */
import type { Instant } from '../kernel/day.ts';
import { systemActor } from '../kernel/act.ts';
import type { Queryable } from '../platform/db/index.ts';
import { type Account, insertAccount } from '../trust/accounts/index.ts';

/** Unified code of the operating centre of a sample city (reserved block). */
export const sampleCentre = '12329900MBXX00019K';

type SeedAccount = Omit<Account, 'disabledAt'>;

const everyday = [
  'data-clerk',
  'data-reviewer',
  'centre-officer',
  'centre-reviewer',
  'rulebook-officer',
  'case-officer',
];

/** Two operators, so that two persons can be two accounts from the first day. */
const operators: readonly SeedAccount[] = [
  {
    code: 'operator-a',
    name: '运行人员甲',
    unit: 'operator',
    positions: everyday,
    sample: false,
  },
  {
    code: 'operator-b',
    name: '运行人员乙',
    unit: 'operator',
    positions: [
      ...everyday.filter((position) => position !== 'rulebook-officer'),
      'rulebook-approver',
    ],
    sample: false,
  },
];

const system: SeedAccount = {
  code: systemActor.account,
  name: '系统',
  unit: systemActor.unit,
  positions: [systemActor.position],
  sample: false,
};

const samples: readonly SeedAccount[] = [
  ['sample-clerk', '样例账户：归集员', ['data-clerk']],
  ['sample-reviewer', '样例账户：审核员', ['data-reviewer']],
  ['sample-centre', '样例账户：信用中心经办', ['centre-officer']],
  ['sample-centre-2', '样例账户：信用中心复核', ['centre-reviewer']],
  ['sample-law', '样例账户：规则经办', ['rulebook-officer']],
  ['sample-law-2', '样例账户：规则复核', ['rulebook-approver']],
].map(([code, name, positions]) => ({
  code: code as string,
  name: name as string,
  unit: 'operator',
  positions: positions as string[],
  sample: true,
}));

/** Enters the accounts of a new installation; known ones stay as they are. */
export async function seedAccounts(db: Queryable, sample: boolean, at: Instant): Promise<void> {
  for (const account of [system, ...operators, ...(sample ? samples : [])]) {
    await insertAccount(db, account, at);
  }
}
