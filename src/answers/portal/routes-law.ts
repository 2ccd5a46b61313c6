/** Addresses of the pages about the law, the sources and the platform itself. */
import { refuse } from '../../kernel/result.ts';
import type { Reply } from '../../platform/http/index.ts';
import { helpPage, scopePage, sourcesPage } from './pages/about.tsx';
import { changesPage } from './pages/changes.tsx';
import type { Page } from './pages/frame.tsx';
import { itemsPage, standardPageView, standardsPage } from './pages/items.tsx';
import { instrumentPage, lawPage } from './pages/law.tsx';
import { nameOfTerm, termPage, termsPage, unconfirmedPage } from './pages/terms.tsx';
import { type PageAnswer, type PageRequest, pageReply, tell } from './routes-page.ts';
import { lawChanges } from './service-changes.ts';
import { directoryItems, instrumentDetail, instruments, portalLaw } from './service-law.ts';
import { sources } from './service-sources.ts';
import { standardByName, standardPage, standards, terms, unconfirmed } from './service-terms.ts';
import { personsAppear, refusedMatters } from './words-scope.ts';

/** A page that needs nothing but the law and the facts of the city. */
function simple(
  draw: (
    request: PageRequest,
    law: ReturnType<typeof portalLaw>,
    facts: Awaited<ReturnType<PageRequest['context']['cityFacts']>>,
  ) => Page,
): PageAnswer {
  return async (request) => {
    const { context, path } = request;
    const facts = await context.cityFacts();
    return pageReply(request, draw(request, portalLaw(context.law()), facts), { path });
  };
}

async function instrument(request: PageRequest): Promise<Reply> {
  const { c, context, r, path } = request;
  const law = portalLaw(context.law());
  const found = instrumentDetail(law, c.req.param('id') ?? '', await context.cityFacts());
  return found === null
    ? tell(request, refuse('portal.no-such-instrument').refusal)
    : pageReply(request, instrumentPage(r, found), { path });
}

function standard(request: PageRequest): Reply {
  const { c, context, r, path } = request;
  const found = standardByName(portalLaw(context.law()), c.req.param('name') ?? '');
  return found === null
    ? tell(request, refuse('portal.no-such-standard').refusal)
    : pageReply(request, standardPageView(r, standardPage(found)), { path });
}

async function term(request: PageRequest): Promise<Reply> {
  const { c, context, r, path } = request;
  const all = terms(portalLaw(context.law()), await context.cityFacts());
  const own = all.filter((one) => nameOfTerm(one) === c.req.param('name'));
  return own.length === 0
    ? tell(request, refuse('http.not-found').refusal)
    : pageReply(request, termPage(r, own), { path });
}

/** Patterns with what answers them; fixed ones first. */
export const lawAnswers: readonly (readonly [string, PageAnswer])[] = [
  ['/law', simple(({ r }, law, facts) => lawPage(r, instruments(law, facts)))],
  ['/law/changes', simple(({ r, site }, law) => changesPage(r, lawChanges(law), site.asOf))],
  ['/law/terms', simple(({ r }, law, facts) => termsPage(r, terms(law, facts)))],
  ['/law/terms/:name', term],
  ['/law/items', simple(({ r }, law) => itemsPage(r, directoryItems(law)))],
  ['/law/standards', simple(({ r }, law) => standardsPage(r, standards(law).map(standardPage)))],
  ['/law/standards/:name', standard],
  ['/law/unconfirmed', simple(({ r }, law, facts) => unconfirmedPage(r, unconfirmed(law, facts)))],
  ['/law/:id', instrument],
  ['/sources', simple(({ r }, law, facts) => sourcesPage(r, sources(law, facts)))],
  ['/scope', simple(({ r }) => scopePage(r, refusedMatters, personsAppear))],
  ['/help', simple(({ r }) => helpPage(r))],
];
