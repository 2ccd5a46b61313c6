/** Accounts and units an installation begins with. Sample ones are marked and live in sample cities only. */
import { systemActor } from '../kernel/act.ts';
import { type Result, ok, refuse } from '../kernel/result.ts';
import {
  type Account,
  enterSampleAccounts,
  insertAccount,
  listAccounts,
} from '../trust/accounts/index.ts';
import { centreUnit, unitOf } from './sample-city/units.ts';

type SeedAccount = Omit<Account, 'disabledAt'>;
type SampleSeed = Omit<SeedAccount, 'sample'>;

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

const market = unitOf('market').code;
const centre = centreUnit.code;

/** Every position of the rulebook, so that each can be tried: departments by one of them, the rest by the centre. */
const samples: readonly SampleSeed[] = (
  [
    ['sample-clerk', '样例账户：归集员', 'data-clerk', centre],
    ['sample-reviewer', '样例账户：审核员', 'data-reviewer', centre],
    ['sample-market', '样例账户：信息管理员', 'data-clerk', market],
    ['sample-market-2', '样例账户：信息审核员', 'data-reviewer', market],
    ['sample-case', '样例账户：认定单位承办人', 'case-officer', market],
    ['sample-case-2', '样例账户：认定单位审核人', 'case-reviewer', market],
    ['sample-centre', '样例账户：信用中心经办', 'centre-officer', centre],
    ['sample-centre-2', '样例账户：信用中心审核', 'centre-reviewer', centre],
    ['sample-law', '样例账户：规则管理员', 'rulebook-officer', centre],
    ['sample-law-2', '样例账户：规则批准人', 'rulebook-approver', centre],
    ['sample-system', '样例账户：系统管理员', 'system-administrator', centre],
    ['sample-security', '样例账户：安全管理员甲', 'security-administrator', centre],
    ['sample-security-2', '样例账户：安全管理员乙', 'security-administrator', centre],
    ['sample-audit', '样例账户：审计管理员', 'audit-administrator', centre],
    ['sample-auditor', '样例账户：审计员', 'auditor', centre],
  ] as const
).map(([code, name, position, unit]) => ({ code, name, unit, positions: [position] }));

/**
 * Enters the accounts of a new installation; known ones stay as they are. Sample accounts are for sample
 * installations only: every other one refuses to start where there is one. Refuses
 * `serve.sample-accounts {accounts}`.
 */
export async function seedAccounts(
  deps: Parameters<typeof enterSampleAccounts>[0],
  sample: boolean,
): Promise<Result<true>> {
  const { database, clock } = deps;
  for (const account of [system, ...operators]) {
    await insertAccount(database, account, clock.now());
  }
  if (sample) {
    await enterSampleAccounts(deps, samples);
    return ok(true);
  }
  const found = (await listAccounts(database)).filter((account) => account.sample);
  if (found.length === 0) return ok(true);
  return refuse('serve.sample-accounts', { accounts: found.map(({ code }) => code).join('、') });
}
