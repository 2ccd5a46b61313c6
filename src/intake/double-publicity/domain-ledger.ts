/** 外部台账 and 对账: reading a list of decisions, and telling record by record what is not here. Pure. */
import { type Day, dayFromParts } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { canonicalDocumentNumber } from '../../kernel/text/document-number.ts';
import { type ScriptVariants, canonicalName } from '../../kernel/text/organisation-name.ts';

/** One decision about one party, as a list tells it. */
export type LedgerEntry = {
  readonly rowNo: number;
  readonly documentNumber: string;
  readonly documentKey: string;
  readonly party: string;
  readonly partyKey: string;
  readonly decidedOn: Day;
  readonly address: string | null;
};

/** Where each thing stands in a list; `address` may be missing. */
export type LedgerColumns = Readonly<Record<'number' | 'party' | 'decided', number>> & {
  readonly address: number | null;
};

const headings: Readonly<Record<'number' | 'party' | 'decided' | 'address', RegExp>> = {
  number: /文号|document.?number/i,
  party: /相对人|当事人|被处罚|申请人|名称|party/i,
  decided: /决定.*(日期|时间)|日期|decided/i,
  address: /网址|链接|地址|url|address/i,
};

/** Finds the columns of a list by its heading; gives what is missing otherwise. */
export function ledgerColumns(heading: readonly string[]): LedgerColumns | readonly string[] {
  const at = (name: keyof typeof headings) =>
    heading.findIndex((text) => headings[name].test(text.trim()));
  const [number, party, decided, address] = [
    at('number'),
    at('party'),
    at('decided'),
    at('address'),
  ];
  const missing = [
    ...(number < 0 ? ['决定书文号'] : []),
    ...(party < 0 ? ['行政相对人'] : []),
    ...(decided < 0 ? ['决定日期'] : []),
  ];
  if (missing.length > 0) return missing;
  return { number, party, decided, address: address < 0 ? null : address };
}

function dayOfText(text: string): Day | null {
  const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text.trim());
  return match === null ? null : dayFromParts(Number(match[1]), Number(match[2]), Number(match[3]));
}

const charsMax = 500;

/**
 * One row of a list; `null` when it cannot be read, and when its party may be a person: names of two to
 * four characters are not kept, because nothing here is about persons.
 */
export function ledgerEntry(
  rowNo: number,
  cells: readonly string[],
  columns: LedgerColumns,
  variants: ScriptVariants,
): LedgerEntry | null {
  const cell = (index: number | null) => (index === null ? '' : (cells[index] ?? '').trim());
  const documentNumber = cell(columns.number);
  const party = cell(columns.party);
  const decidedOn = dayOfText(cell(columns.decided));
  const documentKey = canonicalDocumentNumber(documentNumber);
  const partyKey = canonicalName(party, variants);
  if (decidedOn === null || documentKey === '' || partyKey === '') return null;
  if (/^[\p{Script=Han}·*]{2,4}$/u.test(party)) return null;
  const address = cell(columns.address);
  if ([documentNumber, party, address].some((text) => text.length > charsMax)) return null;
  const web = /^https?:\/\/\S+$/.test(address) ? address : null;
  return { rowNo, documentNumber, documentKey, party, partyKey, decidedOn, address: web };
}

/** A party of a decision that is here: its record, and every name it goes or went by. */
export type HereParty = {
  readonly decision: Id;
  readonly recordId: Id;
  readonly nameKeys: readonly string[];
};

/**
 * Which record tells of each entry of one decision. Names decide; where one entry and one record are left
 * over and no name was written as registered, they are each other: a decision about one party is one.
 */
export function matchParties(
  entries: readonly { readonly partyKey: string }[],
  parties: readonly HereParty[],
): (HereParty | null)[] {
  const free = new Set(parties);
  const found = entries.map(({ partyKey }) => {
    const hit = [...free].find(({ nameKeys }) => nameKeys.includes(partyKey)) ?? null;
    if (hit !== null) free.delete(hit);
    return hit;
  });
  const left = found.flatMap((hit, index) => (hit === null ? [index] : []));
  const alone = entries.length === 1 && parties.length === 1 && left.length === 1;
  if (alone) found[left[0]!] = parties[0]!;
  return found;
}

/** What an officer found about a decision that is not here. */
export type Finding = 'concealed' | 'excused' | 'reported';

/** How an entry stands: here, waiting for its subject, or missing with or without a finding. */
export type EntryState = 'here' | 'waiting' | 'omitted' | Finding;

/** The state of an entry. What is here is here, whatever was found before it came. */
export function entryState(here: boolean, waiting: boolean, finding: Finding | null): EntryState {
  if (here) return 'here';
  if (waiting) return 'waiting';
  return finding ?? 'omitted';
}
