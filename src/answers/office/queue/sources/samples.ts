/** Samples of a month whose rows are to be held against the decision papers. */
import type { Id } from '../../../../kernel/ids.ts';
import {
  type StoredSample,
  findSample,
  openSamples,
  sampleRows,
  whyNotJudge,
} from '../../../../intake/quality/index.ts';
import { portalLaw } from '../../../portal/index.ts';
import { isWithinReach } from '../../actions/service.ts';
import { itemNameOf } from '../../sources/service.ts';
import {
  type ActorFor,
  type QueueCase,
  type QueueContext,
  type QueueSource,
  type Step,
  type Waiting,
  isForward,
  readByAge,
} from '../service-source.ts';

const kind = 'quality-sample';

const stepsOf = (sample: StoredSample, actorFor: ActorFor): Step[] => [
  { action: 'judge', refusal: whyNotJudge(sample, actorFor('quality:sample')) },
];

function waiting({ deps, unitName, actorFor }: QueueContext, sample: StoredSample): Waiting {
  const { sampleId, drawnAt, provider, item, period, size } = sample;
  const name = itemNameOf(portalLaw(deps.law()), item);
  const unit = unitName(provider);
  return {
    ...{ id: sampleId, since: drawnAt, due: null, state: 'drawn', page: null },
    title: { zh: `${period} ${unit} ${name.zh}`, en: `${period} ${unit} ${name.en}` },
    about: { zh: `抽取${size}行`, en: `${size} rows drawn` },
    steps: stepsOf(sample, actorFor),
  };
}

async function open(context: QueueContext, id: Id): Promise<QueueCase | 'foreign' | null> {
  const { deps, reach } = context;
  const sample = await findSample(deps.database, id);
  if (sample === null) return null;
  if (!isWithinReach(reach, sample.provider)) return 'foreign';
  const rows = await sampleRows(deps.database, id);
  const judged = rows.filter(({ verdict }) => verdict !== null).length;
  const done = judged === rows.length;
  const item = waiting(context, sample);
  return {
    ...{ ...item, done, steps: done ? [] : item.steps, state: done ? 'judged' : item.state },
    facts: [
      [{ zh: '月份', en: 'Month' }, sample.period],
      [{ zh: '抽取', en: 'Drawn' }, `${sample.size}/${sample.population}`],
      [{ zh: '已核对', en: 'Judged' }, `${judged}/${rows.length}`],
      [{ zh: '抽签种子', en: 'Seed of the lot' }, sample.seed],
    ],
    history: [],
    acts: { object: `sample:${id}`, isOwn: () => true },
    stepsFor: (as) => stepsOf(sample, as),
  };
}

/** Samples that are not judged whole. No limit is set for them. */
export const samplesToJudge: QueueSource = {
  ...{ kind, open, backward: [] },
  name: { zh: '抽查核对', en: 'Sample to judge' },
  needs: ['quality:sample'],
  states: {
    drawn: { zh: '等待核对', en: 'waits to be judged' },
    judged: { zh: '已核对完毕', en: 'judged' },
  },
  actions: {
    judge: { zh: '对照决定书核对', en: 'Judge against the decision papers' },
    'judge-sample': { zh: '核对一行', en: 'A row was judged' },
    'draw-sample': { zh: '抽取', en: 'Drawn by lot' },
  },
  read: (context, asked) =>
    readByAge<StoredSample>(kind, asked, {
      next: (past, limit) => openSamples(context.deps.database, { past, limit }),
      placed: ({ drawnAt: at, sampleId }) => ({ at, id: sampleId }),
      show(sample) {
        const item = waiting(context, sample);
        const isSeen = isWithinReach(context.reach, sample.provider);
        const isWanted = isSeen && (!asked.mine || isForward([], item.steps));
        return Promise.resolve(isWanted ? item : null);
      },
    }),
};
