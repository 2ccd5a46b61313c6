/** Refusals over HTTP: one table of statuses, and problem details (RFC 9457). */
import type { Refusal } from '../../kernel/result.ts';
import { type Reply, jsonReply } from './reply.ts';

/** What a refusal says to a reader. */
export type RefusalWords = { readonly zh: string; readonly en: string };

/** The one table: the first pattern that fits a code decides; what none fits is 422. */
const statuses: readonly (readonly [RegExp, number])[] = [
  [/^http\.bad-request$/, 400],
  [/^http\.method-not-allowed$/, 405],
  [/^http\.body-too-large$/, 413],
  [/^http\.address-too-long$/, 414],
  [/^http\.not-json$/, 415],
  [/\.rate-limited$/, 429],
  [/^http\.fault$/, 500],
  [/\.not-ready$/, 503],
  [/^door\.|\.not-permitted$|\.same-person$|\.not-your-step$|\.not-from-here$/, 403],
  [/\.no-such-|\.not-found$|\.not-shown$|\.unknown-act$/, 404],
  [/\.already-|\.wrong-state$|\.changed$|\.several(-|$)/, 409],
];

/** HTTP status of a refusal. */
export function statusOf(code: string): number {
  return statuses.find(([pattern]) => pattern.test(code))?.[1] ?? 422;
}

/** Refusals of the platform itself. */
export const httpRefusals: Readonly<Record<string, RefusalWords>> = {
  'http.bad-request': {
    zh: '请求的参数“{field}”不正确。',
    en: 'Parameter "{field}" of the request is not valid.',
  },
  'http.method-not-allowed': {
    zh: '这个地址只接受{allowed}请求。',
    en: 'This address takes {allowed} only.',
  },
  'http.body-too-large': { zh: '请求内容过大。', en: 'The request body is too large.' },
  'http.address-too-long': { zh: '请求的地址过长。', en: 'The address is too long.' },
  'http.not-json': { zh: '请求内容应为JSON。', en: 'The request body must be JSON.' },
  'http.rate-limited': {
    zh: '请求过于频繁，请在{seconds}秒后再试。',
    en: 'Too many requests; try again in {seconds} s.',
  },
  'http.not-found': { zh: '没有这个地址。', en: 'There is nothing at this address.' },
  'http.not-from-here': {
    zh: '这个地址不对外开放。',
    en: 'This address is not open to your network.',
  },
  'http.fault': {
    zh: '程序出现错误，没有完成请求。',
    en: 'Something broke on our side; the request was not completed.',
  },
};

/** Fills `{name}` in words with the refusal's values. */
export function fillRefusal(words: RefusalWords, params: Refusal['params']): RefusalWords {
  const fill = (text: string) =>
    text.replace(/\{([a-zA-Z]+)\}/g, (whole, name: string) => String(params[name] ?? whole));
  return { zh: fill(words.zh), en: fill(words.en) };
}

/** A problem document. `reference` is the page that lists refusals, each under its code. */
export function problemReply(
  refusal: Refusal,
  words: RefusalWords,
  about: { readonly trace: string; readonly reference: string },
): Reply {
  const status = statusOf(refusal.code);
  return jsonReply(
    {
      type: `${about.reference}#${refusal.code}`,
      title: words.zh,
      titleEn: words.en,
      status,
      instance: `urn:uuid:${about.trace}`,
      code: refusal.code,
      params: refusal.params,
      ...(refusal.basis === undefined ? {} : { basis: refusal.basis }),
    },
    { status, type: 'application/problem+json; charset=utf-8' },
  );
}
