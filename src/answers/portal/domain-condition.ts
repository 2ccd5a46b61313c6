/** A condition of the rulebook in words, so that a term is never told as if it held for everybody. Pure. */
import type { Condition } from '../../kernel/rules.ts';

type Words = { readonly zh: string; readonly en: string };

/** Names a value of a fact as its code table does; the value itself where no table knows it. */
export type ValueNames = (fact: string, value: string) => Words;

const factNames: Readonly<Record<string, Words>> = {
  procedure: { zh: '处罚程序', en: 'the procedure' },
  kinds: { zh: '种类', en: 'the kind' },
  sector: { zh: '领域', en: 'the sector' },
  publicationKind: { zh: '公示类型', en: 'the kind of publication' },
  fineFen: { zh: '罚款金额（分）', en: 'the fine in fen' },
  intent: { zh: '主观过错', en: 'intent' },
};

const same = (text: string): Words => ({ zh: text, en: text });

function joined(parts: readonly Words[], zh: string, en: string): Words {
  return {
    zh: parts.map((part) => part.zh).join(zh),
    en: parts.map((part) => part.en).join(en),
  };
}

/** The condition as a clause: 处罚程序为简易程序 / the procedure is summary. */
export function conditionWords(condition: Condition, names: ValueNames): Words {
  if ('all' in condition) return group(condition.all, names, ['，并且', ' and ']);
  if ('any' in condition) return group(condition.any, names, ['，或者', ' or ']);
  if ('not' in condition) {
    const inner = conditionWords(condition.not, names);
    return { zh: `不属于“${inner.zh}”`, en: `not (${inner.en})` };
  }
  if ('known' in condition) {
    const { zh, en } = factNames[condition.known] ?? same(condition.known);
    return { zh: `${zh}已知`, en: `${en} is known` };
  }
  const fact = factNames[condition.fact] ?? same(condition.fact);
  const list = (values: readonly (string | number | boolean)[]) =>
    joined(
      values.map((value) => names(condition.fact, String(value))),
      '、',
      ', ',
    );
  const told = (zh: string, en: string, values: Words): Words => ({
    zh: `${fact.zh}${zh}${values.zh}`,
    en: `${fact.en} ${en} ${values.en}`,
  });
  if ('is' in condition) return told('为', 'is', list([condition.is]));
  if ('in' in condition) return told('为', 'is one of', list(condition.in));
  if ('has' in condition) return told('含有', 'includes one of', list(condition.has));
  if ('within' in condition) return told('仅有', 'is nothing but', list(condition.within));
  if ('atLeast' in condition) return told('不低于', 'is at least', list([condition.atLeast]));
  return told('低于', 'is below', list([condition.below]));
}

function group(
  parts: readonly Condition[],
  names: ValueNames,
  [zh, en]: readonly [string, string],
): Words {
  return joined(
    parts.map((part) => conditionWords(part, names)),
    zh,
    en,
  );
}
