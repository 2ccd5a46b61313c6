/** What waits for two officers of a unit before it is published: for the centre to see. */
import { z } from 'zod';
import { defineRoute } from '../../../platform/http/contract.ts';
import { unitView } from '../actions/contract.ts';
import { permittedRefusals } from '../contract.ts';

const batchView = z
  .strictObject({
    batchId: z.uuid(),
    unit: unitView,
    item: z.string(),
    itemName: z.strictObject({ zh: z.string(), en: z.string() }),
    fileName: z.string(),
    receivedAt: z.string(),
    rows: z.number().int(),
    state: z.enum(['waiting', 'proposed', 'withdrawn']),
    proposedBy: z.string().nullable(),
  })
  .meta({ id: 'WaitingRelease' });

export const waitingReleasesRoute = defineRoute({
  audience: 'office',
  ...{ method: 'GET', path: '/waiting-releases', needs: 'subjects:read' },
  ...{
    summary: '等待来源单位两人发布的双公示批次',
    summaryEn: 'Deliveries of double publicity that wait for two officers of their unit',
  },
  input: z.strictObject({ after: z.uuid().optional() }),
  output: z.strictObject({ batches: z.array(batchView), next: z.uuid().nullable() }),
  refusals: [...permittedRefusals],
});

/** Every route of what waits for release. */
export const releaseRoutes = [waitingReleasesRoute] as const;
