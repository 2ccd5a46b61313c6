/** 告知: what is wrong with letters of the rulebook before anybody gets one. Pure. */
import { type NoticeTemplate, placesIn } from '../../kernel/rulebook/notices.ts';

/** Codes of what may be wrong with a letter. */
export type NoticeProblem =
  | 'notice-twice'
  | 'notice-places'
  | 'notice-channel'
  | 'notice-readers'
  | 'deemed-without-basis'
  | 'unknown-position';

type Found = { readonly code: NoticeProblem; readonly detail: string };

/** Channels that reach nobody of a kind: an organisation has no desk in the office. */
const unreachable: Readonly<Record<NoticeTemplate['to'], readonly string[]>> = {
  account: [],
  unit: ['my'],
  organisation: ['office'],
  position: ['my', 'mail', 'sms'],
};

function problemsOf(template: NoticeTemplate, positions: ReadonlySet<string>): Found[] {
  const { code, values, title, body, channels, to, readers = [], deemed } = template;
  const declared = values.map(({ name }) => name);
  const found: Found[] = [];
  const add = (problem: NoticeProblem, detail: string) =>
    found.push({ code: problem, detail: `${code}: ${detail}` });
  const inZh = new Set([...placesIn(title.zh), ...placesIn(body.zh)]);
  const inEn = new Set([...placesIn(title.en), ...placesIn(body.en)]);
  // Both languages say the same, and nothing is handed to a letter that does not tell it.
  for (const name of new Set([...inZh, ...inEn, ...declared])) {
    if (!inZh.has(name) || !inEn.has(name) || !declared.includes(name)) add('notice-places', name);
  }
  if (new Set(declared).size < declared.length) add('notice-places', declared.join(' '));
  for (const channel of channels) {
    if (unreachable[to].includes(channel)) add('notice-channel', `${to} ${channel}`);
  }
  if (new Set(channels).size < channels.length) add('notice-channel', channels.join(' '));
  if ((to === 'unit') !== readers.length > 0) add('notice-readers', to);
  for (const reader of readers) if (!positions.has(reader)) add('unknown-position', reader);
  // Public bodies may agree among themselves; against anybody else only a provision lets silence count.
  if (deemed !== null && deemed.basis.length === 0 && to !== 'unit') {
    add('deemed-without-basis', to);
  }
  return found;
}

/** Everything wrong with the letters of one document. `positions`: those there are. */
export function templateProblems(
  templates: readonly NoticeTemplate[],
  positions: ReadonlySet<string>,
): Found[] {
  const codes = templates.map(({ code }) => code);
  return [
    ...codes
      .filter((code, index) => codes.indexOf(code) !== index)
      .map((detail) => ({ code: 'notice-twice', detail }) as const),
    ...templates.flatMap((template) => problemsOf(template, positions)),
  ];
}
