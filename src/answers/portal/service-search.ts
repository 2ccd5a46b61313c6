/** Search for the public: by number, by exact name, by part of a name; an individual business by the first two only. */
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { canonicalName } from '../../kernel/text/organisation-name.ts';
import {
  type FoundByCode,
  type FoundByName,
  type FoundSubject,
  findFiles,
  findByExactName,
  isListed,
  searchNames,
} from '../../register/subjects/index.ts';
import type { Hit, SearchPage } from './contract.ts';
import type { PortalContext } from './deps.ts';
import { shownText } from './domain-fields.ts';
import { type QueryRefusal, readQuery } from './domain-query.ts';
import { placeOf } from './service-registered.ts';
import { type PortalLaw, portalLaw } from './service-law.ts';

/** Hits of one page, and the most pages there are: whoever needs more has to say more. */
export const hitsPerPage = 20;
export const pagesMax = 5;

/** Names looked at where only those of one region are wanted, before the others are left out. */
const hitsBeforeRegion = 1_000;

/** Whether a division code lies in a region: `320102` in `320102`, `320100` and `320000`. */
export function liesIn(code: string | null, region: string): boolean {
  return code !== null && code.startsWith(region.replace(/(0000|00)$/, ''));
}

/**
 * Runs a search; `region`: only among organisations registered there, codes excepted. Refuses what
 * {@link readQuery} refuses.
 */
export async function search(
  context: PortalContext,
  typed: string,
  page: number,
  region: string | null = null,
): Promise<Result<SearchPage, QueryRefusal>> {
  const tables = context.linkTables();
  const query = readQuery(typed, tables);
  if (!query.ok) return query;
  const { text, code, doubtful } = query.value;
  const law = portalLaw(context.law());
  const byCode = code ? await findFiles(context.database, text, tables) : [];
  const exact = byCode.filter(({ by }) => by !== 'similar');
  if (doubtful && exact.length === 0) return refuse('portal.query-personal');
  const hits =
    exact.length > 0
      ? exact.map((found) => codeHit(law, found))
      : [
          ...byCode.map((found) => codeHit(law, found)),
          ...(await nameHits(context, law, { text, region })),
        ];
  const from = (page - 1) * hitsPerPage;
  return ok({
    query: text,
    page,
    more: hits.length > from + hitsPerPage && page < pagesMax,
    hits: hits.slice(from, from + hitsPerPage),
  });
}

async function nameHits(
  context: PortalContext,
  law: PortalLaw,
  { text, region }: { readonly text: string; readonly region: string | null },
): Promise<Hit[]> {
  const wanted = ({ subject }: FoundByName | FoundSubject) =>
    region === null || liesIn(subject.region, region);
  const most = region === null ? pagesMax * hitsPerPage + 1 : hitsBeforeRegion;
  const tables = context.linkTables();
  const [byName, alike] = await Promise.all([
    findByExactName(context.database, text, tables),
    // Always as many: a list that grew with the page would be in another order on each.
    searchNames(context.database, text, most),
  ]);
  const exact = [...byName].sort((a, b) => rankOf(a) - rankOf(b));
  const known = new Set(exact.map(({ subject }) => subject.subjectId));
  const others = alike.filter(
    // Search holds organisations only; said again here, because this is where it must hold.
    ({ subject }) => isListed(subject) && !known.has(subject.subjectId),
  );
  return [
    ...exact.filter(wanted).map((found) => exactHit(law, found)),
    ...others
      .filter(wanted)
      .map((found) => likeHit(law, found, (name) => canonicalName(name, tables.scriptVariants))),
  ];
}

const rankOf = ({ by }: FoundByName) => ({ present: 0, former: 1, other: 2 })[by];

function baseHit(law: PortalLaw, subject: FoundSubject['subject']) {
  return {
    subjectId: subject.subjectId,
    uscc: subject.uscc,
    name: shownText(subject.name),
    kind: subject.kind,
    status: subject.status,
    place: placeOf(law, subject),
  };
}

function codeHit(law: PortalLaw, { file: { subject }, by }: FoundByCode): Hit {
  return { ...baseHit(law, subject), by, matched: null, exact: by !== 'similar' };
}

function exactHit(law: PortalLaw, { subject, by, matched }: FoundByName): Hit {
  return {
    ...baseHit(law, subject),
    by,
    matched: by === 'present' ? null : shownText(matched),
    exact: true,
  };
}

function likeHit(
  law: PortalLaw,
  { subject, by, matched }: FoundSubject,
  canonical: (name: string) => string,
): Hit {
  const other = by === 'former' || by === 'other';
  const told = other && canonical(matched) !== canonical(subject.name) ? matched : null;
  return {
    ...baseHit(law, subject),
    by,
    matched: told === null ? null : shownText(told),
    exact: false,
  };
}
