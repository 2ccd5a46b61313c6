/**
 * One connection with one transaction for backup and restore: tables go out and in as the text of COPY,
 * as a stream. Settings that change how a value is written are fixed, so that the same rows give the
 * same bytes on every server.
 */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { copyRows } from './copy.ts';
import type { Database, Queryable, Tx } from './database.ts';
import { compile } from './sql.ts';

/** A table on its way in. A failure of the server comes out of `write` or `end`. */
export type CopyIn = {
  readonly write: (piece: Buffer) => Promise<void>;
  /** Number of rows the server took. */
  readonly end: () => Promise<number>;
};

/** A table on its way out; `rows` is known once `bytes` has been read to its end. */
export type CopyOut = { readonly bytes: AsyncIterable<Buffer>; readonly rows: () => number };

/** A connection in a transaction of its own. */
export type BulkConnection = Queryable & {
  readonly copyOut: (statement: string) => CopyOut;
  readonly copyIn: (statement: string) => CopyIn;
  /** The same transaction for code that wants a database; transactions in it are part of this one. */
  readonly asDatabase: () => Database;
  readonly commit: () => Promise<void>;
  /** Ends the connection; what is not committed is gone. */
  readonly close: () => Promise<void>;
};

const goodbyeMs = 500;

// Rows go out in the order they lie in, the same every time: no parallel plan, no shared scans.
const settings = [
  "timezone = 'UTC'",
  "datestyle = 'ISO, YMD'",
  "intervalstyle = 'postgres'",
  "bytea_output = 'hex'",
  "client_encoding = 'UTF8'",
  'extra_float_digits = 1',
  'synchronize_seqscans = off',
  'max_parallel_workers_per_gather = 0',
  'statement_timeout = 0',
  'idle_in_transaction_session_timeout = 0',
  "maintenance_work_mem = '256MB'",
];

function copyInOn(client: pg.Client, statement: string): CopyIn {
  const stream = client.query(copyFrom(statement));
  const finished = new Promise<void>((resolve, reject) => {
    stream.once('finish', resolve);
    stream.once('error', reject);
  });
  finished.catch(() => undefined);
  return {
    async write(piece) {
      if (!stream.write(piece)) await Promise.race([once(stream, 'drain'), finished]);
    },
    async end() {
      stream.end();
      await finished;
      return stream.rowCount;
    },
  };
}

function copyOutOn(client: pg.Client, statement: string): CopyOut {
  const stream = client.query(copyTo(statement));
  return { bytes: stream as AsyncIterable<Buffer>, rows: () => stream.rowCount };
}

/** Opens the connection and begins: `reading` one snapshot of everything, or `writing`. */
export async function openBulk(url: string, work: 'reading' | 'writing'): Promise<BulkConnection> {
  const client = new pg.Client({ connectionString: url, application_name: 'xinheng backup' });
  client.on('error', () => undefined);
  await client.connect();
  for (const setting of settings) await client.query(`set ${setting}`);
  await client.query(
    work === 'reading' ? 'begin isolation level repeatable read read only' : 'begin',
  );
  const queryable: Queryable = {
    async query<Row extends object>(statement: Parameters<Queryable['query']>[0]) {
      return (await client.query<Row>(compile(statement))).rows;
    },
    async execute(statement) {
      return (await client.query(compile(statement))).rowCount ?? 0;
    },
  };
  const tx: Tx = {
    ...queryable,
    copy: (table, columns, rows) => copyRows(client as never, table, columns, rows),
  };
  return {
    ...queryable,
    copyOut: (statement) => copyOutOn(client, statement),
    copyIn: (statement) => copyInOn(client, statement),
    asDatabase: () => ({
      ...queryable,
      transaction: (inner) => inner(tx),
      session: (inner) => inner(tx),
      url,
      close: () => Promise.resolve(),
    }),
    async commit() {
      await client.query('commit');
    },
    async close() {
      // In the middle of a COPY nobody listens to the goodbye; the socket is closed then.
      const ended = client.end().catch(() => undefined);
      await Promise.race([ended, sleep(goodbyeMs, undefined, { ref: false })]);
      const { connection } = client as unknown as {
        connection?: { stream?: { destroy: () => void } };
      };
      connection?.stream?.destroy();
    },
  };
}
