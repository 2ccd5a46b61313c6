/** Every benchmark by name. */
import type { Bench } from './bench.ts';
import { checkBench } from './check.ts';
import { collectionBench } from './collection.ts';
import { listsBench } from './lists.ts';
import { logBench } from './log.ts';
import { lookupBench } from './lookup.ts';
import { searchBench } from './search.ts';

/** In the order in which they are listed. */
export const benches: readonly Bench[] = [
  collectionBench,
  checkBench,
  lookupBench,
  searchBench,
  logBench,
  listsBench,
];
