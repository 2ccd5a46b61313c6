/** Law as data for its officers: editions in order, one with what it rests on, proposals, dry runs. */
import type { Actor } from '../../../kernel/act.ts';
import { type Json, canonicalJson } from '../../../kernel/canonical.ts';
import type { Day } from '../../../kernel/day.ts';
import { type Refusal, type Result, ok, refuse } from '../../../kernel/result.ts';
import type { Document } from '../../../kernel/rulebook/document.ts';
import {
  type Edition,
  type Rulebook,
  editionKey,
  isInForce,
  reaches,
  standingOf,
} from '../../../kernel/rulebook/rulebook.ts';
import { makeLawView, rehearse } from '../../../archive/records/index.ts';
import {
  type DatedProposal,
  diffDocuments,
  editionOf,
  openProposals,
  problemsOf,
  proposalActions,
  readProposal,
  rulebookWith,
} from '../../../law/rulebook/index.ts';
import { listUnits } from '../../../register/units/index.ts';
import { shownText } from '../../portal/index.ts';
import type { OfficeDeps } from '../deps.ts';
import type { DifferenceView, EditionLine, EditionView, ProposalView } from './contract.ts';

const pageRows = 50;
const differencesMost = 200;
const valueChars = 400;
const rehearsedMost = 1_000;

type ActorFor = (needs: string) => Actor;
type Steps = readonly { readonly action: string; readonly refusal: Refusal | null }[];

function standing(document: Document, on: Day, place: string): EditionLine['standing'] {
  if (document.status === 'draft') return 'draft';
  if (!reaches(document.jurisdiction, place)) return 'elsewhere';
  if (isInForce(document, on)) return 'in-force';
  return document.validFrom > on ? 'not-yet' : 'ended';
}

function lineOf(deps: OfficeDeps, { document }: Pick<Edition, 'document'>): EditionLine {
  const { kind, id, edition, layer, jurisdiction, validFrom, validTo, confidence } = document;
  const key = editionKey(document);
  return {
    ...{ key, kind, id, edition, layer, jurisdiction, validFrom, validTo, confidence },
    title: { zh: document.title, en: document.titleEn },
    standing: standing(document, deps.clock.today(), deps.config.jurisdiction),
    confirmedByTwo: deps.rulebook().confirmed.has(key),
  };
}

/** What editions are asked for. */
export type EditionsAsked = {
  readonly standing?: string | undefined;
  readonly kind?: string | undefined;
  readonly after?: string | undefined;
};

/** One page of editions in the order of their names. A rulebook has hundreds. */
export function editionsFor(deps: OfficeDeps, asked: EditionsAsked) {
  const { editions } = deps.rulebook();
  const isWanted = (line: EditionLine) =>
    asked.standing === undefined ||
    (asked.standing === 'unconfirmed'
      ? line.confidence === 'unconfirmed' && !line.confirmedByTwo
      : line.standing === asked.standing);
  const lines = editions
    .filter(({ document }) => asked.kind === undefined || document.kind === asked.kind)
    .map((edition) => lineOf(deps, edition))
    .filter(isWanted)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const { after } = asked;
  const rest = after === undefined ? lines : lines.filter(({ key }) => key > after);
  const page = rest.slice(0, pageRows);
  return {
    editions: page,
    kinds: [...new Set(editions.map(({ document }) => document.kind))].sort(),
    next: rest.length > pageRows ? page.at(-1)!.key : null,
  };
}

/** The edition of the same thing that held before: the one it supersedes, else the last that began earlier. */
function before(rulebook: Rulebook, document: Document): Edition | null {
  const same = rulebook.editions.filter(
    (one) =>
      one.document.kind === document.kind &&
      one.document.id === document.id &&
      one.document.edition !== document.edition,
  );
  const named = same.find(({ document: other }) => other.edition === document.supersedes);
  if (named !== undefined) return named;
  const earlier = same.filter(({ document: other }) => other.validFrom < document.validFrom);
  return earlier.reduce<Edition | null>(
    (best, one) => (best === null || one.document.validFrom > best.document.validFrom ? one : best),
    null,
  );
}

function textOf(value: Json | undefined): string | null {
  if (value === undefined) return null;
  const text = typeof value === 'string' ? value : canonicalJson(value);
  return text.length > valueChars ? `${text.slice(0, valueChars)}…` : text;
}

function comparisonOf(rulebook: Rulebook, document: Document): EditionView['comparison'] {
  const earlier = before(rulebook, document);
  if (earlier === null) return null;
  const all = diffDocuments(earlier.document, document);
  const differences = all.slice(0, differencesMost).map(
    ({ path, ...one }): DifferenceView => ({
      ...{ path, before: textOf(one.before), after: textOf(one.after) },
    }),
  );
  const more = all.length - differences.length;
  return { against: editionKey(earlier.document), differences, more };
}

function citationsOf(rulebook: Rulebook, document: Document): EditionView['citations'] {
  return document.citation.map((pointer) => {
    const { validFrom, jurisdiction } = document;
    const found = standingOf(rulebook, pointer, validFrom, jurisdiction);
    const title = found.instrument?.title ?? pointer;
    return {
      ...{ pointer, state: found.state, number: found.instrument?.number ?? null },
      instrument: { zh: title, en: found.instrument?.titleEn ?? title },
      article: found.article?.cite ?? null,
    };
  });
}

/** One edition, with what the caller may do about it. Refuses `rulebook.no-such-edition`. */
export async function editionFor(deps: OfficeDeps, actorFor: ActorFor, key: string) {
  const rulebook = deps.rulebook();
  const found = rulebook.editions.find(({ document }) => editionKey(document) === key);
  if (found === undefined) return refuse('rulebook.no-such-edition', { edition: key });
  const { document, digest, recordedAt } = found;
  const waiting = (await openProposals(deps.database)).find((one) => one.editionKey === key);
  const view: Omit<EditionView, 'actions'> = {
    ...{ line: lineOf(deps, found), authority: document.authority, digest, recordedAt },
    ...{ note: document.note ?? null, sources: [...document.sources] },
    citations: citationsOf(rulebook, document),
    comparison: comparisonOf(rulebook, document),
    proposed: waiting?.proposalId ?? null,
  };
  const { position } = actorFor('rulebook:propose');
  const why = whyNotConfirm(deps, key, position, waiting !== undefined);
  const actions: Steps = [{ action: 'propose-confirmation', refusal: why }];
  return ok({ view, actions });
}

function whyNotConfirm(
  deps: OfficeDeps,
  edition: string,
  position: string,
  waits: boolean,
): Refusal | null {
  if (deps.rulebook().confirmed.has(edition)) {
    return refuse('rulebook.already-confirmed', { edition }).refusal;
  }
  if (waits) return refuse('rulebook.already-proposed', { edition }).refusal;
  const held = deps.positions().find(({ code }) => code === position);
  return held?.permissions.includes('rulebook:propose') === true
    ? null
    : refuse('door.not-permitted', { position, needs: 'rulebook:propose' }).refusal;
}

/** Proposals that wait. */
export async function proposalsFor({ database }: OfficeDeps) {
  const open = await openProposals(database);
  return open.map(({ proposalId, kind, editionKey: key, proposedAt }) => ({
    ...{ proposalId, kind: kind as 'confirmation' | 'edition', key, proposedAt },
  }));
}

const noSuchProposal = (proposal: string) => refuse('rulebook.no-such-proposal', { proposal });

/** One proposal, with what the caller may do. Refuses `rulebook.no-such-proposal`. */
export async function proposalFor(deps: OfficeDeps, actorFor: ActorFor, id: string) {
  const proposal = await readProposal(deps.database, id);
  if (proposal === null) return noSuchProposal(id);
  const rulebook = deps.rulebook();
  const now = deps.clock.now();
  const edition = editionOf(rulebook, proposal, now);
  const problems = problemsOf(rulebook, proposal, now);
  const { kind, state, steps } = proposal;
  const view: Omit<ProposalView, 'actions'> = {
    ...{ proposalId: id, kind, state },
    line: edition === null ? null : lineOf(deps, edition),
    citations: edition === null ? [] : citationsOf(rulebook, edition.document),
    comparison: edition === null ? null : comparisonOf(rulebook, edition.document),
    problems: problems.map(({ severity, code, detail }) => ({
      ...{ severity, code, detail: shownText(detail) },
    })),
    steps: steps.map(({ action, account, at }) => ({ action, account, at })),
  };
  return ok({ view, actions: proposalActions(proposal, problems, actorFor) as Steps });
}

/** A dry run of a proposal over stored records. Refuses `rulebook.no-such-proposal`. */
export async function rehearsalFor(deps: OfficeDeps, id: string) {
  const proposal = await readProposal(deps.database, id);
  if (proposal === null) return noSuchProposal(id);
  const { now, then } = await viewsOf(deps, proposal);
  const { isSample, ...found } = await rehearse(deps.database, { now, then }, rehearsedMost);
  return ok({
    ...{ on: then.on, looked: found.looked, sample: isSample, changed: found.changed },
    ...{ classChanged: found.classChanged, channels: found.channels },
    examples: [...found.examples],
  });
}

/** The law as it is and as it would be, both on the day on which the change takes effect. */
async function viewsOf(deps: OfficeDeps, proposal: DatedProposal) {
  const rulebook = deps.rulebook();
  const instant = deps.clock.now();
  const today = deps.clock.today();
  const begins = editionOf(rulebook, proposal, instant)?.document.validFrom ?? today;
  const on = begins > today ? begins : today;
  const place = deps.config.jurisdiction;
  const units = await listUnits(deps.database);
  const sectors = new Map(
    units.flatMap(({ code, sector }) => (sector === null ? [] : [[code, sector] as const])),
  );
  const view = (of: Rulebook) => makeLawView(of, place, on, sectors);
  return { now: view(rulebook), then: view(rulebookWith(rulebook, proposal, instant)) };
}

/** What a first officer proposes: one of the two. Refuses `rulebook.edition-or-text`. */
export function oneOf(asked: {
  readonly edition: string | null;
  readonly text: string | null;
}): Result<{ readonly edition: string } | { readonly text: string }> {
  const { edition, text } = asked;
  if (edition !== null && text === null) return ok({ edition });
  if (text !== null && edition === null) return ok({ text });
  return refuse('rulebook.edition-or-text');
}
