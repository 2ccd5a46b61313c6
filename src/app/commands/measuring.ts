/** What the commands that measure deliveries share: what they work with, and the options that name a source. */
import type { SampleDeps } from '../../intake/quality/index.ts';
import type { Installation } from '../installation.ts';

/** What measuring, sampling and bulletins are given of an installation. */
export function measuringDeps(installation: Installation): SampleDeps {
  const { database, clock, rulebook, door, config } = installation;
  return { database, clock, rulebook, door, place: config.jurisdiction };
}

/** Options of a month, a unit, an item, and of output as JSON, for commander. */
export const period = ['--period <YYYY-MM>', '月份 month'] as const;
export const provider = ['--provider <code>', '来源单位代码 unit'] as const;
export const item = ['--item <code>', '目录事项代码 item'] as const;
export const json = ['--json', 'JSON'] as const;

/** Which sources the options name; one that is not given stands for all. */
export function filterOf(asked: { readonly provider?: string; readonly item?: string }) {
  return { provider: asked.provider ?? null, item: asked.item ?? null };
}
