/** The queue: one list over every kind of matter, and one matter with what was done and what may be. */
import type { Actor } from '../../../kernel/act.ts';
import type { Id } from '../../../kernel/ids.ts';
import { type Refusal, type Result, ok, refuse } from '../../../kernel/result.ts';
import type { Caller } from '../../../platform/http/index.ts';
import { actsOn } from '../../../trust/audit/index.ts';
import { shownText } from '../../portal/index.ts';
import { reachOf, unitNames } from '../actions/service.ts';
import type { OfficeDeps, OfficeOptions } from '../deps.ts';
import { actorWith, held, positionsWith } from '../service-caller.ts';
import type { QueueCaseView, QueueMomentView, QueueStepView, WaitingView } from './contract.ts';
import { mergeReads, placeText, readPlace } from './domain.ts';
import { dueView } from './service-clock.ts';
import {
  type QueueCase,
  type QueueContext,
  type QueueSource,
  type Step,
  type Waiting,
  type Words,
  isForward,
  placeOf,
} from './service-source.ts';
import { queueSources } from './service-sources.ts';

const pageRows = 30;
const actsMost = 200;

/** What a caller is to the queue. */
export async function contextOf(deps: OfficeDeps, caller: Caller): Promise<QueueContext> {
  const { account } = held(caller);
  const names = await unitNames(deps);
  return {
    ...{ deps, account, reach: await reachOf(deps, caller) },
    may: (needs) => positionsWith(deps, account.positions, needs).length > 0,
    actorFor: (needs) => actorWith(deps, account, needs),
    unitName: (code) => names(code).name ?? code,
  };
}

const seenBy = (context: QueueContext) =>
  queueSources.filter(({ needs }) => needs.some((one) => context.may(one)));

const kindView = ({ kind, name }: QueueSource) => ({ code: kind, name });

/** What is asked of the queue. */
export type QueueAsked = {
  readonly show: 'mine' | 'all';
  readonly kind?: string | undefined;
  readonly after?: string | undefined;
};

/** One page of what waits. Refuses `queue.bad-page`, `queue.no-such-kind`. */
export async function queueFor(
  context: QueueContext,
  options: OfficeOptions,
  { show, kind, after }: QueueAsked,
) {
  const place = after === undefined ? null : readPlace(after);
  if (after !== undefined && place === null) return refuse('queue.bad-page');
  const seen = seenBy(context);
  const wanted = seen.filter((source) => kind === undefined || source.kind === kind);
  if (kind !== undefined && wanted.length === 0) return refuse('queue.no-such-kind', { kind });
  const asked = { after: place, most: pageRows, mine: show === 'mine' };
  const reads = [];
  for (const source of wanted) {
    const { items, looked } = await source.read(context, asked);
    reads.push({ looked, items: items.map((item) => ({ source, item })) });
  }
  const { items, next } = mergeReads(
    reads,
    ({ source, item }) => placeOf(source.kind, item),
    pageRows,
  );
  return ok({
    waiting: items.map(({ source, item }) => waitingView(context, options, source, item)),
    kinds: seen.map(kindView),
    next: next === null ? null : placeText(next),
  });
}

function waitingView(
  { deps }: QueueContext,
  options: OfficeOptions,
  source: QueueSource,
  item: Waiting,
): WaitingView {
  const { id, title, about, page, since, due, state, steps } = item;
  const tell = teller(deps, options, source);
  return {
    ...{ kind: kindView(source), id, title, about, page, since },
    due: due === null ? null : dueView(deps, due, deps.clock.now()),
    state: { code: state, name: nameIn(source.states, state) },
    mine: isForward(source.backward, steps),
    actions: steps.map((step) => stepView(source, step, tell)),
  };
}

const nameIn = (words: Readonly<Record<string, Words>>, code: string): Words =>
  words[code] ?? { zh: code, en: code };

type Tell = (refusal: Refusal) => Words;

const stepName = (source: QueueSource, { action, name }: Step): Words =>
  name ?? nameIn(source.actions, action);

function stepView(source: QueueSource, step: Step, tell: Tell): QueueStepView {
  const { action, refusal } = step;
  return {
    ...{ action, name: stepName(source, step), allowed: refusal === null },
    why: refusal === null ? null : { code: refusal.code, ...tell(refusal) },
  };
}

/** Says a refusal with the names of steps, states and positions in place of their codes. */
function teller(deps: OfficeDeps, { wordsOf }: OfficeOptions, source: QueueSource): Tell {
  const positions = new Map(
    deps.positions().map(({ code, name, nameEn }) => [code, { zh: name, en: nameEn }]),
  );
  const said = (refusal: Refusal, lang: 'zh' | 'en'): string => {
    const params = Object.entries(refusal.params).map(([key, value]) => {
      const text = String(value);
      if (key === 'action' || key === 'earlier') return [key, nameIn(source.actions, text)[lang]];
      if (key === 'state') return [key, nameIn(source.states, text)[lang]];
      if (key !== 'position' && key !== 'needed') return [key, value];
      const named = text.split('、').map((code) => positions.get(code)?.[lang] ?? code);
      return [key, named.join(lang === 'zh' ? '、' : ', ')];
    });
    return wordsOf({ ...refusal, params: Object.fromEntries(params) as Refusal['params'] })[lang];
  };
  return (refusal) => ({ zh: said(refusal, 'zh'), en: said(refusal, 'en') });
}

/** A refusal that hides that the thing is not the caller's to see. */
type Foreign = { readonly ok: false; readonly refusal: Refusal; readonly foreign: true };

/** One matter. Refuses `queue.no-such-case`, also where it is not the caller's to see. */
export async function caseFor(
  context: QueueContext,
  options: OfficeOptions,
  { kind, id }: { readonly kind: string; readonly id: Id },
): Promise<Result<QueueCaseView> | Foreign> {
  const none = refuse('queue.no-such-case', { case: id });
  const source = queueSources.find((one) => one.kind === kind);
  if (source === undefined) return none;
  const foreign: Foreign = { ...none, foreign: true };
  if (!seenBy(context).includes(source)) return foreign;
  const found = await source.open(context, id);
  if (found === 'foreign') return foreign;
  return found === null ? none : ok(await caseView(context, options, source, found));
}

async function caseView(
  context: QueueContext,
  options: OfficeOptions,
  source: QueueSource,
  found: QueueCase,
): Promise<QueueCaseView> {
  const told = await timelineOf(context, source, found);
  return {
    ...waitingView(context, options, source, found),
    done: found.done,
    facts: found.facts.map(([name, value]) => ({ name, value })),
    timeline: told,
    barred: await barredFrom(context, options, { source, found, told }),
  };
}

/** What was done, by acts of the audit and what the matter keeps of its own, each once. */
async function timelineOf(
  { deps, unitName }: QueueContext,
  source: QueueSource,
  { history, acts }: QueueCase,
): Promise<QueueMomentView[]> {
  const { object, isOwn } = acts;
  const all = await actsOn(deps.database, object, actsMost);
  const passed = all.filter(({ detail }) => isOwn(detail));
  const known = new Set<string>(passed.map(({ id }) => id));
  const told = passed.map(({ at, kind, account, unit, reason }) => ({
    ...{ at, account, reason: shownText(reason) },
    what: nameIn(source.actions, kind.slice(kind.indexOf('.') + 1)),
    unit: { code: unit, name: unitName(unit) },
  }));
  // An act older than what the audit still holds is told from the matter's own history.
  const own = history
    .filter(({ act }) => act === null || !known.has(act))
    .map(({ at, what, account, reason }) => ({
      ...{ at, what, account, unit: null },
      reason: reason === null ? null : shownText(reason),
    }));
  return [...own, ...told].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** Refusals that stand against a person because of what the person did, whatever the position. */
const personal: ReadonlySet<string> = new Set([
  'workflow.same-person',
  'door.same-person',
  'accounts.own-account',
  'bulletin.own-draft',
  'bulletin.entered-by-you',
]);

/** The first position of the rulebook that holds a permission and is given to persons. */
function positionFor(deps: OfficeDeps, needs: string): string {
  const codes = deps.positions().map(({ code }) => code);
  const able = positionsWith(deps, codes, needs);
  return able.find((code) => code !== 'system') ?? '';
}

async function barredFrom(
  { deps }: QueueContext,
  options: OfficeOptions,
  {
    source,
    found,
    told,
  }: {
    readonly source: QueueSource;
    readonly found: QueueCase;
    readonly told: readonly QueueMomentView[];
  },
): Promise<QueueCaseView['barred']> {
  if (found.done) return [];
  const tell = teller(deps, options, source);
  const units = new Map(told.map(({ account, unit }) => [account, unit?.code ?? '']));
  const barred: QueueCaseView['barred'] = [];
  for (const [account, unit] of units) {
    if (account === null) continue;
    const actorFor = (needs: string): Actor => ({
      ...{ account, unit, position: positionFor(deps, needs) },
    });
    for (const step of await found.stepsFor(actorFor)) {
      const { refusal } = step;
      if (refusal === null || !personal.has(refusal.code)) continue;
      barred.push({ account, step: stepName(source, step), why: tell(refusal) });
    }
  }
  return barred;
}
