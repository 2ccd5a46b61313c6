/** 待报 and the scorecard: what a unit owes, and how it did. Reads only. */
import { addMonths } from '../../../kernel/day.ts';
import { type Result, ok } from '../../../kernel/result.ts';
import { calendarOf } from '../../../kernel/rulebook/tables.ts';
import {
  type Duty,
  type Rhythm,
  declaredSince,
  deliveriesSince,
  dueOn,
  dutiesOn,
  readDuties,
  uploadBytesMax,
} from '../../../intake/collection/index.ts';
import { type MonthFigures, monthFigures } from '../../../intake/quality/index.ts';
import { itemsOn } from '../../../law/directory/index.ts';
import { findUnit } from '../../../register/units/index.ts';
import type { Account } from '../../../trust/accounts/index.ts';
import type { OfficeDeps } from '../deps.ts';
import { permissionsOf } from '../service-caller.ts';
import type { ItemDue } from './contract.ts';
import { itemNamed } from './service.ts';

const lookBackMonths = 24;
const unknownRhythm: Rhythm = { frequency: 'unknown', allowance: 'unknown' };

/** What the directory says of every item: a lower layer comes later and says more than the nation did. */
function rhythmsOf(deps: OfficeDeps): Map<string, Rhythm> {
  const rhythms = new Map<string, Rhythm>();
  for (const { item } of itemsOn(deps.rulebook(), deps.clock.today(), deps.config.jurisdiction)) {
    const above = rhythms.get(item.code) ?? unknownRhythm;
    rhythms.set(item.code, {
      frequency: item.frequency === 'unknown' ? above.frequency : item.frequency,
      allowance: item.allowance === 'unknown' ? above.allowance : item.allowance,
    });
  }
  return rhythms;
}

const gravity = ['overdue', 'due', 'as-it-happens', 'begun', 'unknown', 'delivered'];

function actionsOf(deps: OfficeDeps, account: Account, unit: string): ItemDue['actions'] {
  const permissions = permissionsOf(deps, account);
  const own = unit === account.unit;
  return [
    ...(permissions.includes('collection:collect') ? (['upload'] as const) : []),
    ...(permissions.includes('collection:declare') && own ? (['declare'] as const) : []),
  ];
}

/** What is due from a unit, the gravest first, beside what it sent and declared. */
export async function dueFor(deps: OfficeDeps, account: Account, unit: string) {
  const { database, clock, config } = deps;
  const today = clock.today();
  const [duties, deliveries, declared, known] = await Promise.all([
    readDuties(database).then((all) => dutiesOn(all, today)),
    deliveriesSince(database, unit, addMonths(today, -lookBackMonths)),
    declaredSince(database, unit, addMonths(today, -lookBackMonths).slice(0, 7)),
    findUnit(database, unit),
  ]);
  const owed = new Map(
    duties
      .filter(({ provider }) => provider === unit)
      .map((duty): [string, Duty] => [duty.item, duty]),
  );
  const rhythms = rhythmsOf(deps);
  const calendar = calendarOf(deps.rulebook());
  // Who sends what nobody wrote down as a duty still sees what it sent.
  const codes = new Set([...owed.keys(), ...deliveries.map(({ item }) => item)]);
  const months = [addMonths(today, -1).slice(0, 7), today.slice(0, 7)];
  const actions = actionsOf(deps, account, unit);
  const items = [...codes].map((code): ItemDue => {
    const rhythm = rhythms.get(code) ?? unknownRhythm;
    const duty = owed.get(code) ?? null;
    const own = deliveries.filter(({ item }) => item === code);
    const said = declared.filter(({ item }) => item === code);
    const [last] = own;
    const heard = {
      since: duty?.since ?? null,
      deliveries: own.filter(({ passed }) => passed > 0),
      nothingIn: said
        .filter(({ kind, count }) => kind === 'produced' && count === 0)
        .map(({ period }) => period),
    };
    return {
      ...{ item: itemNamed(deps, code), ground: duty?.ground ?? null, since: heard.since },
      ...{ frequency: rhythm.frequency, ...dueOn(today, rhythm, heard, calendar) },
      allowance: rhythm.allowance === 'unknown' ? null : rhythm.allowance,
      last:
        last === undefined
          ? null
          : { batch: last.batchId, at: last.receivedAt, rows: last.rows, passed: last.passed },
      declared: said
        .filter(({ period }) => months.includes(period))
        .map(({ period, kind, count, ground }) => ({ period, kind, count, ground })),
      actions,
    };
  });
  items.sort(
    (a, b) =>
      gravity.indexOf(a.state) - gravity.indexOf(b.state) || (a.item.code < b.item.code ? -1 : 1),
  );
  const others = [...rhythms.keys()].filter((code) => !codes.has(code)).sort();
  return {
    ...{ unit: { code: unit, name: known?.name ?? null }, today, items },
    others: others.map((code) => itemNamed(deps, code)),
    uploadBytesMax: uploadBytesMax(deps.rulebook(), today, config.jurisdiction),
  };
}

/** Figures of a unit in a month. Refuses `quality.bad-period`, `quality.not-begun`. */
export async function scorecardOf(deps: OfficeDeps, unit: string, period: string) {
  const { database, clock, rulebook, config } = deps;
  const measuring = { database, clock, rulebook, place: config.jurisdiction };
  const made: Result<MonthFigures> = await monthFigures(measuring, period, {
    ...{ provider: unit, item: null },
  });
  if (!made.ok) return made;
  const { cutOff, closed, sources } = made.value;
  return ok({
    ...{ period, cutOff, closed },
    sources: sources.map(({ item, received, produced, correctionDays, figures }) => ({
      ...{ item: itemNamed(deps, item), received, produced, correctionDays, figures },
    })),
  });
}
