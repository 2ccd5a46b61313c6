/** Deliveries of double publicity that two officers of their own unit let be shown, or take back. */
import type { Id } from '../../../../kernel/ids.ts';
import { readBatch } from '../../../../intake/collection/index.ts';
import {
  type WaitingBatch,
  askedBack,
  batchesWaiting,
  firstDecided,
  releaseSteps,
  standingOf,
} from '../../../../intake/double-publicity/index.ts';
import type { Day, Instant } from '../../../../kernel/day.ts';
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
const askedBackState = 'withdrawal-proposed';

/** Permits and penalties are published within working days of the decision; of no other family is it said. */
const limitOf: Readonly<Record<string, string>> = {
  permit: 'publish.licence-penalty',
  penalty: 'publish.licence-penalty',
};

type Batch = Pick<WaitingBatch, 'batchId' | 'item' | 'fileName' | 'receivedAt'>;
type Stands = { readonly state: string; readonly since: Instant; readonly first: Day | undefined };

/** All deliveries of the caller's unit that wait to be shown: one unit's, and read whole because clocks are worked out. */
async function ownBatches({ deps, account }: QueueContext): Promise<WaitingBatch[]> {
  const all: WaitingBatch[] = [];
  for (let after: Id | null = null; ;) {
    const page: WaitingBatch[] = await batchesWaiting(deps, {
      ...{ after, limit: chunk, provider: account.unit },
    });
    // What two officers took back waits for nobody, though it could be let be shown anew.
    all.push(...page.filter(({ state }) => state !== 'withdrawn'));
    if (page.length < chunk) return all;
    after = page.at(-1)!.batchId;
  }
}

/** What of the unit waits, with how it stands: to be shown first, and to be taken back. */
async function ownMatters(context: QueueContext): Promise<(Batch & Stands)[]> {
  const { database } = context.deps;
  const [shown, back] = await Promise.all([
    ownBatches(context),
    askedBack(database, context.account.unit),
  ]);
  const days = await firstDecided(
    database,
    shown.map(({ batchId }) => batchId),
  );
  return [
    ...shown.map((batch) => ({
      ...{ ...batch, since: batch.receivedAt, first: days.get(batch.batchId) },
    })),
    // To take something back has no limit that could be told from here.
    ...back.map((batch) => ({ ...batch, state: askedBackState, first: undefined })),
  ];
}

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
  { batchId, item, fileName, state, since, first }: Batch & Stands,
): Promise<Waiting> {
  const { deps, actorFor } = context;
  const name = shownText(fileName);
  return {
    ...{ id: batchId, since, state, due: dueOf(context, item, first) },
    page: `/collection/batches/${batchId}`,
    title: { zh: name, en: name },
    about: itemNameOf(portalLaw(deps.law()), item),
    steps: await stepsOf(context, batchId, actorFor),
  };
}

const decided: ReadonlySet<string> = new Set(['released', 'withdrawn']);

/** How a delivery stands that is opened by its id; `null`: it is no matter of this queue. */
async function standsOf(
  { deps, account }: QueueContext,
  batch: Batch & { readonly provider: string },
): Promise<Stands | null> {
  const who = { account: account.code, positions: account.positions };
  const standing = await standingOf(deps, batch.batchId, who);
  if (!standing.ok || standing.value.state === 'not-needed') return null;
  const { state } = standing.value;
  const asked = (await askedBack(deps.database, batch.provider)).find(
    ({ batchId }) => batchId === batch.batchId,
  );
  const isClocked = state === 'waiting' || state === 'proposed';
  const days = isClocked ? await firstDecided(deps.database, [batch.batchId]) : new Map();
  const first = days.get(batch.batchId) as Day | undefined;
  return { state, since: asked?.since ?? batch.receivedAt, first };
}

async function open(context: QueueContext, id: Id): Promise<QueueCase | 'foreign' | null> {
  const { deps, account } = context;
  const batch = await readBatch(deps.database, id);
  if (batch === null) return null;
  if (batch.provider !== account.unit) return 'foreign';
  const stands = await standsOf(context, batch);
  if (stands === null) return null;
  const done = decided.has(stands.state);
  const item = await waiting(context, { ...batch, ...stands });
  const { counts, receivedAt } = batch;
  return {
    ...{ ...item, done, steps: done ? [] : item.steps },
    facts: [
      [{ zh: '文件', en: 'File' }, shownText(batch.fileName)],
      [{ zh: '事项', en: 'Item' }, item.about.zh],
      [{ zh: '通过检查的行', en: 'Rows that passed' }, passed(counts)],
      [{ zh: '最早的决定日期', en: 'Earliest decision' }, stands.first ?? '—'],
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

const passed = (counts: { readonly accepted: number; readonly acceptedWithWarning: number }) =>
  String(counts.accepted + counts.acceptedWithWarning);

/** Releases of double publicity. */
export const releases: QueueSource = {
  ...{ kind, backward, open },
  name: { zh: '双公示发布', en: 'Release of double publicity' },
  needs: ['double-publicity:prepare', 'double-publicity:release'],
  states: {
    waiting: { zh: '等待提请发布', en: 'waits to be proposed' },
    proposed: { zh: '已提请发布，等待第二人', en: 'proposed, waits for a second person' },
    'withdrawal-proposed': {
      zh: '已提请停止公示，等待第二人',
      en: 'withdrawal proposed, waits for a second person',
    },
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
    const items: Waiting[] = [];
    for (const matter of await ownMatters(context)) {
      const item = await waiting(context, matter);
      if (!asked.mine || isForward(backward, item.steps)) items.push(item);
    }
    return pageOf(items, (item) => placeOf(kind, item), asked);
  },
};
