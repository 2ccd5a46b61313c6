/** Binds routes to use cases: the request is checked by the contract, refusals become problem details. */
import { z } from 'zod';
import { type Refusal, type Result, assert, ok, refuse } from '../../kernel/result.ts';
import { bodyBytes } from './body.ts';
import { type Route, pathNames } from './contract.ts';
import type { Edge, EdgeContext } from './edge.ts';
import { type FileBody, type Reply, type CacheRule, jsonReply } from './reply.ts';
import { BodyRefused, type SentFile, attachment, sentFile } from './streamed.ts';
import { controlIn, wantedOf, withoutControl } from './wanted.ts';

/** Who asks. The public is nobody in particular; `held` is what whoever authorised knows of an account. */
export type Caller =
  | { readonly kind: 'public' }
  | { readonly kind: 'account'; readonly code: string; readonly held: unknown };

/** What of a result is shown, and the headers that go with it. */
export type Shown = {
  readonly view: unknown;
  readonly headers: Readonly<Record<string, string>>;
};

/** A route with the use case behind it. */
export type Handled = {
  readonly route: Route;
  readonly cache: CacheRule;
  readonly run: (input: never, caller: Caller, c: EdgeContext) => Promise<Result<unknown>>;
  /** For results of which not everything may be shown; without it all is. */
  readonly show?: (value: never, c: EdgeContext) => Shown | Promise<Shown>;
};

/** Puts a use case behind a route. The compiler holds it to the route's output and refusals. */
export function handle<Input extends z.ZodObject, Output extends z.ZodType, Code extends string>(
  route: Route<Input, Output, Code>,
  run: (input: z.output<Input>, caller: Caller) => Promise<Result<z.input<Output>, Refusal<Code>>>,
  cache: CacheRule = 'none',
): Handled {
  return { route: route as unknown as Route, run, cache };
}

/** As {@link handle}, for results that are shown in part and bring headers: a cookie, for instance. */
export function handleShown<
  Input extends z.ZodObject,
  Output extends z.ZodType,
  Code extends string,
  Value,
>(
  route: Route<Input, Output, Code>,
  run: (
    input: z.output<Input>,
    caller: Caller,
    c: EdgeContext,
  ) => Promise<Result<Value, Refusal<Code>>>,
  show: (
    value: Value,
    c: EdgeContext,
  ) => Promise<{ readonly view: z.input<Output>; readonly headers: Shown['headers'] }>,
): Handled {
  return { route: route as unknown as Route, run, show, cache: 'none' };
}

/** Puts a use case behind a route that takes a file; it reads the bytes while they come, or not at all. */
export function handleBytes<
  Input extends z.ZodObject,
  Output extends z.ZodType,
  Code extends string,
>(
  route: Route<Input, Output, Code>,
  run: (
    input: z.output<Input>,
    sent: SentFile,
    caller: Caller,
  ) => Promise<Result<z.input<Output>, Refusal<Code>>>,
): Handled {
  assert(route.body === 'bytes', `${route.path} takes no bytes`);
  const asked = (input: never, caller: Caller, c: EdgeContext) => run(input, sentFile(c), caller);
  return { route: route as unknown as Route, run: asked, cache: 'none' };
}

/** A file that is answered, and what it is called where it is kept. */
export type AnsweredFile = FileBody & { readonly fileName: string; readonly type: string };

/** Puts a use case behind a route that answers with a file. */
export function handleFile<
  Input extends z.ZodObject,
  Output extends z.ZodType,
  Code extends string,
>(
  route: Route<Input, Output, Code>,
  run: (input: z.output<Input>, caller: Caller) => Promise<Result<AnsweredFile, Refusal<Code>>>,
): Handled {
  assert(route.answer === 'file', `${route.path} answers with no file`);
  return { route: route as unknown as Route, run, cache: 'none' };
}

/** What mounting needs beside the routes. */
export type MountOptions = {
  /** Put before every path, e.g. `/api/public/v1`. */
  readonly prefix: string;
  readonly bodyBytesMax: number;
  /** Holds answers to their contract: in tests and development. */
  readonly checkAnswers: boolean;
  readonly tell: (refusal: Refusal, c: EdgeContext) => Reply;
  /** Who asks, or the refusal to those who may not; must be given for routes that need a permission. */
  readonly authorise?: (c: EdgeContext, route: Route) => Promise<Result<Caller>>;
};

const nobody: Caller = { kind: 'public' };

/** Adds routes to an edge. */
export function mount(edge: Edge, handlers: readonly Handled[], options: MountOptions): void {
  for (const handled of handlers) {
    const { route } = handled;
    assert(
      route.needs === null || options.authorise !== undefined,
      `${route.path} needs ${route.needs}, and nobody checks it`,
    );
    const pattern = options.prefix + route.path.replaceAll(/\{([a-zA-Z]+)\}/g, ':$1');
    edge.on(route.method, pattern, (c) => answer(c, handled, options));
  }
}

async function answer(c: EdgeContext, handled: Handled, options: MountOptions): Promise<Reply> {
  const { route } = handled;
  const caller = options.authorise === undefined ? ok(nobody) : await options.authorise(c, route);
  if (!caller.ok) return options.tell(caller.refusal, c);
  const given = await readInput(c, route, options.bodyBytesMax);
  if (!given.ok) return options.tell(given.refusal, c);
  // What the public asks for is read as text of a search, which drops them itself.
  const odd = route.audience === 'public' ? null : controlIn(given.value);
  if (odd !== null) {
    return options.tell({ code: 'http.bad-request', params: withoutControl(odd) }, c);
  }
  const parsed = route.input.safeParse(given.value);
  if (!parsed.success) {
    const params = wantedOf(parsed.error.issues[0]);
    return options.tell({ code: 'http.bad-request', params }, c);
  }
  const result = await ran(handled, parsed.data as never, caller.value, c);
  if (!result.ok) {
    const { code } = result.refusal;
    assert(
      !options.checkAnswers || route.refusals.includes(code),
      `${route.path}: ${code} is not listed`,
    );
    return options.tell(result.refusal, c);
  }
  if (route.answer === 'file') return fileReply(result.value as AnsweredFile);
  const shown =
    handled.show === undefined
      ? { view: result.value, headers: {} }
      : await handled.show(result.value as never, c);
  if (options.checkAnswers) checkAnswer(route, shown.view);
  return { ...jsonReply(shown.view, { cache: handled.cache }), headers: shown.headers };
}

/** Runs a use case; a body that could not be taken is a refusal of it, wherever it was being read. */
async function ran(
  handled: Handled,
  input: never,
  caller: Caller,
  c: EdgeContext,
): Promise<Result<unknown>> {
  try {
    return await handled.run(input, caller, c);
  } catch (error) {
    if (error instanceof BodyRefused) return { ok: false, refusal: error.refusal };
    throw error;
  }
}

function fileReply({ fileName, type, open, sizeBytes }: AnsweredFile): Reply {
  const headers = { 'content-disposition': attachment(fileName) };
  return { status: 200, type, body: { open, sizeBytes }, cache: 'none', headers };
}

function checkAnswer(route: Route, value: unknown): void {
  const checked = route.output.safeParse(value);
  assert(
    checked.success,
    `${route.path} answers against its contract: ${checked.success ? '' : z.prettifyError(checked.error)}`,
  );
}

async function readInput(
  c: EdgeContext,
  route: Route,
  bodyBytesMax: number,
): Promise<Result<Record<string, unknown>>> {
  const path = Object.fromEntries(
    pathNames(route.path).map((name) => [name, c.req.param(name) ?? '']),
  );
  // A name given twice counts once, by its first value; names of the path can not be given again.
  // What the contract does not name is passed over: it is neither read nor repeated.
  if (route.method === 'GET') return ok({ ...c.req.query(), ...path });
  if (route.body === 'bytes') {
    const type = c.req.header('content-type') ?? '';
    if (!/^application\/octet-stream\s*(;|$)/i.test(type)) return refuse('http.not-bytes');
    return ok({ ...c.req.query(), ...path });
  }
  const body = await readBody(c, route.bodyBytesMax ?? bodyBytesMax);
  if (!body.ok) return body;
  return ok({ ...body.value, ...path });
}

async function readBody(
  c: EdgeContext,
  bytesMax: number,
): Promise<Result<Record<string, unknown>>> {
  const type = c.req.header('content-type') ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type)) return refuse('http.not-json');
  const body = await bodyBytes(c, bytesMax);
  if (!body.ok) return body;
  try {
    const value: unknown = JSON.parse(body.value.toString('utf8'));
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return refuse('http.not-json');
    }
    return ok(value as Record<string, unknown>);
  } catch {
    return refuse('http.not-json');
  }
}
