/**
 * What a parameter should have been, in words: from the contract alone. Nothing of what was sent is
 * repeated, so that a refusal can neither reflect input nor carry it into a log.
 */
import type { z } from 'zod';

/** Values of `http.bad-request`: where, and what should have stood there. */
export type Wanted = {
  readonly field: string;
  readonly wanted: string;
  readonly wantedEn: string;
};

type Issue = z.core.$ZodIssue;

const kinds: Readonly<Record<string, readonly [string, string]>> = {
  string: ['文字', 'text'],
  number: ['数字', 'a number'],
  int: ['整数', 'an integer'],
  boolean: ['true或者false', 'true or false'],
  array: ['列表', 'a list'],
  object: ['对象', 'an object'],
};

function bound(issue: Issue): readonly [string, string] | null {
  if (issue.code === 'too_small') {
    const least = String(issue.minimum);
    return issue.origin === 'string'
      ? [`至少${least}个字符的文字`, `text of at least ${least} characters`]
      : [`不小于${least}的数`, `at least ${least}`];
  }
  if (issue.code === 'too_big') {
    const most = String(issue.maximum);
    return issue.origin === 'string'
      ? [`不超过${most}个字符的文字`, `text of at most ${most} characters`]
      : [`不大于${most}的数`, `at most ${most}`];
  }
  return null;
}

function wordsFor(issue: Issue): readonly [string, string] {
  const limited = bound(issue);
  if (limited !== null) return limited;
  switch (issue.code) {
    case 'invalid_type':
      return kinds[issue.expected] ?? ['接口说明所写的类型', 'of the type the contract names'];
    case 'invalid_value': {
      const values = issue.values.map(String);
      return [`${values.join('、')}之一`, `one of ${values.join(', ')}`];
    }
    case 'invalid_format':
      return ['接口说明所写的格式', 'in the format the contract names'];
    default:
      return ['接口说明所写的内容', 'as the contract says'];
  }
}

/** Reads the first issue of a failed check. */
export function wantedOf(issue: Issue | undefined): Wanted {
  const field = String(issue?.path[0] ?? '');
  const [wanted, wantedEn] = issue === undefined ? ['', ''] : wordsFor(issue);
  return { field, wanted, wantedEn };
}

// Tab and line ends belong to text; everything else of this kind steers a terminal, or ends a string.
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/**
 * The parameter in which a control character stands, names included, at whatever depth; `null`: in none.
 * Such a character comes from no keyboard: it is there to forge a line of an audit or to break a statement.
 */
export function controlIn(given: Readonly<Record<string, unknown>>): string | null {
  const holds = (value: unknown): boolean => {
    if (typeof value === 'string') return control.test(value);
    if (typeof value !== 'object' || value === null) return false;
    return Object.entries(value).some(([name, one]) => control.test(name) || holds(one));
  };
  const found = Object.entries(given).find(([name, value]) => control.test(name) || holds(value));
  return found === undefined ? null : found[0].replaceAll(/[^\x20-\x7e]/g, '');
}

/** What is told of it. */
export const withoutControl = (field: string): Wanted => ({
  ...{ field, wanted: '不含控制字符的文字', wantedEn: 'text without control characters' },
});

/** Text without control characters, for forms that come from pages of ours. */
export const plainText = (text: string): string => text.replaceAll(new RegExp(control, 'g'), '');
