/** The bulletin for those of the centre who draft, send and publish it. It is of the whole place. */
import type { Actor } from '../../../kernel/act.ts';
import type { Refusal } from '../../../kernel/result.ts';
import { type Result, ok, refuse } from '../../../kernel/result.ts';
import {
  type Bulletin,
  type BulletinDeps,
  type BulletinOutcome,
  answerContest,
  bulletinActions,
  cancelBulletin,
  draftBulletin,
  listBulletins,
  publishBulletin,
  readBulletin,
  readBulletinById,
  respond,
  sendBulletin,
} from '../../../intake/bulletin/index.ts';
import { monthOf } from '../../../intake/quality/index.ts';
import { shownText } from '../../portal/index.ts';
import { type Reach, unitNames } from '../actions/service.ts';
import type { OfficeDeps } from '../deps.ts';
import { measuring } from '../sources/service.ts';
import type { BulletinLine } from './contract.ts';

const listMost = 120;

/** What bulletins are given of an office. */
export const bulletinDeps = (deps: OfficeDeps): BulletinDeps => ({
  ...measuring(deps),
  door: deps.door,
});

const notWhole = (place: string) => refuse('office.not-your-unit', { unit: place });

type Line = BulletinLine;

function lineOf(one: Line): Line {
  const { period, edition, state, draftedAt, windowEnds, closedAt, reason } = one;
  return { period, edition, state, draftedAt, windowEnds, closedAt, reason: shownText(reason) };
}

/** Every bulletin. Refuses `office.not-your-unit` to a district's centre. */
export async function bulletinsFor(deps: OfficeDeps, reach: Reach) {
  if (reach !== null) return notWhole(deps.config.jurisdiction);
  const bulletins = await listBulletins(deps.database, listMost);
  return ok({ bulletins: bulletins.map(lineOf) });
}

/** Steps as the view will tell them. */
type Steps = readonly { readonly action: string; readonly refusal: Refusal | null }[];

/** The newest edition of a month and what the caller may do. Refuses `quality.bad-period`, `office.not-your-unit`. */
export async function bulletinFor(
  deps: OfficeDeps,
  caller: { readonly reach: Reach; readonly actorFor: (needs: string) => Actor },
  period: string,
) {
  if (caller.reach !== null) return notWhole(deps.config.jurisdiction);
  const month = monthOf(period);
  if (!month.ok) return month;
  const own = bulletinDeps(deps);
  const [found, actions, names] = await Promise.all([
    readBulletin(deps, period),
    bulletinActions(own, period, caller.actorFor),
    unitNames(deps),
  ]);
  const bulletin = found.ok ? found.value : null;
  return ok({
    period,
    newest: bulletin === null ? null : lineOf(bulletin),
    digest: bulletin?.digest ?? null,
    actions: actions.bulletin as Steps,
    departments:
      bulletin === null
        ? []
        : departmentsOf(bulletin, names).map((one) => ({
            ...one,
            actions: (actions.departments.get(one.unit.code) ?? []) as Steps,
          })),
  });
}

function departmentsOf(
  { body, responses }: Bulletin,
  names: (code: string) => { code: string; name: string | null },
) {
  return body.departments.map(({ provider, name, received, score, rank }) => {
    const said = responses.find((one) => one.provider === provider);
    return {
      unit: { code: provider, name: names(provider).name ?? shownText(name) },
      ...{ received, score, rank },
      response:
        said === undefined
          ? null
          : {
              ...{ state: said.state, byCentre: said.byCentre },
              ground: said.ground === null ? null : shownText(said.ground),
              reply: said.reply === null ? null : shownText(said.reply),
            },
    };
  });
}

/** A step as somebody asks for it. */
export type BulletinStepAsked = {
  readonly period: string;
  readonly action: 'draft' | 'send' | 'cancel' | 'publish' | 'uphold' | 'dismiss';
  readonly reason: string;
  readonly unit?: string | null;
};

/** Takes a step on the bulletin of a month. Refuses what the bulletin's use cases refuse. */
export function bulletinStep(
  deps: OfficeDeps,
  { reach, actor }: { readonly reach: Reach; readonly actor: Actor },
  { period, action, reason, unit }: BulletinStepAsked,
): Promise<Result<BulletinOutcome>> {
  if (reach !== null) return Promise.resolve(notWhole(deps.config.jurisdiction));
  const own = bulletinDeps(deps);
  const request = { period, actor, reason };
  switch (action) {
    case 'draft':
      return draftBulletin(own, request);
    case 'send':
      return sendBulletin(own, request);
    case 'cancel':
      return cancelBulletin(own, request);
    case 'publish':
      return publishBulletin(own, request);
    default:
      return answerContest(own, action, { ...request, provider: unit ?? '' });
  }
}

/**
 * A department's word on its own figures in a sent bulletin. Refuses `bulletin.none-open` where the bulletin
 * is not open, and what `respond` refuses.
 */
export async function ownResponse(
  deps: OfficeDeps,
  actor: Actor,
  asked: {
    readonly id: string;
    readonly action: 'confirm' | 'contest';
    readonly reason: string;
  },
): Promise<Result<BulletinOutcome>> {
  const { id, action, reason } = asked;
  const bulletin = await readBulletinById(deps, id);
  if (bulletin?.state !== 'sent') {
    return refuse('bulletin.none-open', { period: bulletin?.period ?? '' });
  }
  const request = { period: bulletin.period, provider: actor.unit, actor, reason };
  return respond(bulletinDeps(deps), action, request);
}
