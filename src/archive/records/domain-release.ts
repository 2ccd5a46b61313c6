/**
 * 发布: what two officers let be shown, and took back. A release is an instant, not a day: windows say
 * on which days the law lets a record be shown, releases whether the two officers have let it. Only
 * `show` asks for them; nothing here is part of what is stored with windows. Pure.
 */
import {
  type Day,
  type Instant,
  dayOf,
  endOfDay,
  instantFromMs,
  instantMs,
} from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Rulebook, editionKey, editionsOf, reaches } from '../../kernel/rulebook/rulebook.ts';
import type { Explanation } from './domain-explain.ts';

/** A demand for release: of one item, for rows received from a day on (`to`: last day, or `null`). */
export type ReleaseRule = {
  readonly item: string;
  readonly from: Day;
  readonly to: Day | null;
  readonly edition: string;
};

/** The newest decision of two officers on a batch or a record. */
export type ReleaseStep = { readonly shows: boolean; readonly at: Instant };

/** Where the leading statement of a record came from, and what was decided on it. */
export type ReleaseFacts = {
  readonly item: string;
  readonly receivedAt: Instant;
  readonly batchId: Id;
  readonly batch: ReleaseStep | null;
  readonly record: ReleaseStep | null;
};

/** Whether a record may be shown as far as release goes, and since when by whose decision. */
export type ReleaseState = {
  readonly state: 'not-needed' | 'released' | 'not-released' | 'withdrawn';
  readonly shows: boolean;
  /** The instant of the decision that counts; `null` where nobody decided. */
  readonly at: Instant | null;
  readonly of: 'batch' | 'record';
  readonly edition: string | null;
};

const rulesOf = new WeakMap<Rulebook, Map<string, readonly ReleaseRule[]>>();

/** Every demand for release that reaches the place of the view, past and present. */
export function releaseRules(law: {
  readonly rulebook: Rulebook;
  readonly place: string;
}): readonly ReleaseRule[] {
  const places = rulesOf.get(law.rulebook) ?? new Map<string, readonly ReleaseRule[]>();
  rulesOf.set(law.rulebook, places);
  const known = places.get(law.place);
  if (known !== undefined) return known;
  const rules = editionsOf(law.rulebook, 'release').flatMap(({ document }) =>
    document.status === 'draft' || !reaches(document.jurisdiction, law.place)
      ? []
      : document.items.map((item) => ({
          item,
          from: document.validFrom,
          to: document.validTo,
          edition: editionKey(document),
        })),
  );
  places.set(law.place, rules);
  return rules;
}

/** The demand a row received on a day stands under; `null` when it needs no release. */
export function demandOn(
  rules: readonly ReleaseRule[],
  item: string,
  received: Day,
): ReleaseRule | null {
  return (
    rules.find(
      (rule) =>
        rule.item === item && rule.from <= received && (rule.to === null || received <= rule.to),
    ) ?? null
  );
}

/**
 * Whether release lets a record be shown. A batch taken back stays back until released anew, whether or
 * not a release was needed in the first place; so does a single record.
 */
export function releaseState(rules: readonly ReleaseRule[], facts: ReleaseFacts): ReleaseState {
  const demand = demandOn(rules, facts.item, dayOf(facts.receivedAt));
  const edition = demand?.edition ?? null;
  const { batch, record } = facts;
  if (batch === null && demand !== null) {
    return { state: 'not-released', shows: false, at: null, of: 'batch', edition };
  }
  if (batch !== null && !batch.shows) {
    return { state: 'withdrawn', shows: false, at: batch.at, of: 'batch', edition };
  }
  if (record !== null && !record.shows) {
    return { state: 'withdrawn', shows: false, at: record.at, of: 'record', edition };
  }
  if (batch === null && record === null) {
    return { state: 'not-needed', shows: true, at: null, of: 'batch', edition };
  }
  const last = record !== null && (batch === null || batch.at < record.at) ? record : batch;
  const of = last === record ? 'record' : 'batch';
  return { state: 'released', shows: true, at: last!.at, of, edition };
}

/**
 * The last instant whose decisions count for a day, as known at an instant (`null`: now): a record
 * released tomorrow was not shown today.
 */
export function releaseCut(on: Day, knownAt: Instant | null): Instant {
  const end = endOfDay(on);
  return knownAt !== null && knownAt < end ? knownAt : end;
}

/** A moment in UTC+8 to the minute. */
function moment(at: Instant): string {
  return instantFromMs(instantMs(at) + 8 * 3_600_000)
    .slice(0, 16)
    .replace('T', ' ');
}

/**
 * The explanation of `show` with what release adds to it: the instant among the inputs, and where the
 * officers hold a record back, that this is why. A record the law itself keeps shut is explained by law.
 */
export function withRelease(explanation: Explanation, release: ReleaseState): Explanation {
  if (explanation.channel !== 'show' || release.state === 'not-needed') return explanation;
  const whose = release.of === 'batch' ? '该批次' : '该条记录';
  const inputs =
    release.at === null
      ? explanation.inputs
      : [
          ...explanation.inputs,
          {
            name: release.shows ? 'released-at' : 'withdrawn-at',
            label: release.shows ? '发布时间' : '停止公示时间',
            value: `${moment(release.at)}（北京时间）`,
            source: `两人办理，针对${whose}`,
          },
        ];
  if (release.shows || !explanation.open) return { ...explanation, inputs };
  const words =
    release.state === 'withdrawn'
      ? {
          zh: `${moment(release.at!)}经两人办理停止公示（${whose}），恢复发布前不公示。`,
          en: `Taken out of publicity by two officers at ${moment(release.at!)} (UTC+8); not shown until released again.`,
        }
      : {
          zh: '公示期内，但所在批次尚未经两人发布，不公示。',
          en: 'Within its term, but its batch has not been released by two officers: not shown.',
        };
  return {
    ...explanation,
    open: false,
    reason: release.state === 'withdrawn' ? 'withdrawn-from-publicity' : 'not-released',
    edition: release.edition ?? explanation.edition,
    inputs,
    arithmetic: words.zh,
    arithmeticEn: words.en,
  };
}
