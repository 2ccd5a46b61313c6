/** What the system administrator sees: units, and how the installation runs. Nothing of anybody's business. */
import { countWaiting } from '../../../intake/collection/index.ts';
import { type Unit, listUnits } from '../../../register/units/index.ts';
import { countByUnit } from '../../../trust/accounts/index.ts';
import { logStatus } from '../../../trust/transparency-log/index.ts';
import { lastFigures, placeNameOf, portalLaw } from '../../portal/index.ts';
import type { OfficeDeps } from '../deps.ts';
import { readDatabaseNow } from './store.ts';

const pageMost = 100;

// Not the order of the database's language: where a page ends is compared here.
const byCode = (a: Unit, b: Unit) => (a.code < b.code ? -1 : 1);

/** One page of units by code, with their accounts. */
export async function unitsFor(
  deps: OfficeDeps,
  asked: { readonly status?: Unit['status'] | undefined; readonly after?: string | undefined },
) {
  const [all, counted] = await Promise.all([listUnits(deps.database), countByUnit(deps.database)]);
  const accounts = new Map(counted.map((one) => [one.unit, one]));
  const count = (status: Unit['status']) => all.filter((one) => one.status === status).length;
  const known = new Set(all.map(({ code }) => code));
  const elsewhere = counted.filter(({ unit }) => !known.has(unit));
  const law = portalLaw(deps.law());
  const rest = [...all]
    .sort(byCode)
    .filter(
      ({ code, status }) =>
        (asked.status === undefined || status === asked.status) &&
        (asked.after === undefined || code > asked.after),
    );
  const page = rest.slice(0, pageMost);
  return {
    counts: {
      ...{ registered: count('registered'), provisional: count('provisional') },
      ended: count('ended'),
    },
    elsewhere: elsewhere.reduce((sum, { open }) => sum + open, 0),
    units: page.map((unit) => ({
      ...unit,
      place: unit.region === null ? null : placeNameOf(law, unit.region),
      accounts: accounts.get(unit.code)?.open ?? 0,
      disabled: accounts.get(unit.code)?.disabled ?? 0,
    })),
    next: rest.length > pageMost ? (page.at(-1)?.code ?? null) : null,
  };
}

/** How the installation runs at this moment. */
export async function healthFor(deps: OfficeDeps) {
  const { database, clock, config } = deps;
  const at = clock.now();
  const [log, figures, waiting, { version, bytes, backup }] = await Promise.all([
    logStatus(database, { now: at, rulebook: deps.rulebook(), place: config.jurisdiction }),
    lastFigures(database),
    countWaiting(database),
    readDatabaseNow(database),
  ]);
  return {
    at,
    log:
      log === null
        ? null
        : {
            ...{ origin: log.origin, waiting: log.waiting, since: log.since, late: log.late },
            signed: log.signed === null ? null : { size: log.signed.size, at: log.signed.at },
            lagSeconds: log.lagSeconds,
          },
    figures:
      figures === null
        ? null
        : { day: figures.day, madeAt: figures.madeAt, records: figures.records },
    ...{ waiting, backup, database: { version, bytes } },
  };
}
