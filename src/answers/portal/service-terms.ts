/** Standards and terms as the public reads them, and what nobody has confirmed yet. */
import type { Standard } from '../../kernel/rulebook/standards.ts';
import type { Bound, ChannelRow, Regime } from '../../kernel/rulebook/terms.ts';
import type { Document } from '../../kernel/rulebook/document.ts';
import { rowsOf } from '../../kernel/rulebook/tables.ts';
import { editionKey, editionsOf, isInForce, reaches } from '../../kernel/rulebook/rulebook.ts';
import { standardNamed, standardsOf } from '../../law/directory/index.ts';
import type { CityFacts } from './deps.ts';
import { type ValueNames, conditionWords } from './domain-condition.ts';
import { isPublicField } from './domain-fields.ts';
import type {
  StandardHead,
  StandardPage,
  TermPage,
  TermRow,
  UnconfirmedEdition,
  Words,
} from './law/contract.ts';
import { type PortalLaw, cited, confirmationOf } from './service-law.ts';

const nameOf = (standard: Pick<Standard, 'id' | 'edition'>) => `${standard.id}@${standard.edition}`;

/** Standards in force, in the order of their names; items with fields of their own come last. */
export function standards(law: PortalLaw): Standard[] {
  const shared = editionsOf(law.rulebook, 'standard')
    .map(({ document }) => document)
    .filter((document) => isInForce(document, law.on));
  const own = [...law.items.values()]
    .filter(({ item }) => item.fields !== undefined)
    .flatMap((found) => standardsOf(law.rulebook, found)[0] ?? []);
  return [...shared, ...own];
}

/** A standard by its name `id@edition`, older editions too; `null` when it is not known. */
export function standardByName(law: PortalLaw, name: string): Standard | null {
  const named = standardNamed(law.rulebook, name);
  // A draft is nobody's law yet.
  if (named !== null && named.status !== 'draft') return named;
  return standards(law).find((standard) => nameOf(standard) === name) ?? null;
}

function lengthOf(field: Standard['fields'][number]): string {
  const decimals = field.decimals === undefined ? '' : `.${field.decimals}`;
  return field.maxLength === undefined ? '' : `${field.maxLength}${decimals}`;
}

/** A standard as it stands in a list. */
export function standardHead(standard: Standard): StandardHead {
  return {
    name: nameOf(standard),
    title: { zh: standard.title, en: standard.titleEn },
    authority: standard.authority,
    validFrom: standard.validFrom,
    validTo: standard.validTo,
    confidence: standard.confidence,
    note: standard.note ?? null,
    refused: standard.refuse?.message ?? null,
    template: standard.refuse === undefined,
  };
}

/** A standard as its page tells it. */
export function standardPage(standard: Standard): StandardPage {
  return {
    ...standardHead(standard),
    fields: standard.fields.map((field) => ({
      id: field.id,
      name: field.name,
      type: field.type,
      required: field.required,
      length: lengthOf(field),
      codeList: field.codeList ?? null,
      isPublic: isPublicField(field, 'penalty'),
      note: field.note ?? null,
    })),
    rules: standard.rules.map(({ id, severity, message, advice }) => ({
      id,
      severity,
      message,
      advice,
    })),
  };
}

const startWords: Readonly<Record<string, Words>> = {
  determination: { zh: '认定（决定）日期', en: 'the determination' },
  publicity: { zh: '首次公示日期', en: 'first publicity' },
  'valid-from': { zh: '有效期起始日', en: 'the first valid day' },
  'end-of-conduct': { zh: '行为终了日期', en: 'the end of the conduct' },
  'valid-until': { zh: '有效期至', en: 'the last valid day' },
  'public-until': { zh: '来源单位填报的公示截止期', en: 'the end reported by the source' },
  'ended-on': { zh: '移出（终止）日期', en: 'the day of removal' },
};

function boundWords(bound: Bound): Words {
  if ('after' in bound) {
    const from = startWords[bound.after.from]!;
    const { months } = bound.after;
    return { zh: `${from.zh}起满${months}个月`, en: `${months} months after ${from.en}` };
  }
  return startWords[bound.field]!;
}

const opensWords: Readonly<Record<ChannelRow['opens'], Words>> = {
  receipt: { zh: '自收到之日起', en: 'from receipt' },
  never: { zh: '不开放', en: 'never open' },
  evidence: { zh: '自有证据证明救济期届满之日起', en: 'once the remedy period is proved over' },
};

/** One row of a regime as a sentence: for whom, from when, until the earliest of what. */
export function rowWords(
  row: Pick<ChannelRow, 'opens' | 'ends' | 'minMonths'>,
  only: Words | null = null,
): Words {
  const sentence = openingWords(row);
  if (only === null) return sentence;
  return { zh: `${only.zh}的，${sentence.zh}`, en: `where ${only.en}: ${sentence.en}` };
}

function openingWords(row: Pick<ChannelRow, 'opens' | 'ends' | 'minMonths'>): Words {
  const opens = opensWords[row.opens];
  if (row.opens === 'never') return opens;
  const ends = row.ends.map(boundWords);
  const until =
    ends.length === 0
      ? { zh: '，没有规定截止日期', en: ', no end set' }
      : {
          zh: `，至${ends.map(({ zh }) => zh).join('、')}${ends.length > 1 ? '中较早的一日' : ''}`,
          en: ` until ${ends.length > 1 ? 'the earlier of ' : ''}${ends.map(({ en }) => en).join(' and ')}`,
        };
  const least =
    row.minMonths === undefined || row.minMonths === 0
      ? { zh: '', en: '' }
      : {
          zh: `；满${row.minMonths}个月后可以申请修复`,
          en: `; repair may be asked for after ${row.minMonths} months`,
        };
  return { zh: `${opens.zh}${until.zh}${least.zh}`, en: `${opens.en}${until.en}${least.en}` };
}

/** Code tables in which values of facts have names. */
const factTables: Readonly<Record<string, string>> = {
  procedure: 'procedure',
  kinds: 'penalty-kind',
  publicationKind: 'publication-kind',
  intent: 'intent',
};

function valueNames(law: PortalLaw): ValueNames {
  const sectors = new Map(
    editionsOf(law.rulebook, 'sectors').flatMap(({ document }) =>
      document.sectors.map(({ code, name, nameEn }) => [code, { zh: name, en: nameEn }] as const),
    ),
  );
  return (fact, value) => {
    if (fact === 'sector') return sectors.get(value) ?? { zh: value, en: value };
    const table = factTables[fact];
    const row =
      table === undefined
        ? undefined
        : rowsOf(law.rulebook, table).find(({ code }) => code === value);
    return { zh: row?.name ?? value, en: value.toLowerCase() };
  };
}

/** For which sectors a term is made; `null`: for all. */
function sectorWords(term: Term, names: ValueNames): Words | null {
  if (!('sectors' in term)) return null;
  const { only, except } = term.sectors;
  const list = (codes: readonly string[]) => codes.map((code) => names('sector', code));
  if (only !== undefined) {
    return {
      zh: `只适用于${list(only)
        .map(({ zh }) => zh)
        .join('、')}领域`,
      en: `for ${list(only)
        .map(({ en }) => en)
        .join(', ')} only`,
    };
  }
  if (except === undefined) return null;
  return {
    zh: `不适用于${list(except)
      .map(({ zh }) => zh)
      .join('、')}领域`,
    en: `not for ${list(except)
      .map(({ en }) => en)
      .join(', ')}`,
  };
}

function regimeRows(law: PortalLaw, regime: Regime): TermRow[] {
  const names = valueNames(law);
  return (['show', 'share', 'use', 'report'] as const).flatMap((channel) =>
    (regime.channels[channel] ?? []).map((row) => ({
      channel,
      class: row.class,
      text: rowWords(row, row.only === undefined ? null : conditionWords(row.only, names)),
      basis: row.basis.map((pointer) => cited(law, pointer)),
      confidence: row.confidence,
      note: row.note ?? null,
    })),
  );
}

type Term = Extract<Document, { kind: TermPage['kind'] }>;

function rowsOfTerm(law: PortalLaw, term: Term): TermRow[] {
  const cite = (pointers: readonly string[]) => pointers.map((pointer) => cited(law, pointer));
  switch (term.kind) {
    case 'regime':
      return regimeRows(law, term);
    case 'classes':
      return [
        ...term.rows.map((row) => ({
          channel: null,
          class: row.class as string,
          text: { zh: row.text, en: row.textEn },
          basis: cite(row.basis),
          confidence: row.confidence,
          note: null,
        })),
        {
          channel: null,
          class: 'unknown',
          text: { zh: term.default.text, en: term.default.textEn },
          basis: cite(term.default.basis),
          confidence: term.default.confidence,
          note: null,
        },
      ];
    case 'local-bound':
      return [
        {
          channel: null,
          class: '*',
          text: {
            zh: `自${startWords[term.from]!.zh}起不超过${term.years}年`,
            en: `at most ${term.years} years after ${startWords[term.from]!.en}`,
          },
          basis: cite(term.basis),
          confidence: term.confidence,
          note: null,
        },
      ];
    case 'transition':
      return [
        {
          channel: null,
          class: '*',
          text:
            term.rule === 'new-only'
              ? {
                  zh: `自${term.since}起，以前的信息只按新的期限执行`,
                  en: `from ${term.since} on, older records follow the new term only`,
                }
              : {
                  zh: `自${term.since}起，以前的信息按新旧两个期限中较短的执行`,
                  en: `from ${term.since} on, older records follow the shorter of both terms`,
                },
          basis: cite(term.citation),
          confidence: term.confidence,
          note: null,
        },
      ];
  }
}

function termPage(law: PortalLaw, term: Term, facts: CityFacts): TermPage {
  return {
    id: term.id,
    kind: term.kind,
    edition: term.edition,
    title: { zh: term.title, en: term.titleEn },
    authority: term.authority,
    jurisdiction: term.jurisdiction,
    validFrom: term.validFrom,
    validTo: term.validTo,
    state: law.on < term.validFrom ? 'not-yet' : isInForce(term, law.on) ? 'in-force' : 'ended',
    confidence: term.confidence,
    confirmed: confirmationOf(facts.confirmers.get(editionKey(term))),
    note: term.note ?? null,
    applies: sectorWords(term, valueNames(law)),
    rows: rowsOfTerm(law, term),
  };
}

const termKinds = ['regime', 'classes', 'local-bound', 'transition'] as const;

/** All terms that reach this place, those in force first. */
export function terms(law: PortalLaw, facts: CityFacts): TermPage[] {
  const rank = { 'in-force': 0, 'not-yet': 1, ended: 2 };
  return termKinds
    .flatMap((kind) => editionsOf(law.rulebook, kind).map(({ document }) => document as Term))
    .filter((term) => term.status !== 'draft' && reaches(term.jurisdiction, law.place))
    .map((term) => termPage(law, term, facts))
    .sort((a, b) => rank[a.state] - rank[b.state]);
}

/** Editions that rest on no text anybody read in full, with the officers who confirmed them if any. */
export function unconfirmed(law: PortalLaw, facts: CityFacts): UnconfirmedEdition[] {
  return law.rulebook.editions
    .filter(
      ({ document }) =>
        document.status !== 'draft' &&
        document.confidence === 'unconfirmed' &&
        reaches(document.jurisdiction, law.place),
    )
    .map(({ document }) => ({
      key: editionKey(document),
      title: { zh: document.title, en: document.titleEn },
      validFrom: document.validFrom,
      confirmed: confirmationOf(facts.confirmers.get(editionKey(document))),
      note: document.note ?? null,
    }));
}
