/** Connections, transactions and queries. The only folder that knows the driver. */
import pg from 'pg';
import { type CopyRow, copyRows } from './copy.ts';
import { type Sql, compile } from './sql.ts';

/** Something statements can be run on: the pool or one transaction. */
export type Queryable = {
  /** All rows of a statement. Types are the caller's promise, kept by database tests. */
  readonly query: <Row extends object>(statement: Sql) => Promise<Row[]>;
  /** Number of rows a statement touched. */
  readonly execute: (statement: Sql) => Promise<number>;
};

/** One open transaction. */
export type Tx = Queryable & {
  readonly copy: (
    table: string,
    columns: readonly string[],
    rows: Iterable<CopyRow>,
  ) => Promise<number>;
};

/** A pool of connections to one database. */
export type Database = Queryable & {
  /** Runs `work` in one transaction: committed when it resolves, rolled back when it throws. */
  readonly transaction: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  /** One connection outside any transaction, for session locks; released at the end. */
  readonly session: <T>(work: (session: Tx) => Promise<T>) => Promise<T>;
  readonly url: string;
  readonly close: () => Promise<void>;
};

// bigint as text and dates as text: no value of ours may pass through a JavaScript Date or float.
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === pg.types.builtins.DATE) return (text: string) => text;
    if (oid === pg.types.builtins.TIMESTAMPTZ) {
      return (text: string) => new Date(text).toISOString();
    }
    return pg.types.getTypeParser(oid as never, format as never) as (text: string) => unknown;
  },
};

/** Takes works one after the other; a free turn begins at once, and a failure holds up nobody. */
function turns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> | null = null;
  return (work) => {
    const mine = last === null ? work() : last.then(work, work);
    last = mine;
    const free = () => {
      if (last === mine) last = null;
    };
    mine.then(free, free);
    return mine;
  };
}

function onClient(client: pg.PoolClient | pg.Pool): Queryable {
  return {
    async query<Row extends object>(statement: Sql) {
      return (await client.query<Row>(compile(statement))).rows;
    },
    async execute(statement) {
      return (await client.query(compile(statement))).rowCount ?? 0;
    },
  };
}

/** Statements given together are run in the order given, each as soon as the one before is done. */
function asTx(client: pg.PoolClient): Tx {
  const one = onClient(client);
  const inTurn = turns();
  return {
    query: (statement) => inTurn(() => one.query(statement)),
    execute: (statement) => inTurn(() => one.execute(statement)),
    copy: (table, columns, rows) => inTurn(() => copyRows(client, table, columns, rows)),
  };
}

/** Opens a pool. `connectionsMax` bounds it; statements give up after `statementMs` (0 = never). */
export function openDatabase(
  url: string,
  options: { readonly connectionsMax?: number; readonly statementMs?: number } = {},
): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connectionsMax ?? 8,
    types: types as never,
    application_name: 'xinheng',
    statement_timeout: options.statementMs ?? 0,
    options: '-c timezone=UTC -c datestyle=ISO',
  });
  // A pooled connection that breaks while idle must not end the process; the next query reports it.
  pool.on('error', () => undefined);

  return {
    ...onClient(pool),
    url,
    async transaction(work) {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        await client.query('begin');
        const result = await work(asTx(client));
        await client.query('commit');
        return result;
      } catch (error) {
        await client.query('rollback').catch((failure: Error) => {
          broken = failure;
        });
        throw error;
      } finally {
        client.release(broken);
      }
    },
    async session(work) {
      const client = await pool.connect();
      try {
        return await work(asTx(client));
      } finally {
        // The end of a connection reaches the server when it will; locks are given up before that,
        // so that whoever comes next, in this process or another, finds them free.
        await client.query('select pg_advisory_unlock_all()').catch(() => undefined);
        // Session state (temporary tables, settings) must not leak to the next user of the connection.
        client.release(true);
      }
    },
    close: () => pool.end(),
  };
}
