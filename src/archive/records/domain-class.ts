/** 失信等级: resolved by the dated standard of the sector, the heaviest row that holds (rules.md §14.1.4). */
import type { Facts } from '../../kernel/rules.ts';
import { holds } from '../../kernel/rules.ts';
import {
  type Edition,
  type Rulebook,
  editionKey,
  isConfirmed,
} from '../../kernel/rulebook/rulebook.ts';
import type { ClassStandard } from '../../kernel/rulebook/terms.ts';
import type { ResolvedClass } from './domain.ts';

const weight = { minor: 1, general: 2, serious: 3 } as const;
const reportedNames = new Set(['minor', 'general', 'serious']);

/**
 * The class under one standard. A class marked by the determining unit goes first where the standard
 * says so; otherwise the heaviest row that holds governs; with neither the class is `unknown`, the
 * default row lends its windows and `covered` tells whether that row may carry an act.
 */
export function resolveClass(
  rulebook: Rulebook,
  edition: Edition<ClassStandard>,
  facts: Facts,
): ResolvedClass {
  const resolved = resolveFreely(rulebook, edition, facts);
  const atMost = facts['classAtMost'];
  if (typeof atMost !== 'string' || !reportedNames.has(atMost)) return resolved;
  const ceiling = atMost as keyof typeof weight;
  if (weight[ceiling] >= weight[resolved.windowsOf]) return resolved;
  return {
    ...resolved,
    class: ceiling,
    windowsOf: ceiling,
    text: '决定部分撤销后，其余部分的等级不重于认定单位对原决定标注的等级',
    textEn:
      'after part of the decision was annulled the rest is no heavier than the mark on the whole',
    basis: edition.document.citation,
    covered: isConfirmed(rulebook, edition.document),
  };
}

function resolveFreely(
  rulebook: Rulebook,
  edition: Edition<ClassStandard>,
  facts: Facts,
): ResolvedClass {
  const { document } = edition;
  const standard = editionKey(document);
  const reported = facts['reportedClass'];
  if (document.reportedFirst && typeof reported === 'string' && reportedNames.has(reported)) {
    const named = reported as keyof typeof weight;
    return {
      class: named,
      windowsOf: named,
      standard,
      text: '认定单位在报送数据中标注了失信等级',
      textEn: 'the determining unit marked the class itself',
      basis: document.citation,
      covered: isConfirmed(rulebook, document),
    };
  }
  let best: ClassStandard['rows'][number] | null = null;
  for (const row of document.rows) {
    if (!isConfirmed(rulebook, document, row.confidence)) continue;
    if (best !== null && weight[row.class] <= weight[best.class]) continue;
    if (holds(row.when, facts)) best = row;
  }
  if (best !== null) {
    const { text, textEn, basis } = best;
    return {
      class: best.class,
      windowsOf: best.class,
      standard,
      text,
      textEn,
      basis,
      covered: true,
    };
  }
  const fallback = document.default;
  return {
    class: 'unknown',
    windowsOf: fallback.windowsOf,
    standard,
    text: fallback.text,
    textEn: fallback.textEn,
    basis: fallback.basis,
    covered: isConfirmed(rulebook, document, fallback.confidence),
  };
}
