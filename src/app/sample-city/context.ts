/** What the steps of a build share. */
import type { CollectionDeps } from '../../intake/collection/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Installation } from '../installation.ts';
import type { Standards } from './files.ts';
import type { Parties } from './parties.ts';

/** Everything a step needs. */
export type BuildContext = {
  readonly installation: Installation;
  readonly clock: Clock;
  readonly parties: Parties;
  /** Collection by the clock of the step, with its door. */
  readonly collection: CollectionDeps;
  readonly standards: Standards;
};
