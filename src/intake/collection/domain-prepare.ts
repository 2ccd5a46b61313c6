/** How a checked row is made ready for the archive: keys, digests, typed values. Pure. */
import { sha256Hex } from '../../kernel/canonical.ts';
import type { Day } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import type { FactValue, Facts } from '../../kernel/rules.ts';
import { contentWriter } from '../../kernel/rulebook/content-text.ts';
import type { Standard } from '../../kernel/rulebook/standards.ts';
import { canonicalDocumentNumber } from '../../kernel/text/document-number.ts';
import type { CheckedRow, RowContent } from './checks/domain.ts';
import type { PreparedRow } from './domain.ts';

/** A digest over parts in one order, as a 128-bit key; given by the archive, which owns the keys. */
export type KeyOf = (domain: string, parts: readonly (string | null)[]) => Id;

/** For whom and as what rows arrive. */
export type PrepareContext = {
  readonly item: string;
  readonly provider: string;
  readonly standard: Standard;
  readonly keyOf: KeyOf;
};

/** Facts the class and the windows are resolved from; everything else stays in the values. */
const keptFacts = [
  'procedure',
  'intent',
  'state',
  'publicationKind',
  'fineFen',
  'confiscatedFen',
  'kinds',
] as const;

/** Makes rows of one delivery ready for the archive, once they passed their checks. */
export function makePreparer(context: PrepareContext): (checked: CheckedRow) => PreparedRow {
  const { item, provider, keyOf } = context;
  const standard = `${context.standard.id}@${context.standard.edition}`;
  const keep = keeper(context.standard);
  const textOf = contentWriter(context.standard);
  return (checked) => {
    const { content, heldShow } = checked;
    const values = keep(content.values());
    const decidedOn = dayOnly(content.day('decided-on'));
    const documentNumber =
      content.text('document-number') ?? content.text('document-number-fallback') ?? null;
    const documentKey = documentNumber === null ? null : canonicalDocumentNumber(documentNumber);
    const authorityCode = content.text('authority-code') ?? null;
    const authorityName = content.text('authority-name') ?? null;
    const authority = authorityCode ?? authorityName;
    const contentDigest = sha256Hex(textOf(values, heldShow));
    return {
      item,
      standard,
      provider,
      sourceKey: sourceKeyOf(content, context, { authority, documentKey, contentDigest }),
      rowVersion: content.text('row-version') ?? null,
      op: operationOf(content),
      authorityCode,
      authorityName,
      documentNumber,
      decisionKey:
        documentKey === null
          ? null
          : keyOf('decision', [authority ?? provider, documentKey, decidedOn]),
      decidedOn,
      validFrom: dayOnly(content.day('valid-from')),
      validUntil: content.day('valid-until') ?? null,
      publicUntil: content.day('public-until') ?? null,
      endedOn: dayOnly(content.day('ended-on')),
      kinds: content.list('kinds') ?? [],
      fineFen: content.fen('fine')?.toString() ?? null,
      confiscatedFen: content.fen('confiscated')?.toString() ?? null,
      facts: factsOf(content),
      values,
      contentDigest,
      heldShow,
    };
  };
}

type Values = Readonly<Record<string, string>>;

/** Fields nobody may ever see are checked and then forgotten. */
function keeper({ fields }: Standard): (values: Values) => Values {
  const forgotten = new Set(
    fields.filter(({ audience }) => audience === 'never').map(({ id }) => id),
  );
  const order = fields.map(({ id }) => id).filter((id) => !forgotten.has(id));
  return (values) => {
    const kept: Record<string, string> = {};
    for (const id of order) {
      const value = values[id];
      if (value !== undefined) kept[id] = value;
    }
    return kept;
  };
}

function dayOnly(value: Day | 'long-term' | undefined): Day | null {
  return value === undefined || value === 'long-term' ? null : value;
}

function factsOf(content: RowContent): Facts {
  const facts: Record<string, FactValue> = {};
  for (const name of keptFacts) {
    const value = content.fact(name);
    if (value !== undefined && value !== null) facts[name] = value;
  }
  const severity = content.fact('severity');
  if (typeof severity === 'string' && severity !== 'unknown') facts['reportedClass'] = severity;
  const category = content.fact('subjectCategory');
  if (typeof category === 'string') facts['subjectKind'] = category;
  return facts;
}

function operationOf(content: RowContent): PreparedRow['op'] {
  const given = content.list('operation')?.[0];
  return given === 'U' || given === 'W' || given === 'D' ? given : 'I';
}

/**
 * The key a provider speaks under: its own row id where it sends one, else document and party, else
 * the content itself. The decision date is no part of it, so that a corrected date is a correction.
 */
function sourceKeyOf(
  content: RowContent,
  { item, provider, keyOf }: PrepareContext,
  found: {
    readonly authority: string | null;
    readonly documentKey: string | null;
    readonly contentDigest: string | null;
  },
): Id {
  const rowId = content.text('source-row-id');
  if (rowId !== undefined) return keyOf('source', [provider, item, 'row', rowId]);
  if (found.documentKey === null) {
    return keyOf('source', [provider, item, 'content', found.contentDigest]);
  }
  return keyOf('source', [
    provider,
    item,
    'document',
    found.authority,
    found.documentKey,
    partyOf(content),
  ]);
}

function partyOf(content: RowContent): string | null {
  const placeholder = content.fact('subjectCodePlaceholder') === true;
  return (
    (placeholder ? undefined : content.text('subject-code')) ??
    content.text('subject-organisation-code') ??
    content.text('subject-registration-number') ??
    content.text('subject-name') ??
    null
  );
}

/**
 * The key a rejected row would have had, so that its correction can be known as one; `null` where what
 * makes the key could not be read, and for every row about a natural person.
 */
export function keyOfRejected(checked: CheckedRow, context: PrepareContext): Id | null {
  const { content } = checked;
  if (checked.natural) return null;
  const number = content.text('document-number') ?? content.text('document-number-fallback');
  if (content.text('source-row-id') === undefined) {
    if (number === undefined || partyOf(content) === null) return null;
  }
  const documentKey = number === undefined ? null : canonicalDocumentNumber(number);
  const authority = content.text('authority-code') ?? content.text('authority-name') ?? null;
  return sourceKeyOf(content, context, { authority, documentKey, contentDigest: null });
}
