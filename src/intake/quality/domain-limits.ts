/** Thresholds of quality as the rulebook in force has them. Pure. */
import type { Day } from '../../kernel/day.ts';
import { assert } from '../../kernel/result.ts';
import { type Rulebook, editionKey, inForce } from '../../kernel/rulebook/rulebook.ts';
import type { Thresholds } from './domain-anomalies.ts';

/** What the figures and the watch of a month go by, and the edition it stands in. */
export type QualityLimits = {
  readonly edition: string;
  /** Working days after the month in which corrections still count for its final rate. */
  readonly correctionWorkdays: number;
  readonly wrongCodeRules: readonly string[];
  /** Update periods within which a record is fresh. */
  readonly freshPeriods: number;
  /** Most rows of one sample. */
  readonly sampleRows: number;
  readonly thresholds: Thresholds;
};

/** The limits in force on a day at a place. The shipped rulebook always has them. */
export function limitsOn(rulebook: Rulebook, on: Day, place: string): QualityLimits {
  const editions = inForce(rulebook, 'limits', on, place);
  const found = editions.flatMap(({ document }) => {
    const has = document.limits.some(({ key }) => key.startsWith('quality.'));
    return has ? [document] : [];
  });
  const rank = { nation: 1, province: 2, city: 3 };
  const values = new Map(
    [...found]
      .sort((a, b) => rank[a.layer] - rank[b.layer])
      .flatMap(({ limits }) => limits.map(({ key, value }) => [key, value] as const)),
  );
  const figure = (key: string): number => {
    const value = values.get(`quality.${key}`);
    assert(typeof value === 'number', `no limit quality.${key} in force on ${on}`);
    return value;
  };
  const rules = values.get('quality.wrong-code.rules');
  assert(typeof rules === 'string', `no limit quality.wrong-code.rules in force on ${on}`);
  return {
    edition: found.map(editionKey).join('、'),
    correctionWorkdays: figure('correction.workdays'),
    wrongCodeRules: rules.split(/[,、 ]+/),
    freshPeriods: figure('freshness.periods') / 100,
    sampleRows: figure('sample.rows'),
    thresholds: {
      historyMonths: figure('history.months'),
      historyLeast: figure('history.least'),
      volumeDeviations: figure('volume.deviations') / 100,
      volumeTimes: figure('volume.times') / 100,
      silenceGaps: figure('silence.gaps'),
      silenceRows: figure('silence.rows'),
      shareRows: figure('share.rows'),
      shareLeast: figure('share.least') / 100,
      shareTimes: figure('share.times'),
      shareDeviations: figure('share.deviations') / 100,
      daysShareLeast: figure('dates.share') / 100,
    },
  };
}
