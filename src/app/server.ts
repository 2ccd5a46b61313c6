/**
 * The server of one installation. It listens first, so that a person who opens the address sees what is
 * being done; then it opens the installation, builds the sample city where one is wanted, answers, and
 * does what has to be done from time to time. It ends when its signal is aborted.
 */
import { mkdir } from 'node:fs/promises';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { type Result, ok, refuse } from '../kernel/result.ts';
import { mountMy } from '../answers/my/index.ts';
import { type OfficeOptions, mountOffice } from '../answers/office/index.ts';
import { type PortalOptions, portalApp } from '../answers/portal/index.ts';
import type { Config } from '../platform/config.ts';
import { holderOf, tryLock, unlock } from '../platform/db/embedded-lock.ts';
import { type Installation, type StartStep, openInstallation } from './installation.ts';
import { wordsOf } from './messages.ts';
import { type BuildProgress, buildCity } from './sample-city/build.ts';
import { readMark } from './sample-city/mark.ts';
import { stepWords } from './step-words.ts';
import { type UpkeepEvent, keepUp } from './upkeep.ts';
import { type Waiting, waitingApp } from './waiting-page.tsx';

/** What happens, for whoever watches the terminal. */
export type ServerEvent =
  | { readonly kind: 'listening'; readonly address: string }
  | { readonly kind: 'step'; readonly step: StartStep }
  | { readonly kind: 'no-city' }
  | { readonly kind: 'city'; readonly progress: BuildProgress }
  | { readonly kind: 'ready'; readonly address: string; readonly installation: Installation }
  | UpkeepEvent;

/** How a server is run. */
export type ServerOptions = {
  readonly config: Config;
  /** Aborted to end it. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: ServerEvent) => void;
};

const settleMs = 1_000;
const requestMs = 300;

/** The reason of a broken system call in the words of the system. */
function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code ?? message;
}

/** One server per folder of data: two would take the same files out of the inbox. */
async function claimFolder(varDir: string): Promise<Result<string>> {
  const file = resolve(varDir, 'serve.lock');
  try {
    await mkdir(varDir, { recursive: true });
    if (tryLock(file)) return ok(file);
  } catch (error) {
    return refuse('serve.folder', { path: varDir, reason: reasonOf(error) });
  }
  return refuse('serve.running', { path: varDir, pid: holderOf(file) });
}

function listen(server: Server, { host, port }: Config): Promise<Result<string>> {
  return new Promise((settle) => {
    server.once('error', (error) => {
      const reason = reasonOf(error);
      const codes: Readonly<Record<string, string>> = {
        EADDRINUSE: 'serve.port-taken',
        EACCES: 'serve.port-forbidden',
      };
      settle(refuse(codes[reason] ?? 'serve.host', { host, port, reason }));
    });
    server.listen(port, host, () => {
      const { port: given } = server.address() as AddressInfo;
      settle(ok(`http://${host.includes(':') ? `[${host}]` : host}:${given}`));
    });
  });
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((done) => server.close(() => done()));
  server.closeIdleConnections();
  await Promise.race([closed, sleep(requestMs, undefined, { ref: false })]);
  server.closeAllConnections();
}

type Running = {
  readonly server: Server;
  readonly address: string;
  /** Puts the portal in the place of the waiting page. */
  readonly answerWith: (installation: Installation) => void;
  readonly wait: (waiting: Waiting) => void;
};

/** Everything this server answers: portal, public interface, log, office. */
export function appOver(
  installation: Installation,
  options: PortalOptions & Pick<OfficeOptions, 'signal' | 'onTrouble'> = {},
) {
  const { signal, onTrouble } = options;
  return portalApp(installation, {
    ...options,
    more: (edge, { trustedProxies }) => {
      mountMy(edge, installation, { wordsOf, trustedProxies });
      mountOffice(edge, installation, {
        ...{ wordsOf, trustedProxies },
        checkAnswers: options.checkAnswers ?? false,
        ...(signal === undefined ? {} : { signal }),
        ...(onTrouble === undefined ? {} : { onTrouble }),
      });
    },
  });
}

async function startListening({
  config,
  signal,
  onEvent,
}: ServerOptions): Promise<Result<Running>> {
  let now: Waiting = { doing: stepWords['starting']!, done: 0, steps: 0 };
  let app: { readonly fetch: (request: Request, env: object) => Response | Promise<Response> };
  app = waitingApp(config.clock, () => now);
  const listener = getRequestListener((request, env) => app.fetch(request, env));
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  const address = await listen(server, config);
  if (!address.ok) return address;
  return ok({
    server,
    address: address.value,
    answerWith: (installation) => {
      const onTrouble = (error: unknown) => {
        if (!signal.aborted) onEvent({ kind: 'trouble', error });
      };
      app = appOver(installation, { signal, onTrouble });
    },
    wait: (waiting) => {
      now = waiting;
    },
  });
}

/** Builds what is missing of the city. Gives false when the build was ended before it was done. */
async function cityStands(
  installation: Installation,
  running: Running,
  { signal, onEvent, config }: ServerOptions,
): Promise<boolean> {
  const mark = await readMark(installation.database);
  if (mark === null && config.sampleCity !== undefined) onEvent({ kind: 'no-city' });
  if (mark === null || mark.finishedAt !== null) return true;
  const onProgress = (progress: BuildProgress) => {
    running.wait(progress);
    onEvent({ kind: 'city', progress });
  };
  try {
    while (!(await buildCity(installation, { signal, onProgress }))) {
      // Another command is building it; what it finishes is ours too.
      await sleep(500, undefined, { signal });
    }
    await installation.reload();
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}

async function serveInstallation(
  installation: Installation,
  running: Running,
  options: ServerOptions,
): Promise<void> {
  const { signal, onEvent } = options;
  if (!(await cityStands(installation, running, options)) || signal.aborted) return;
  running.answerWith(installation);
  onEvent({ kind: 'ready', address: running.address, installation });
  await keepUp(installation, { signal, onEvent });
}

/** Resolves when the signal is aborted. */
function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((done) => signal.addEventListener('abort', () => done(), { once: true }));
}

/**
 * Runs a server until its signal is aborted; everything is put away then. Refuses `serve.running`,
 * `serve.folder`, `serve.port-taken`, `serve.port-forbidden`, `serve.host`, and what opening an
 * installation refuses. Throws what is broken in the machine.
 */
export async function runServer(options: ServerOptions): Promise<Result<true>> {
  const { config, signal, onEvent } = options;
  const claimed = await claimFolder(config.varDir);
  if (!claimed.ok) return claimed;
  try {
    const listening = await startListening(options);
    if (!listening.ok) return listening;
    const running = listening.value;
    onEvent({ kind: 'listening', address: running.address });
    try {
      const opened = await openInstallation(config, (step) => {
        running.wait({ doing: stepWords[step]!, done: 0, steps: 0 });
        onEvent({ kind: 'step', step });
      });
      if (!opened.ok) return opened;
      const installation = opened.value;
      try {
        const work = serveInstallation(installation, running, options);
        work.catch(() => undefined);
        // Work that does not notice the end in time is cut off; it is all made to be killed.
        await Promise.race([
          work,
          aborted(signal).then(() => sleep(settleMs, undefined, { ref: false })),
        ]);
        if (!signal.aborted) await work;
      } finally {
        await Promise.all([closeServer(running.server), installation.close()]);
      }
    } finally {
      await closeServer(running.server);
    }
    return ok(true);
  } finally {
    unlock(claimed.value);
  }
}
