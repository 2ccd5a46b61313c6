/**
 * Sending a file as it is, with how much of it has gone out. `fetch` does not tell that, so this is the
 * one place that asks in the older way.
 */
import type { z } from 'zod';
import { type Callable, addressOf, csrfToken, refusedOf } from './client.ts';

/** How much was sent, in bytes. */
export type Sent = { readonly sent: number; readonly all: number };

/** An upload under way: what it comes to, and how to break it off. */
export type Upload<Output> = { readonly done: Promise<Output>; readonly stop: () => void };

/** Sends a file through a route that takes bytes. `done` throws `Refused`. */
export function upload<Route extends Callable>(
  route: Route,
  input: Readonly<Record<string, string>>,
  file: File,
  onSent: (sent: Sent) => void,
): Upload<z.output<Route['output']>> {
  const { address, rest } = addressOf(route, input);
  const query = new URLSearchParams(rest as Record<string, string>);
  const request = new XMLHttpRequest();
  const done = new Promise<z.output<Route['output']>>((settle, fail) => {
    request.open(route.method, `${address}?${query}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('x-xinheng-csrf', csrfToken());
    request.setRequestHeader(
      'content-disposition',
      `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    );
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onSent({ sent: loaded, all: total }),
    );
    const refused = () =>
      // A request that was not answered has status 0, which no response can have.
      void refusedOf(
        new Response(request.responseText, { status: Math.max(request.status, 400) }),
      ).then(fail, fail);
    request.addEventListener('load', () => {
      if (request.status !== 200) return refused();
      settle(JSON.parse(request.responseText) as z.output<Route['output']>);
    });
    request.addEventListener('error', refused);
    request.addEventListener('abort', refused);
    request.send(file);
  });
  return { done, stop: () => request.abort() };
}
