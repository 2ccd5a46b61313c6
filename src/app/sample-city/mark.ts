/**
 * What an installation remembers of its sample city: from what it is made and how far it is built. The
 * mark is entered into an empty installation only, and makes it a sample one for good: sample data and
 * real data never meet.
 */
import { type Day, type Instant, addDays, startOfDay } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Clock } from '../../platform/clock.ts';
import { type Database, type Queryable, sql } from '../../platform/db/index.ts';
import { type CityPlan, storyDays } from './organisations.ts';

/** The mark. `done` of `steps` are built; `finishedAt` once all are. */
export type CityMark = CityPlan & {
  readonly done: number;
  readonly steps: number;
  readonly finishedAt: Instant | null;
};

/** What is asked for when a city is founded. */
export type CityRequest = { readonly organisations: number; readonly seed: number };

/** The city `npm start` builds. */
export const usualCity: CityRequest = { organisations: 2_000, seed: 20_260_401 };

const key = 'sample-city';

/** The mark of this installation, or `null`. */
export async function readMark(db: Queryable): Promise<CityMark | null> {
  const rows = await db.query<{ value: CityMark }>(
    sql`select value from operation.setting where key = ${key}`,
  );
  return rows[0]?.value ?? null;
}

async function isEmpty(db: Queryable): Promise<boolean> {
  const [row] = await db.query<{ empty: boolean }>(sql`
    select not exists (select from subjects.subject)
       and not exists (select from collection.batch)
       and not exists (select from units.unit) as empty`);
  return row!.empty;
}

/**
 * The city of this installation. Founds one where it is asked for and nothing else is there; gives
 * `null` where there is none, or where other data stand in its way.
 */
export async function foundCity(
  database: Database,
  clock: Clock,
  request: CityRequest | undefined,
): Promise<CityMark | null> {
  const known = await readMark(database);
  if (known !== null || request === undefined) return known;
  if (!(await isEmpty(database))) return null;
  const mark: CityMark = {
    seed: request.seed,
    organisations: request.organisations,
    anchor: clock.today(),
    done: 0,
    steps: 0,
    finishedAt: null,
  };
  await database.execute(sql`
    insert into operation.setting (key, value, changed_at)
    values (${key}, ${JSON.stringify(mark)}, ${clock.now()}) on conflict (key) do nothing`);
  return readMark(database);
}

/** Notes how far the city is. */
export async function saveMark(db: Queryable, mark: CityMark, at: Instant): Promise<void> {
  await db.execute(sql`
    update operation.setting set value = ${JSON.stringify(mark)}, changed_at = ${at}
    where key = ${key}`);
}

const choiceKey = 'sample-city.review';

/** The review a step has taken up, noted before anything is decided; `null` before. */
export async function readChoice(db: Queryable, step: Instant): Promise<Id | null> {
  const rows = await db.query<{ value: { step: Instant; review: Id } }>(
    sql`select value from operation.setting where key = ${choiceKey}`,
  );
  return rows[0]?.value.step === step ? rows[0].value.review : null;
}

/** Notes the review a step takes up. */
export async function saveChoice(db: Queryable, step: Instant, review: Id): Promise<void> {
  await db.execute(sql`
    insert into operation.setting (key, value, changed_at)
    values (${choiceKey}, ${JSON.stringify({ step, review })}, ${step})
    on conflict (key) do update set value = excluded.value, changed_at = excluded.changed_at`);
}

/** The day before the story: what the installation knew from the beginning, it knew then. */
export function foundingOf(anchor: Day): Instant {
  return startOfDay(addDays(anchor, -storyDays - 1));
}

/** Whether the rulebook has been recorded here before. */
export async function knowsLaw(db: Queryable): Promise<boolean> {
  const [row] = await db.query<{ known: boolean }>(
    sql`select exists (select from rulebook.edition) as known`,
  );
  return row!.known;
}
