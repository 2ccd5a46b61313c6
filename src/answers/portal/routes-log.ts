/** Addresses of the transparency log: its files, and the page that says how to check them. */
import { refuse } from '../../kernel/result.ts';
import { instantFromMs, momentWords } from '../../kernel/day.ts';
import type { Edge, Reply } from '../../platform/http/index.ts';
import { tellProblem } from './api.ts';
import type { PortalContext } from './deps.ts';
import { provePage } from './pages/prove.tsx';
import { type PageAnswer, type PageRequest, pageReply } from './routes-page.ts';
import { logFile, logToProve } from './service-log.ts';

const prefix = '/log/';

async function prove(request: PageRequest): Promise<Reply> {
  const { context, r } = request;
  const log = await logToProve(context);
  const view =
    log === null
      ? null
      : {
          origin: log.status.origin,
          hash: log.status.hash,
          key: log.key,
          waiting: log.status.waiting,
          late: log.status.late,
          signed:
            log.status.signed === null
              ? null
              : { ...log.status.signed, at: momentWords(log.status.signed.at) },
          witnesses: log.witnesses.map(({ key, seconds }) => ({
            key,
            at: seconds === null ? null : momentWords(instantFromMs(seconds * 1000)),
          })),
        };
  return pageReply(request, provePage(r, view), { path: '/prove' });
}

/** The page, in both languages. */
export const logAnswers: readonly (readonly [string, PageAnswer])[] = [['/prove', prove]];

/**
 * Adds the log's files to an edge. They are for programs and not limited in rate: whoever checks the
 * whole log reads thousands of them. A tile never changes; the checkpoint is always asked for anew.
 */
export function addLogFiles(edge: Edge, context: PortalContext): void {
  edge.on(
    'GET',
    `${prefix}*`,
    async (c) => {
      const found = await logFile(context, c.req.path.slice(prefix.length));
      if (found === null) return tellProblem(refuse('http.not-found').refusal, c);
      return found.kind === 'tile'
        ? { status: 200, type: 'application/octet-stream', body: found.bytes, cache: 'fixed' }
        : { status: 200, type: 'text/plain; charset=utf-8', body: found.bytes, cache: 'none' };
    },
    { limited: false },
  );
}
