/**
 * The office's own interface as its pages call it: routes are the contracts the server checks by, so a
 * page can ask nothing that is not there. What the server refuses is thrown as {@link Refused}.
 */
import type { z } from 'zod';

/** A route as far as calling it goes; `defineRoute` makes it. */
export type Callable = {
  readonly method: string;
  readonly path: string;
  readonly input: z.ZodObject;
  readonly output: z.ZodType;
};

/** The problem document of the server (RFC 9457), in both languages. */
export type Problem = {
  readonly code: string;
  readonly title: string;
  readonly titleEn: string;
  readonly status: number;
  readonly instance: string;
  readonly params: Readonly<Record<string, unknown>>;
};

/** What the server refused, with its words. */
export class Refused extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.code);
    this.name = 'Refused';
    this.problem = problem;
  }
}

const unreachable = (status: number): Problem => ({
  code: 'office.unreachable',
  title: '没有连上服务器，请检查网络后重试。',
  titleEn: 'The server was not reached. Check the network and try again.',
  ...{ status, instance: '', params: {} },
});

const prefix = '/api/office/v1';
const csrfKept = { token: '' };
const listeners = new Set<(problem: Problem) => void>();

/** Keeps the token that goes with everything but GET; the server gives it with the session. */
export function keepCsrf(token: string): void {
  csrfKept.token = token;
}

/** The token of the session, for requests that are not made by {@link call}: an upload, for instance. */
export const csrfToken = (): string => csrfKept.token;

/** Tells of every refusal: the frame listens for sessions that are over. Gives what ends the listening. */
export function onRefused(listener: (problem: Problem) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Address of a route with the values of its path put in; what is left goes into the query or the body. */
export function addressOf(
  { path }: Pick<Callable, 'path'>,
  input: Readonly<Record<string, unknown>>,
): { readonly address: string; readonly rest: Record<string, unknown> } {
  const rest = { ...input };
  const filled = path.replace(/\{([a-zA-Z]+)\}/g, (_whole, name: string) => {
    const value = String(rest[name] ?? '');
    delete rest[name];
    return encodeURIComponent(value);
  });
  return { address: prefix + filled, rest };
}

function queryOf(rest: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(rest)) {
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** Reads what the server refused; tells whoever listens. */
export async function refusedOf(response: Response): Promise<Refused> {
  const problem = (await response.json().catch(() => null)) as Problem | null;
  const told = problem?.code === undefined ? unreachable(response.status) : problem;
  for (const listener of listeners) listener(told);
  return new Refused(told);
}

/** Calls a route. Throws {@link Refused}. */
export async function call<Route extends Callable>(
  route: Route,
  input: z.input<Route['input']>,
): Promise<z.output<Route['output']>> {
  const { address, rest } = addressOf(route, input);
  const isRead = route.method === 'GET';
  const response = await fetch(isRead ? address + queryOf(rest) : address, {
    method: route.method,
    credentials: 'same-origin',
    headers: isRead
      ? { accept: 'application/json' }
      : { 'content-type': 'application/json', 'x-xinheng-csrf': csrfKept.token },
    ...(isRead ? {} : { body: JSON.stringify(rest) }),
  }).catch(() => {
    throw new Refused(unreachable(0));
  });
  if (!response.ok) throw await refusedOf(response);
  return (await response.json()) as z.output<Route['output']>;
}
