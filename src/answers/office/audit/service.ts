/** Looking through events and acts, one act against the log, and quotas; nothing of it changes anything. */
import { resolve } from 'node:path';
import { type Day, type Instant, endOfDay, parseInstant, startOfDay } from '../../../kernel/day.ts';
import { type Id, isId } from '../../../kernel/ids.ts';
import { type Result, ok, refuse } from '../../../kernel/result.ts';
import { purposesOn, usesSince } from '../../../trust/access/index.ts';
import { findAccount } from '../../../trust/accounts/index.ts';
import {
  type ActsWanted,
  type PageAsked,
  type StoredAct,
  type StoredEvent,
  proveAct,
  searchActs,
  searchEvents,
} from '../../../trust/audit/index.ts';
import { cited, isPersonal, portalLaw, shownText } from '../../portal/index.ts';
import { unitNames } from '../actions/service.ts';
import { type OfficeDeps, accessDeps } from '../deps.ts';
import type { ActLine, ActView, EventView, QuotaView } from './contract.ts';
import { factsOf, isOwnMatter } from './domain.ts';

const pageMost = 50;
const daysMost = 400;

/** What somebody looks for, as the routes take it. */
export type Looked = {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly kind?: string | undefined;
  readonly account?: string | undefined;
  readonly unit?: string | undefined;
  readonly object?: string | undefined;
  readonly after?: string | undefined;
};

function placeOf(after: string | undefined): Result<PageAsked['before']> {
  if (after === undefined) return ok(null);
  const [at = '', id = ''] = after.split(' ');
  const instant = parseInstant(at);
  return instant === null || !isId(id) ? refuse('access.bad-page') : ok({ at: instant, id });
}

/**
 * What is looked for, and the page. Refuses `access.bad-page`, `audit.bad-period {most}`, and
 * `access.query-personal`: no field takes a number of a person.
 */
function askedOf(
  deps: OfficeDeps,
  looked: Looked,
): Result<{ readonly wanted: ActsWanted; readonly page: PageAsked }> {
  const { from, to, kind, account, unit, object } = looked;
  const before = placeOf(looked.after);
  if (!before.ok) return before;
  if (from !== undefined && to !== undefined) {
    const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
    if (!(days >= 0) || days > daysMost) return refuse('audit.bad-period', { most: daysMost });
  }
  const tables = deps.linkTables();
  // What follows the kind of an object: `subject:` before a person's number hides nothing.
  const typed = [account, unit, object?.replace(/^[a-z-]+:/, '')];
  if (typed.some((text) => text !== undefined && isPersonal(text, tables))) {
    return refuse('access.query-personal');
  }
  const wanted = {
    ...{ kind, account, unit, object },
    from: from === undefined ? undefined : startOfDay(from as Day),
    to: to === undefined ? undefined : endOfDay(to as Day),
  };
  return ok({ wanted, page: { before: before.value, most: pageMost } });
}

function nextOf(rows: readonly { readonly at: Instant; readonly id: string }[]): string | null {
  const last = rows.at(-1);
  return rows.length === pageMost && last !== undefined ? `${last.at} ${last.id}` : null;
}

/** One page of events, the newest first. Refuses `access.bad-page`, `audit.bad-period`, `access.query-personal`. */
export async function eventsFor(deps: OfficeDeps, looked: Looked) {
  const asked = askedOf(deps, looked);
  if (!asked.ok) return asked;
  const rows = await searchEvents(deps.database, asked.value.wanted, asked.value.page);
  const typed = [...new Set(rows.flatMap(({ account }) => account ?? []))];
  const found = await Promise.all(typed.map((code) => findAccount(deps.database, code)));
  const known = new Set(found.flatMap((account) => account?.code ?? []));
  return ok({ events: rows.map((row) => eventView(row, known)), next: nextOf(rows) });
}

/** At the door people type all kinds of things for an account: only accounts are told. */
function eventView(row: StoredEvent, known: ReadonlySet<string>): EventView {
  const { id, at, kind, account, address, route, detail } = row;
  const isKnown = account !== null && known.has(account);
  return {
    ...{ id, at, kind, address, route },
    account: isKnown ? account : null,
    unknownAccount: account !== null && !isKnown,
    facts: factsOf(detail, true, shownText),
  };
}

async function lineOf(deps: OfficeDeps): Promise<(stored: StoredAct) => ActLine> {
  const names = await unitNames(deps);
  const positions = new Map(deps.positions().map((one) => [one.code, one]));
  return ({ act: { id, at, kind, actor, object, second } }) => {
    const held = positions.get(actor.position);
    return {
      ...{ id, at, kind, account: actor.account, unit: names(actor.unit) },
      position: { zh: held?.name ?? actor.position, en: held?.nameEn ?? actor.position },
      ...{ object: shownText(object), isSecond: second !== undefined },
    };
  };
}

/** One page of acts, the newest first. Refuses as {@link eventsFor}. */
export async function actsFor(deps: OfficeDeps, looked: Looked) {
  const asked = askedOf(deps, looked);
  if (!asked.ok) return asked;
  const rows = await searchActs(deps.database, asked.value.wanted, asked.value.page);
  const line = await lineOf(deps);
  return ok({ acts: rows.map(line), next: nextOf(rows.map(({ act }) => act)) });
}

/** One act, held against the log. Refuses `audit.no-such-act {act}`. */
export async function actFor(deps: OfficeDeps, id: Id): Promise<Result<ActView>> {
  const { database, crypto, config } = deps;
  const folder = resolve(config.varDir, 'log');
  const proved = await proveAct({ database, crypto, folder }, id);
  if (!proved.ok) return proved;
  const { stored, proof } = proved.value;
  const { ground, traceId, second, kind, detail } = stored.act;
  const line = await lineOf(deps);
  return ok({
    ...line(stored),
    reason: shownText(ground.reason),
    provision: ground.provision === undefined ? null : provisionOf(deps, ground.provision),
    ...{ traceId: shownText(traceId), firstAct: second?.firstAct ?? null },
    facts: factsOf(detail, isOwnMatter(kind), shownText),
    proof,
  });
}

function provisionOf(deps: OfficeDeps, pointer: string): NonNullable<ActView['provision']> {
  const { instrument, article } = cited(portalLaw(deps.law()), pointer);
  return { pointer, instrument, article };
}

/** Quotas of today with what each unit used of them. */
export async function quotasFor(
  deps: OfficeDeps,
): Promise<{ on: string; quotas: readonly QuotaView[] }> {
  const own = accessDeps(deps);
  const on = deps.clock.today();
  const uses = await usesSince(deps.database, startOfDay(on));
  const names = await unitNames(deps);
  const quotas = purposesOn(own.lawOn()).map(({ purpose, provision }) => ({
    ...{ purpose: purpose.code, name: { zh: purpose.name, en: purpose.nameEn } },
    ...{ perDay: purpose.perDay, inForce: provision !== null },
    units: uses
      .filter((use) => use.purpose === purpose.code)
      .map(({ unit, accounts, subjects, most }) => ({
        ...{ unit: names(unit), accounts, subjects, most },
      })),
  }));
  return { on, quotas };
}
