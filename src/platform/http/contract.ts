/**
 * A route as data (docs/architecture.md "Contract"): from it come request checking, the OpenAPI
 * document, the reference page and the table of permissions. Browsers may import this file.
 */
import type { z } from 'zod';

/** For whom a route is made; each audience has an OpenAPI document of its own. */
export type Audience = 'public' | 'my' | 'office' | 'exchange';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** One route. Paths are written `/subjects/{code}`; every name in braces is a key of `input`. */
export type Route<
  Input extends z.ZodObject = z.ZodObject,
  Output extends z.ZodType = z.ZodType,
  Code extends string = string,
> = {
  readonly method: Method;
  readonly path: string;
  readonly audience: Audience;
  /** Permission of `rulebook/roles.yaml`; `null`: open to everybody. */
  readonly needs: string | null;
  readonly summary: string;
  readonly summaryEn: string;
  /**
   * Path and query parameters of a GET and of a route that takes bytes; path parameters and JSON body of
   * the others.
   */
  readonly input: Input;
  readonly output: Output;
  /** Every refusal the route may answer with; another one is a fault of ours. */
  readonly refusals: readonly Code[];
  /** `bytes`: the body is a file as it is (application/octet-stream), read while it comes. */
  readonly body?: 'bytes';
  /** Longest JSON body in bytes, where the usual one of the audience is too short. */
  readonly bodyBytesMax?: number;
  /** `file`: what is answered is a file; `output` says nothing of it. */
  readonly answer?: 'file';
};

/** Gives the route back with its literal types kept. */
export function defineRoute<
  Input extends z.ZodObject,
  Output extends z.ZodType,
  const Code extends string,
>(route: Route<Input, Output, Code>): Route<Input, Output, Code> {
  return route;
}

/** Names in braces of a path, in order: `/a/{b}/{c}` → `['b', 'c']`. */
export function pathNames(path: string): string[] {
  return [...path.matchAll(/\{([a-zA-Z]+)\}/g)].map((match) => match[1] ?? '');
}
