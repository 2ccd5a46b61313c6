/**
 * Millions of records with the shapes the real pipeline writes: a sample city is built through it, then
 * its subjects are copied under new ids and codes with everything a public file is read from. A few
 * subjects get the records of many, so that there are long files among the short ones.
 */
import { type Id } from '../../kernel/ids.ts';
import { type Database, type Sql, raw, sql } from '../../platform/db/index.ts';
import { keyOfMatter } from '../sample-city/chance.ts';
import { sampleOrganisationCode, sampleUscc } from '../sample-city/codes.ts';

/** A subject that is copied. */
type Template = { readonly subjectId: Id; readonly pair: string; readonly versions: number };

/** The subject with a number: its id is scattered, so that neighbours in time are none in the index. */
export type CopiedSubject = { readonly subjectId: Id; readonly uscc: string };

/** What has been filled so far. */
export type Filling = {
  readonly templates: readonly Template[];
  readonly seed: number;
  subjects: number;
  versions: number;
};

const longEvery = 500;
const longParts = 20;
const hugeEvery = 20_000;
const hugeParts = 200;
// Codes of this line are used by no organisation of a sample city below this number.
const codesFrom = 1_000_000;

/** The city's subjects that have records and a code; the filling begins with none of their copies. */
export async function beginFilling(database: Database, seed: number): Promise<Filling> {
  const templates = await database.query<Template>(sql`
    select s.subject_id as "subjectId", left(s.uscc, 2) as pair, v.versions
    from subjects.subject s
    join (select subject_id, count(*)::int as versions
          from records.statement_version group by subject_id) v using (subject_id)
    where s.uscc is not null and s.duplicate_of is null order by s.subject_id`);
  return { templates, seed, subjects: 0, versions: 0 };
}

/** The copied subject with a number. */
export function subjectAt({ templates, seed }: Filling, number: number): CopiedSubject {
  const parts = [0, 1, 2, 3].map((part) =>
    keyOfMatter(seed, ['bench-subject', number, part]).toString(16).padStart(8, '0'),
  );
  const hex = parts.join('');
  const { pair } = templates[number % templates.length]!;
  return {
    subjectId: `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`,
    uscc: sampleUscc(pair, sampleOrganisationCode('MA', codesFrom + number)),
  };
}

type Part = { readonly template: Template; readonly first: boolean };

/** Which templates' records a subject gets: its own, and those of many for a few. */
function partsOf({ templates }: Filling, number: number): Part[] {
  const usual = number % 3 === 0 ? 1 : 2;
  const count = number % hugeEvery === 7 ? hugeParts : number % longEvery === 3 ? longParts : usual;
  return Array.from({ length: Math.min(count, templates.length) }, (_, index) => ({
    template: templates[(number + index) % templates.length]!,
    first: index === 0,
  }));
}

/** Adds subjects until the filling holds `versions` statement versions. Gives how many were added. */
export async function fillUpTo(
  database: Database,
  filling: Filling,
  versions: number,
): Promise<number> {
  const from = filling.subjects;
  await database.transaction(async (tx) => {
    await tx.execute(raw('create schema if not exists bench'));
    await tx.execute(raw('drop table if exists bench.part'));
    await tx.execute(
      raw(
        'create unlogged table bench.part (template uuid, subject uuid, uscc text, first boolean)',
      ),
    );
    await tx.copy(
      'bench.part',
      ['template', 'subject', 'uscc', 'first'],
      rowsUpTo(filling, versions),
    );
    await tx.execute(raw('analyze bench.part'));
  });
  // The first records of all, then the second: a subject's records lie far apart, as they arrive.
  for (let rank = 1; rank <= ranks; rank += 1) await copyRecords(database, rank);
  await copyRest(database);
  for (const table of filledTables) await database.execute(raw(`vacuum analyze ${table}`));
  return filling.subjects - from;
}

/** Parts of new subjects, which the filling counts as it goes. */
function* rowsUpTo(filling: Filling, versions: number) {
  while (filling.versions < versions) {
    const { subjectId, uscc } = subjectAt(filling, filling.subjects);
    for (const { template, first } of partsOf(filling, filling.subjects)) {
      yield [template.subjectId, subjectId, uscc, first];
      filling.versions += template.versions;
    }
    filling.subjects += 1;
  }
}

const ranks = 5;
const filledTables = [
  'records.statement_version',
  'records.record_window',
  'records.mark',
  'records.decision_party',
  'records.decision_act',
  'subjects.subject',
  'subjects.lookup_key',
];

/** Columns that name something of the copy's own; every other column is copied as it is. */
const derived = new Set(['record_id', 'statement_id', 'decision_key', 'window_id', 'mark_id']);

/** Column list of a table, and what a copy's row takes for each. */
async function columnsOf(
  database: Database,
  table: string,
): Promise<{ readonly names: Sql; readonly values: Sql }> {
  const rows = await database.query<{ name: string }>(sql`
    select attname as name from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0 and not attisdropped and attgenerated = ''
    order by attnum`);
  const valueOf = (name: string) => {
    if (name === 'subject_id') return 'p.subject';
    return derived.has(name) ? `md5(t."${name}"::text || p.subject)::uuid` : `t."${name}"`;
  };
  return {
    names: raw(rows.map(({ name }) => `"${name}"`).join(', ')),
    values: raw(rows.map(({ name }) => valueOf(name)).join(', ')),
  };
}

async function copyRecords(database: Database, rank: number): Promise<void> {
  const { names, values } = await columnsOf(database, 'records.statement_version');
  await database.execute(sql`
    insert into records.statement_version (${names})
    select ${values} from bench.part p
    join (select v.*, dense_rank() over (partition by subject_id order by record_id) as bench_rank
          from records.statement_version v
          where subject_id in (select distinct template from bench.part)) t
      on t.subject_id = p.template
    where least(t.bench_rank, ${ranks}) = ${rank}`);
}

async function copyRest(database: Database): Promise<void> {
  for (const table of ['record_window', 'mark', 'decision_party']) {
    const name = `records.${table}`;
    const { names, values } = await columnsOf(database, name);
    await database.execute(sql`
      insert into ${raw(name)} (${names})
      select ${values} from bench.part p join ${raw(name)} t on t.subject_id = p.template
      on conflict do nothing`);
  }
  await copyDecisionActs(database);
  const { names, values } = await columnsOf(database, 'subjects.subject');
  await database.execute(sql`
    insert into subjects.subject (${names})
    select ${values} from bench.part p
    join subjects.subject t on t.subject_id = p.template where p.first`);
  await database.execute(sql`
    update subjects.subject s set uscc = p.uscc from bench.part p
    where s.subject_id = p.subject and p.first`);
  await database.execute(sql`
    insert into subjects.lookup_key (key, subject_id)
    select prefix || code, subject from bench.part p
    cross join lateral (values ('uscc:', p.uscc), ('org:', substr(p.uscc, 9, 9))) k(prefix, code)
    where p.first`);
}

async function copyDecisionActs(database: Database): Promise<void> {
  const { names, values } = await columnsOf(database, 'records.decision_act');
  await database.execute(sql`
    insert into records.decision_act (${names})
    select distinct ${values} from bench.part p
    join records.decision_party d on d.subject_id = p.template
    join records.decision_act t on t.decision_key = d.decision_key
    on conflict do nothing`);
}
