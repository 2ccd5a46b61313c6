/** The story of the sample city: its steps in the order in which they happen. */
import { type Day, type Instant, addDays } from '../../kernel/day.ts';
import { atMinute } from './day-minute.ts';
import { type CityPlan, storyDays } from './organisations.ts';
import type { Parties, StoryChange, StoryRename } from './parties.ts';
import { type RegistryOrder, registryOrders } from './registry.ts';
import { type Declared, type FileOrder, declarations, fileOrders } from './orders.ts';
import { type UnhappyFile, unhappyFiles } from './unhappy-files.ts';

/** One step. Each is one call of the real services, or a few that belong together. */
export type Step = { readonly at: Instant } & (
  | { readonly kind: 'units' }
  | { readonly kind: 'confirm' }
  | { readonly kind: 'registry'; readonly order: RegistryOrder }
  | { readonly kind: 'retry' }
  | { readonly kind: 'file'; readonly order: FileOrder }
  | { readonly kind: 'unhappy-file'; readonly file: UnhappyFile }
  | { readonly kind: 'rename'; readonly rename: StoryRename }
  | { readonly kind: 'change'; readonly change: StoryChange }
  | { readonly kind: 'declare'; readonly declared: Declared }
  | { readonly kind: 'review'; readonly action: ReviewKind }
  | { readonly kind: 'release' }
  | { readonly kind: 'clear' }
  | { readonly kind: 'annul'; readonly partly: boolean }
);

/** What two persons make of a waiting row. `propose` leaves it to the second person. */
export type ReviewKind = 'link' | 'return' | 'propose';

const reviewKinds: readonly ReviewKind[] = [
  'link',
  'link',
  'link',
  'return',
  'link',
  'return',
  'propose',
  'propose',
];

function registrySteps(plan: CityPlan): Step[] {
  const start = addDays(plan.anchor, -storyDays);
  return registryOrders(plan).flatMap((order, index): Step[] => {
    const at = atMinute(order.deliveredOn, 8 * 60 + index);
    const registry: Step = { kind: 'registry', at, order };
    // Rows that waited for these organisations need not wait any longer.
    const retry: Step = { kind: 'retry', at: atMinute(order.deliveredOn, 8 * 60 + 30) };
    return order.deliveredOn === start ? [registry] : [registry, retry];
  });
}

function fileSteps(plan: CityPlan): Step[] {
  const orders = fileOrders(plan);
  const files = orders.map((order): Step => ({
    kind: 'file',
    at: atMinute(order.deliveredOn, order.minute),
    order,
  }));
  const declared = declarations(plan, orders).map((item): Step => ({
    kind: 'declare',
    at: atMinute(item.on, 18 * 60),
    declared: item,
  }));
  return [...files, ...declared, ...releaseSteps(plan, orders)];
}

// Batches of older deliveries are released in one go by the first of these steps.
const releaseDays = 75;

/** The morning after deliveries to be made public. The newest wait for whoever looks at the city. */
function releaseSteps(plan: CityPlan, orders: readonly FileOrder[]): Step[] {
  const from = addDays(plan.anchor, -releaseDays);
  const days = orders
    .filter(
      ({ source, deliveredOn }) => /^(penalty|permit)$/.test(source.item) && deliveredOn > from,
    )
    .map(({ deliveredOn }) => addDays(deliveredOn, 1));
  const mornings = [...new Set(days)].slice(0, -1);
  return mornings.map((on): Step => ({ kind: 'release', at: atMinute(on, 8 * 60 + 45) }));
}

function lastSteps(plan: CityPlan): Step[] {
  const day = (before: number): Day => addDays(plan.anchor, -before);
  const reviews = reviewKinds.map((action, index): Step => ({
    kind: 'review',
    at: atMinute(day(2), 10 * 60 + index),
    action,
  }));
  return [
    ...reviews,
    { kind: 'clear', at: atMinute(day(2), 11 * 60) },
    { kind: 'annul', at: atMinute(day(2), 14 * 60), partly: false },
    { kind: 'annul', at: atMinute(day(2), 15 * 60), partly: true },
  ];
}

/** All steps, in order of time. The same plan always has the same steps. */
export function storyOf(plan: CityPlan, parties: Parties): Step[] {
  const start = addDays(plan.anchor, -storyDays);
  const steps: Step[] = [
    { kind: 'units', at: atMinute(start, 7 * 60) },
    { kind: 'confirm', at: atMinute(start, 7 * 60 + 10) },
    ...registrySteps(plan),
    ...fileSteps(plan),
    ...unhappyFiles(plan).map((file): Step => ({
      kind: 'unhappy-file',
      at: atMinute(file.deliveredOn, 17 * 60),
      file,
    })),
    ...parties.renames.map((rename): Step => ({
      kind: 'rename',
      at: atMinute(rename.on, 8 * 60),
      rename,
    })),
    ...parties.changes.map((change): Step => ({
      kind: 'change',
      at: atMinute(change.on, 8 * 60 + 10),
      change,
    })),
    ...lastSteps(plan),
  ];
  // Array.sort keeps the order of steps of one minute.
  return steps.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
