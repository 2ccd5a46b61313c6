/**
 * Does the database know Chinese letters? With a character type of `C` the trigram functions see no
 * letter in Chinese text and find nothing, without an error; the provider of collations does not
 * matter. Sorting and other functions look right all the while, so it is tried out.
 */
import { type Refusal, type Result, ok, refuse } from '../../kernel/result.ts';
import type { Database, Queryable } from './database.ts';
import { raw, sql } from './sql.ts';

/** `trigrams`: tried with the extension itself; `catalogue`: judged by the database's settings. */
export type LocaleCheck = { readonly tested: 'trigrams' | 'catalogue'; readonly ctype: string };

const specimen = '杭州明亮科技有限公司';

async function countTrigrams(on: Queryable): Promise<number | null> {
  const [home] = await on.query<{ schema: string }>(sql`
    select quote_ident(nspname) as schema
    from pg_extension join pg_namespace on pg_namespace.oid = extnamespace
    where extname = 'pg_trgm'`);
  if (home === undefined) return null;
  const [row] = await on.query<{ count: number }>(
    sql`select cardinality(${raw(home.schema)}.show_trgm(${specimen})) as count`,
  );
  return row?.count ?? 0;
}

/** Carries a result out of a transaction that must leave no trace. */
class Undo extends Error {
  readonly trigrams: number | null;
  constructor(trigrams: number | null) {
    super('undo');
    this.trigrams = trigrams;
  }
}

/** Tries the extension out in a transaction that is rolled back; null when it cannot be had. */
async function tryTrigrams(database: Database): Promise<number | null> {
  try {
    return await database.transaction(async (tx) => {
      await tx.execute(sql`create extension pg_trgm`);
      throw new Undo(await countTrigrams(tx));
    });
  } catch (error) {
    if (error instanceof Undo) return error.trigrams;
    // Not installed (0A000, 58P01, 22023) or not permitted (42501, 3F000): the settings must do.
    const { code } = error as { code?: string };
    if (
      code !== undefined &&
      ['0A000', '58P01', '22023', '42501', '42710', '3F000'].includes(code)
    ) {
      return null;
    }
    throw error;
  }
}

/**
 * Checks encoding and character type of a database. Refuses with `database.locale {encoding, ctype}`
 * when Chinese letters would not be recognised. Leaves nothing behind.
 */
export async function checkLocale(
  database: Database,
): Promise<Result<LocaleCheck, Refusal<'database.locale'>>> {
  const [row] = await database.query<{ encoding: string; ctype: string }>(sql`
    select pg_encoding_to_char(encoding) as encoding, datctype as ctype
    from pg_database where datname = current_database()`);
  const encoding = row?.encoding ?? '';
  const ctype = row?.ctype ?? '';
  if (encoding !== 'UTF8' || ctype === 'C' || ctype === 'POSIX') {
    return refuse('database.locale', { encoding, ctype });
  }
  const trigrams = (await countTrigrams(database)) ?? (await tryTrigrams(database));
  if (trigrams === 0) return refuse('database.locale', { encoding, ctype });
  return ok({ tested: trigrams === null ? 'catalogue' : 'trigrams', ctype });
}
