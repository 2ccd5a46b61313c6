/** Every kind of matter that waits for somebody. A wing plugs in here, by one entry. */
import type { QueueSource } from './service-source.ts';
import { accountChanges } from './sources/accounts.ts';
import { bulletins, bulletinResponses } from './sources/bulletins.ts';
import { linkReviews } from './sources/links.ts';
import { proposals } from './sources/proposals.ts';
import { releases } from './sources/releases.ts';
import { samplesToJudge } from './sources/samples.ts';

/** The kinds, in the order in which a reader chooses among them. */
export const queueSources: readonly QueueSource[] = [
  linkReviews,
  releases,
  bulletins,
  bulletinResponses,
  samplesToJudge,
  proposals,
  accountChanges,
];
