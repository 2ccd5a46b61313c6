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
  [/^http\.not-(json|bytes)$/, 415],
  [/^http\.body-broken-off$/, 400],
  [/\.rate-limited$|\.quota-used$|^accounts\.locked$/, 429],
  [/^accounts\.(wrong-credentials|wrong-code|not-signed-in|session-over)$/, 401],
  [/^accounts\.(bad-signature|bad-digest|signature-stale|client-ended|replayed)$/, 401],
  [/^accounts\.(signature-form|cookie-and-signature)$/, 400],
  [/^accounts\.client-has-no-session$/, 403],
  [/^accounts\.(provider-refused|not-bound)$/, 401],
  [/^accounts\.provider-down$/, 503],
  [/^accounts\.(bad-csrf|foreign-origin|session-incomplete|own-account)$/, 403],
  [/^http\.fault$/, 500],
  [/\.not-ready$/, 503],
  [
    /^door\.|\.not-permitted$|\.same-person$|\.not-your-step$|\.not-from-here$|\.not-your-purpose$|\.not-your-unit$|\.no-basis$/,
    403,
  ],
  [/\.no-such-|\.not-found$|[.-]not-shown$|\.unknown-act$/, 404],
  [/\.already-|\.wrong-state$|\.changed$|\.several(-|$)/, 409],
];

/** HTTP status of a refusal. */
export function statusOf(code: string): number {
  return statuses.find(([pattern]) => pattern.test(code))?.[1] ?? 422;
}

/** Refusals of the platform itself. */
export const httpRefusals: Readonly<Record<string, RefusalWords>> = {
  'http.bad-request': {
    zh: '请求的参数“{field}”不正确：应为{wanted}。请改正后重试。',
    en: 'Parameter "{field}" of the request is not valid: it must be {wantedEn}. Correct it and try again.',
  },
  'http.method-not-allowed': {
    zh: '这个地址只接受{allowed}请求。请换用其中一种方法。',
    en: 'This address takes {allowed} only. Use one of them.',
  },
  'http.body-too-large': {
    zh: '请求内容过大，最多{most}字节。请分成几次发送。',
    en: 'The request body is too large: {most} bytes at most. Send it in parts.',
  },
  'http.address-too-long': {
    zh: '请求的地址过长，最多{most}个字符。请缩短查询内容。',
    en: 'The address is too long: {most} characters at most. Shorten the query.',
  },
  'http.not-json': {
    zh: '请求内容应为JSON对象。请以application/json发送一个对象。',
    en: 'The request body must be JSON. Send one object as application/json.',
  },
  'http.not-bytes': {
    zh: '文件应以application/octet-stream原样上传。请在上传页面选择文件，或者改用这种类型发送。',
    en: 'A file is sent as it is, as application/octet-stream. Choose it on the upload page, or send it as that type.',
  },
  'http.body-broken-off': {
    zh: '上传中途断开，没有收下任何内容。请重新上传整个文件。',
    en: 'The upload broke off and nothing was kept. Send the whole file again.',
  },
  'http.rate-limited': {
    zh: '请求过于频繁，请在{seconds}秒后再试。',
    en: 'Too many requests; try again in {seconds} s.',
  },
  'http.not-found': {
    zh: '没有这个地址。请核对地址，或者从首页查找。',
    en: 'There is nothing at this address. Check it, or start from the home page.',
  },
  'http.not-from-here': {
    zh: '这个地址不对外开放。请从运行平台的机器或者经许可的网络访问。',
    en: 'This address is not open to your network. Ask from the machine itself or a network that is allowed.',
  },
  'http.not-ready': {
    zh: '平台尚未就绪，请稍后再试。',
    en: 'The platform is not ready yet; try again in a moment.',
  },
  'http.bad-network': {
    zh: '“{text}”不是网络地址。应写作10.0.0.0/8、::1/128或者单个地址。',
    en: '"{text}" is no network. Write 10.0.0.0/8, ::1/128 or a single address.',
  },
  'http.fault': {
    zh: '程序出现错误，没有完成请求。请稍后再试；如仍出错，请将编号告知管理员。',
    en: 'Something broke on our side; the request was not completed. Try again; if it goes on, tell the operator the trace number.',
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
