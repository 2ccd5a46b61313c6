/** Changes of accounts and of programs' keys that wait for another security administrator. */
import type { Id } from '../../../../kernel/ids.ts';
import {
  type AccountChange,
  findChange,
  openChanges,
  whyNotDecide,
} from '../../../../trust/accounts/index.ts';
import { pageOf } from '../domain.ts';
import {
  type ActorFor,
  type QueueCase,
  type QueueContext,
  type QueueSource,
  type Step,
  type Waiting,
  isForward,
  placeOf,
} from '../service-source.ts';

const kind = 'account-change';

function stepsOf(change: AccountChange, actorFor: ActorFor): Step[] {
  if (change.state !== 'proposed') return [];
  const refusal = whyNotDecide(change, actorFor('accounts:assign'));
  return ['confirm', 'reject'].map((action) => ({ action, refusal }));
}

function positionNames({ deps }: QueueContext, codes: readonly string[], lang: 'zh' | 'en') {
  const known = new Map(
    deps.positions().map(({ code, name, nameEn }) => [code, { zh: name, en: nameEn }]),
  );
  const named = codes.map((code) => known.get(code)?.[lang] ?? code);
  return named.join(lang === 'zh' ? '、' : ', ');
}

function waiting(context: QueueContext, change: AccountChange): Waiting {
  const { id, account, wanted, proposedAt, state } = change;
  const unit = context.unitName(wanted.unit);
  return {
    ...{ id, since: proposedAt, due: null, state, page: `/accounts/${account}` },
    title:
      wanted.client === undefined
        ? { zh: `账户 ${account}`, en: `Account ${account}` }
        : { zh: `程序 ${account} 的密钥`, en: `Key of the program ${account}` },
    about: {
      zh: `${unit}：${positionNames(context, wanted.positions, 'zh')}`,
      en: `${unit}: ${positionNames(context, wanted.positions, 'en')}`,
    },
    steps: stepsOf(change, context.actorFor),
  };
}

async function open(context: QueueContext, id: Id): Promise<QueueCase | null> {
  const change = await findChange(context.deps.database, id);
  if (change === null) return null;
  const { wanted, account, state } = change;
  return {
    ...waiting(context, change),
    done: state !== 'proposed',
    facts: [
      [{ zh: '账户', en: 'Account' }, account],
      [{ zh: '单位', en: 'Unit' }, context.unitName(wanted.unit)],
      [{ zh: '岗位', en: 'Positions' }, positionNames(context, wanted.positions, 'zh')],
      ...(wanted.client === undefined
        ? []
        : ([[{ zh: '密钥有效至', en: 'Key valid until' }, wanted.client.validUntil]] as const)),
    ],
    history: [],
    acts: { object: `account:${account}`, isOwn: () => true },
    stepsFor: (as) => stepsOf(change, as),
  };
}

/** Changes of accounts. No limit is set for them. */
export const accountChanges: QueueSource = {
  ...{ kind, open, backward: [] },
  name: { zh: '账户变更', en: 'Change of an account' },
  needs: ['accounts:assign'],
  states: {
    proposed: { zh: '已提出，等待第二人', en: 'proposed, waits for a second person' },
    decided: { zh: '已同意', en: 'confirmed' },
    rejected: { zh: '未同意', en: 'rejected' },
    cancelled: { zh: '已撤销', en: 'cancelled' },
  },
  actions: {
    propose: { zh: '提出', en: 'Propose' },
    confirm: { zh: '同意', en: 'Confirm' },
    reject: { zh: '不同意', en: 'Reject' },
    disable: { zh: '停用', en: 'Disable' },
    reset: { zh: '重置', en: 'Reset' },
    begin: { zh: '设立', en: 'Set up' },
  },
  async read(context, asked) {
    const found = await openChanges(context.deps.database);
    const items = found
      .map((change) => waiting(context, change))
      .filter(({ steps }) => !asked.mine || isForward([], steps));
    return pageOf(items, (item) => placeOf(kind, item), asked);
  },
};
