/** Deliveries of double publicity that two officers of their own unit let be shown. */
import type { Id } from '../../../../kernel/ids.ts';
import { readBatch } from '../../../../intake/collection/index.ts';
import {
  type WaitingBatch,
  batchesWaiting,
  firstDecided,
  releaseSteps,
  standingOf,
} from '../../../../intake/double-publicity/index.ts';
import type { Day } from '../../../../kernel/day.ts';
import { portalLaw, shownText } from '../../../portal/index.ts';
import { itemNameOf } from '../../sources/service.ts';
import { pageOf } from '../domain.ts';
import { dueAfter } from '../service-clock.ts';
import {
  type ActorFor,
  type Due,
  type QueueCase,
  type QueueContext,
  type QueueSource,
  type Waiting,
  isForward,
  placeOf,
} from '../service-source.ts';

const kind = 'release';
const backward = ['cancel'];
const chunk = 200;

/** Permits and penalties are published within working days of the decision; of no other family is it said. */
const limitOf: Readonly<Record<string, string>> = {
  permit: 'publish.licence-penalty',
  penalty: 'publish.licence-penalty',
};

/** All deliveries of the caller's unit that wait: one unit's, and read whole because clocks are worked out. */
async function ownBatches({ deps, account }: QueueContext): Promise<WaitingBatch[]> {
  const all: WaitingBatch[] = [];
  for (let after: Id | null = null; ;) {
    const page: WaitingBatch[] = await batchesWaiting(deps, {
      ...{ after, limit: chunk, provider: account.unit },
    });
    all.push(...page);
    if (page.length < chunk) return all;
    after = page.at(-1)!.batchId;
  }
}

type Batch = Pick<WaitingBatch, 'batchId' | 'item' | 'fileName' | 'receivedAt'>;

function dueOf({ deps }: QueueContext, item: string, first: Day | undefined): Due | null {
  const key = limitOf[deps.law().itemFacts(item)?.family ?? ''];
  return key === undefined || first === undefined ? null : dueAfter(deps, key, first);
}

async function stepsOf({ deps }: QueueContext, batchId: Id, actorFor: ActorFor) {
  const steps = await releaseSteps(deps, batchId, actorFor);
  return steps.ok ? steps.value : [];
}

async function waiting(
  context: QueueContext,
  { batchId, item, fileName, receivedAt }: Batch,
  stands: { readonly state: string; readonly first: Day | undefined },
): Promise<Waiting> {
  const { deps, actorFor } = context;
  const name = shownText(fileName);
  return {
    ...{ id: batchId, since: receivedAt, state: stands.state },
    due: dueOf(context, item, stands.first),
    page: `/collection/batches/${batchId}`,
    title: { zh: name, en: name },
    about: itemNameOf(portalLaw(deps.law()), item),
    steps: await stepsOf(context, batchId, actorFor),
  };
}

async function open(context: QueueContext, id: Id): Promise<QueueCase | 'foreign' | null> {
  const { deps, account } = context;
  const batch = await readBatch(deps.database, id);
  if (batch === null) return null;
  if (batch.provider !== account.unit) return 'foreign';
  const who = { account: account.code, positions: account.positions };
  const standing = await standingOf(deps, id, who);
  // What needs no release is no matter of this queue.
  if (!standing.ok || standing.value.state === 'not-needed') return null;
  const { state } = standing.value;
  const first = (await firstDecided(deps.database, [id])).get(id);
  const done = state === 'released';
  const item = await waiting(context, batch, { state, first });
  const { counts, receivedAt } = batch;
  return {
    ...{ ...item, done, steps: done ? [] : item.steps, due: done ? null : item.due },
    facts: [
      [{ zh: '文件', en: 'File' }, shownText(batch.fileName)],
      [{ zh: '事项', en: 'Item' }, item.about.zh],
      [
        { zh: '将要公示的行', en: 'Rows to be shown' },
        String(counts.accepted + counts.acceptedWithWarning),
      ],
      [{ zh: '最早的决定日期', en: 'Earliest decision' }, first ?? '—'],
    ],
    history: [
      {
        ...{ at: receivedAt, act: null, account: null, reason: null },
        what: { zh: '收到文件', en: 'The file was received' },
      },
    ],
    acts: { object: `batch:${id}`, isOwn: () => true },
    stepsFor: (as) => stepsOf(context, id, as),
  };
}

/** Releases of double publicity. */
export const releases: QueueSource = {
  ...{ kind, backward, open },
  name: { zh: '双公示发布', en: 'Release of double publicity' },
  needs: ['double-publicity:prepare', 'double-publicity:release'],
  states: {
    waiting: { zh: '等待提请发布', en: 'waits to be proposed' },
    proposed: { zh: '已提请发布，等待第二人', en: 'proposed, waits for a second person' },
    withdrawn: { zh: '已停止公示', en: 'withdrawn' },
    released: { zh: '已发布', en: 'released' },
    drafted: { zh: '等待提请发布', en: 'waits to be proposed' },
  },
  actions: {
    propose: { zh: '提请发布', en: 'Propose for release' },
    'propose-release': { zh: '提请发布', en: 'Propose for release' },
    'propose-withdrawal': { zh: '提请停止公示', en: 'Propose to withdraw' },
    release: { zh: '发布', en: 'Release' },
    withdraw: { zh: '停止公示', en: 'Withdraw' },
    reject: { zh: '不同意发布', en: 'Reject' },
    cancel: { zh: '撤回提请', en: 'Take the proposal back' },
    receive: { zh: '接收文件', en: 'Receive the file' },
    upload: { zh: '上传文件', en: 'Upload the file' },
  },
  async read(context, asked) {
    const batches = await ownBatches(context);
    const days = await firstDecided(
      context.deps.database,
      batches.map(({ batchId }) => batchId),
    );
    const items: Waiting[] = [];
    for (const batch of batches) {
      const stands = { state: batch.state, first: days.get(batch.batchId) };
      const item = await waiting(context, batch, stands);
      if (!asked.mine || isForward(backward, item.steps)) items.push(item);
    }
    return pageOf(items, (item) => placeOf(kind, item), asked);
  },
};
