/** Bulletins as they are kept, with what departments said to them. */
import { sha256Hex } from '../../kernel/canonical.ts';
import { type Result, assert, ok, refuse } from '../../kernel/result.ts';
import type { Database, Queryable } from '../../platform/db/index.ts';
import type { BulletinBody } from './domain.ts';
import {
  type Response,
  type StoredBulletin,
  editionsOfPeriod,
  findBulletin,
  openBulletins,
  responsesTo,
} from './store.ts';

/** A bulletin with what departments said to it. */
export type Bulletin = Omit<StoredBulletin, 'body'> & {
  readonly body: BulletinBody;
  readonly responses: readonly Response[];
};

/** What a bulletin says. */
export function bodyOf({ body }: Pick<StoredBulletin, 'body'>): BulletinBody {
  return JSON.parse(body) as BulletinBody;
}

async function opened(db: Queryable, found: StoredBulletin): Promise<Bulletin> {
  assert(sha256Hex(found.body) === found.digest, `the bulletin of ${found.period} was changed`);
  return {
    ...found,
    body: bodyOf(found),
    responses: await responsesTo(db, found.bulletinId),
  };
}

/** The newest edition of a month's bulletin in any state. Refuses `bulletin.none`. */
export async function readBulletin(
  deps: { readonly database: Database },
  period: string,
): Promise<Result<Bulletin>> {
  const [found] = await editionsOfPeriod(deps.database, period);
  return found === undefined
    ? refuse('bulletin.none', { period })
    : ok(await opened(deps.database, found));
}

/** The newest published edition of a month's bulletin; `null` when none is published. */
export async function publishedBulletin(
  deps: { readonly database: Database },
  period: string,
): Promise<Bulletin | null> {
  const editions = await editionsOfPeriod(deps.database, period);
  const found = editions.find(({ state }) => state === 'published');
  return found === undefined ? null : opened(deps.database, found);
}

/** One bulletin in any state, by its id; `null` when there is none. */
export async function readBulletinById(
  { database }: { readonly database: Database },
  bulletinId: string,
): Promise<Bulletin | null> {
  const found = await findBulletin(database, bulletinId);
  return found === null ? null : opened(database, found);
}

/** Bulletins drafted or sent, with what departments said so far; the oldest first. */
export async function bulletinsUnderWay({
  database,
}: {
  readonly database: Database;
}): Promise<Bulletin[]> {
  const found: Bulletin[] = [];
  for (const one of await openBulletins(database)) found.push(await opened(database, one));
  return found;
}
