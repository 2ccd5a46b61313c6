/**
 * What a backup has to hold, read from the database's own catalogue: tables with their columns in an
 * order that satisfies every foreign key, months of partitioned tables, sequences. No feature has to
 * announce its tables.
 */
import { readFile, readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { assert } from '../../kernel/result.ts';
import type { Queryable } from './database.ts';
import { raw, sql } from './sql.ts';

/** A table; partitions are part of theirs. Names are as they are, not quoted. */
export type CatalogueTable = {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly string[];
};

/** One partition by range of one column. */
export type CataloguePartition = {
  readonly schema: string;
  readonly name: string;
  readonly of: string;
  readonly from: string;
  readonly to: string;
};

/** Where a sequence stands. */
export type CatalogueSequence = {
  readonly schema: string;
  readonly name: string;
  readonly last: string;
};

/** A name as SQL wants it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** `schema.table` as SQL wants it. */
export function quotedTable({ schema, name }: { schema: string; name: string }): string {
  return `${quoted(schema)}.${quoted(name)}`;
}

/** Schemas the migrations make, in the order of their files; `operation` is made before them all. */
export async function ownSchemas(folder: string): Promise<string[]> {
  const found = new Set(['operation']);
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()) {
    const text = await readFile(resolve(folder, file), 'utf8');
    for (const [, name] of text.matchAll(/^create schema (?:if not exists )?([a-z_]+);/gm)) {
      found.add(name!);
    }
  }
  return [...found];
}

/** Which of `schemas` are in the database. */
export async function presentSchemas(db: Queryable, schemas: readonly string[]): Promise<string[]> {
  const rows = await db.query<{ name: string }>(
    sql`select nspname as name from pg_namespace where nspname = any(${schemas}) order by 1`,
  );
  return rows.map(({ name }) => name);
}

type FoundTable = CatalogueTable & { readonly oid: string; readonly needs: readonly string[] };

async function findTables(db: Queryable, schemas: readonly string[]): Promise<FoundTable[]> {
  return db.query<FoundTable>(sql`
    select c.oid::text as oid, n.nspname as schema, c.relname as name,
           (select coalesce(json_agg(a.attname order by a.attnum), '[]') from pg_attribute a
            where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
              and a.attgenerated = '') as columns,
           (select coalesce(json_agg(distinct f.confrelid::text), '[]') from pg_constraint f
            where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as needs
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence = 'p'
      and n.nspname = any(${schemas})
    order by 2, 3`);
}

/** All tables of the schemas, each after those its foreign keys point to. */
export async function tablesOf(
  db: Queryable,
  schemas: readonly string[],
): Promise<CatalogueTable[]> {
  let waiting = await findTables(db, schemas);
  const known = new Set(waiting.map(({ oid }) => oid));
  const done = new Set<string>();
  const ordered: CatalogueTable[] = [];
  while (waiting.length > 0) {
    const free = waiting.filter(({ needs }) =>
      needs.every((oid) => done.has(oid) || !known.has(oid)),
    );
    assert(free.length > 0, `foreign keys in a circle: ${waiting.map(({ name }) => name).join()}`);
    for (const { oid, schema, name, columns } of free) {
      done.add(oid);
      ordered.push({ schema, name, columns });
    }
    waiting = waiting.filter(({ oid }) => !done.has(oid));
  }
  return ordered;
}

const rangeBound = /^FOR VALUES FROM \('([^']*)'\) TO \('([^']*)'\)$/;

/** All partitions of tables of the schemas. Faults on a kind of partition that is not known here. */
export async function partitionsOf(
  db: Queryable,
  schemas: readonly string[],
): Promise<CataloguePartition[]> {
  const rows = await db.query<{ schema: string; name: string; of: string; bound: string }>(sql`
    select n.nspname as schema, c.relname as name, p.relname as of,
           pg_get_expr(c.relpartbound, c.oid) as bound
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_inherits i on i.inhrelid = c.oid join pg_class p on p.oid = i.inhparent
    where c.relispartition and c.relkind = 'r' and n.nspname = any(${schemas})
    order by 1, 3, 2`);
  return rows.map(({ bound, ...partition }) => {
    const [, from, to] = rangeBound.exec(bound) ?? [];
    assert(from !== undefined && to !== undefined, `unknown partition: ${partition.name} ${bound}`);
    return { ...partition, from, to };
  });
}

/** Where the sequences of the schemas stand; those never used are left out. */
export async function sequencesOf(
  db: Queryable,
  schemas: readonly string[],
): Promise<CatalogueSequence[]> {
  return db.query<CatalogueSequence>(sql`
    select schemaname as schema, sequencename as name, last_value::text as last
    from pg_sequences where schemaname = any(${schemas}) and last_value is not null
    order by 1, 2`);
}

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** Makes a partition that is not there yet. */
export async function makePartition(db: Queryable, partition: CataloguePartition): Promise<void> {
  const { schema, of, from, to } = partition;
  const parent = quotedTable({ schema, name: of });
  await db.execute(
    raw(
      `create table if not exists ${quotedTable(partition)} partition of ${parent} for values from (${literal(from)}) to (${literal(to)})`,
    ),
  );
}

/** Lets a sequence go on where it stood. */
export async function setSequence(db: Queryable, sequence: CatalogueSequence): Promise<void> {
  await db.query(sql`select setval(${quotedTable(sequence)}::regclass, ${sequence.last}::bigint)`);
}

/** Switches the triggers of tables off or on: what is restored has been through them. */
export async function switchTriggers(
  db: Queryable,
  tables: readonly CatalogueTable[],
  to: 'enable' | 'disable',
): Promise<void> {
  for (const table of tables) {
    await db.execute(raw(`alter table ${quotedTable(table)} ${to} trigger user`));
  }
}

/** An index that can be left out while rows come in, with the statement that makes it again. */
export type LooseIndex = { readonly schema: string; readonly name: string; readonly make: string };

/** Indexes that hold no constraint and belong to no partitioned table. */
export async function looseIndexes(
  db: Queryable,
  schemas: readonly string[],
): Promise<LooseIndex[]> {
  return db.query<LooseIndex>(sql`
    select n.nspname as schema, i.relname as name, pg_get_indexdef(i.oid) as make
    from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
    join pg_namespace n on n.oid = i.relnamespace
    where n.nspname = any(${schemas}) and t.relkind = 'r' and not t.relispartition
      and not x.indisprimary and not x.indisexclusion and not x.indisreplident
      and not exists (select from pg_constraint k where k.conindid = i.oid)
    order by 1, 2`);
}
