/** Thresholds of quality as the rulebook in force has them. Pure. */
import type { Day } from '../../kernel/day.ts';
import { assert } from '../../kernel/result.ts';
import { limitsUnder } from '../../kernel/rulebook/limits.ts';
import type { Rulebook } from '../../kernel/rulebook/rulebook.ts';
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
  const { edition, value, figure } = limitsUnder(rulebook, 'quality.', on, place);
  const rules = value('wrong-code.rules');
  assert(typeof rules === 'string', `no limit quality.wrong-code.rules in force on ${on}`);
  return {
    edition,
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
