/** Tables for checking, made from a rulebook for one day. */
import type { Day } from '../../../kernel/day.ts';
import { type Rulebook, editionsOf } from '../../../kernel/rulebook/rulebook.ts';
import type { Rule } from '../../../kernel/rulebook/standards.ts';
import {
  calendarOf,
  codeLabelsOf,
  nullWordsOf,
  rowsOf,
  usccPrefixesOf,
} from '../../../kernel/rulebook/tables.ts';
import { type CheckTables, type CodeList, makeCodeList } from './domain.ts';

/** Everything the checks look up, as of a day. */
export function makeCheckTables(rulebook: Rulebook, on: Day): CheckTables {
  const codeLists = new Map<string, CodeList>();
  for (const { document } of editionsOf(rulebook, 'standard')) {
    for (const { codeList } of document.fields) {
      if (codeList === undefined || codeLists.has(codeList)) continue;
      codeLists.set(codeList, makeCodeList(codeList, rowsOf(rulebook, codeList), on));
    }
  }
  for (const { document } of editionsOf(rulebook, 'directory')) {
    for (const { codeList } of document.items.flatMap((item) => item.fields ?? [])) {
      if (codeList === undefined || codeLists.has(codeList)) continue;
      codeLists.set(codeList, makeCodeList(codeList, rowsOf(rulebook, codeList), on));
    }
  }
  return {
    nullWords: nullWordsOf(rulebook),
    codeLabels: codeLabelsOf(rulebook),
    prefixes: usccPrefixesOf(rulebook),
    codeLists,
    calendar: calendarOf(rulebook),
    fallbackRules: fallbackRules(rulebook),
  };
}

/** The newest penalty standard words the built-in checks for items that bring no rules of their own. */
function fallbackRules(rulebook: Rulebook): Rule[] {
  const standards = editionsOf(rulebook, 'standard').filter(
    ({ document }) => document.id === 'cf-legal',
  );
  const newest = standards.reduce<(typeof standards)[number] | null>(
    (best, edition) =>
      best === null || edition.document.validFrom > best.document.validFrom ? edition : best,
    null,
  );
  return (newest?.document.rules ?? []).filter((rule) => 'builtIn' in rule.check);
}
