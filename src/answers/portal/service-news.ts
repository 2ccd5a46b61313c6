/** What is new: records opened to the public last, each asked for again at the moment it is told. */
import { stopwatchMs } from '../../platform/clock.ts';
import type { PortalContext } from './deps.ts';
import type { ExplainedRecord } from './contract.ts';
import { readNewest, readRun } from './figures/store-figures.ts';
import { recordById } from './service-subject.ts';

/** Lists of what is new. */
export const newsLists = ['permit', 'penalty', 'other'] as const;
export type NewsList = (typeof newsLists)[number];

/** How many of each the home page tells, and a feed. */
export const homeNewsMax = 4;
export const feedNewsMax = 30;

/** A record that is new, with the day it was opened and where it stands. */
export type News = {
  readonly openedOn: string;
  readonly record: ExplainedRecord['record'];
  readonly subject: ExplainedRecord['subject'];
  readonly path: string;
};

type Kept = { readonly made: string; readonly news: Promise<News[]> };

const kept = new WeakMap<PortalContext, Map<string, Kept>>();

/**
 * The newest of a list. The list is of the last working of the figures; whether each is still shown is
 * asked anew whenever five seconds have passed, so that one taken back is gone from here as from its page.
 */
export async function newest(
  context: PortalContext,
  list: NewsList,
  most: number,
): Promise<readonly News[]> {
  const run = await readRun(context.database);
  if (run === null) return [];
  const made = [
    run.madeAt,
    context.law().digest,
    context.law().on,
    Math.floor(stopwatchMs() / keptMs),
  ].join('/');
  const lists = kept.get(context) ?? new Map<string, Kept>();
  kept.set(context, lists);
  const name = `${list}/${most}`;
  const known = lists.get(name);
  if (known?.made === made) return known.news;
  const news = readNews(context, list, most);
  lists.set(name, { made, news });
  news.catch(() => lists.delete(name));
  return news;
}

const keptMs = 5_000;

async function readNews(context: PortalContext, list: NewsList, most: number): Promise<News[]> {
  // Some may have been closed since the list was made: a few more than wanted are looked at.
  const candidates = await readNewest(context.database, list, most + 6);
  const news: News[] = [];
  for (const { recordId, openedOn } of candidates) {
    if (news.length === most) break;
    const found = await recordById(context, recordId);
    if (!found.ok) continue;
    const { view, subjectPath } = found.value;
    const path = `${subjectPath}/records/${recordId}`;
    news.push({ openedOn, record: view.record, subject: view.subject, path });
  }
  return news;
}
