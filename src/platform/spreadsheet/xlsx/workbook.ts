/** What a workbook says about itself: its sheets, its shared strings, its formats, what it brings along. */
import { type Result, ok, refuse } from '../../../kernel/result.ts';
import type { ProblemList } from '../problems.ts';
import type { Limits, TableRefusal } from '../table.ts';
import { shownText } from '../text/cut-text.ts';
import { scanPart } from './scan-part.ts';
import { attributeOf } from './xml-scanner.ts';
import type { ZipParts } from './zip-parts.ts';

/** A worksheet as the workbook lists it. */
export type SheetEntry = { readonly name: string; readonly part: string; readonly hidden: boolean };

/** What reading a sheet needs to know of its workbook. */
export type Workbook = {
  readonly sheets: readonly SheetEntry[];
  /** Dates count from 1904-01-01 instead of 1900-01-01. */
  readonly date1904: boolean;
  readonly sharedStringsPart: string | null;
  readonly stylesPart: string | null;
};

type Relation = { readonly id: string; readonly type: string; readonly target: string };

const sheetsMax = 1_000;
const relationsMax = 10_000;

/** Resolves a target relative to the folder of the part that names it. */
export function resolveTarget(basePart: string, target: string): string {
  const base = target.startsWith('/') ? [] : basePart.split('/').slice(0, -1);
  for (const step of target.split('/')) {
    if (step === '..') base.pop();
    else if (step !== '' && step !== '.') base.push(step);
  }
  return base.join('/');
}

function relationsPartOf(part: string): string {
  const slash = part.lastIndexOf('/');
  return `${part.slice(0, slash + 1)}_rels/${part.slice(slash + 1)}.rels`;
}

async function readRelations(
  parts: ZipParts,
  part: string,
  limits: Limits,
): Promise<Result<readonly Relation[], TableRefusal>> {
  const relations: Relation[] = [];
  const name = relationsPartOf(part);
  if (!parts.has(name)) return ok(relations);
  const open = (element: string, attributes: readonly string[]): void => {
    if (element !== 'Relationship' || relations.length >= relationsMax) return;
    // What points outside the file is never followed; it is reported by the parts it leaves behind.
    if (attributeOf(attributes, 'TargetMode') === 'External') return;
    relations.push({
      id: attributeOf(attributes, 'Id') ?? '',
      type: attributeOf(attributes, 'Type') ?? '',
      target: resolveTarget(part, attributeOf(attributes, 'Target') ?? ''),
    });
  };
  const scanned = await scanPart(
    parts,
    name,
    { open, close: ignore, text: ignore },
    {
      limits,
      bytesMax: limits.partBytesMax,
    },
  );
  return scanned.ok ? ok(relations) : scanned;
}

function ignore(): void {}

/** The transitional and the strict edition name their relations differently, but end alike. */
function isOfType(relation: Relation, type: string): boolean {
  return relation.type.endsWith(`/${type}`);
}

/** Other kinds of file that come in the same container, by a part only they have. */
const strangers: readonly { readonly part: RegExp; readonly code: TableRefusal['code'] }[] = [
  { part: /^xl\/workbook\.bin$/, code: 'table.binary-workbook' },
  { part: /^content\.xml$/, code: 'table.open-document' },
  { part: /^(word|ppt)\//, code: 'table.office-document' },
];

function refuseStranger(parts: ZipParts): Result<never, TableRefusal> {
  const names = parts.names();
  for (const { part, code } of strangers) {
    if (names.some((name) => part.test(name))) return refuse(code);
  }
  return refuse('table.archive');
}

const companions: readonly {
  readonly part: RegExp;
  readonly kind: 'macros' | 'external-links' | 'embedded-objects';
}[] = [
  { part: /(^|\/)vbaproject\.bin$|^xl\/macrosheets\//, kind: 'macros' },
  { part: /^xl\/externallinks\/[^/]+\.xml$|^xl\/connections\.xml$/, kind: 'external-links' },
  { part: /^xl\/(embeddings|activex|ctrlprops)\//, kind: 'embedded-objects' },
];

/** Reports what a workbook brings along besides cells. None of it is opened. */
function reportCompanions(parts: ZipParts, problems: ProblemList): void {
  for (const name of parts.names()) {
    for (const { part, kind } of companions) {
      if (part.test(name)) problems.add(kind, `part:${name}`);
    }
  }
}

type SheetMention = { readonly name: string; readonly relation: string; readonly hidden: boolean };

/** Reads the workbook part and its relations. Refuses what is no workbook. */
export async function readWorkbook(
  parts: ZipParts,
  limits: Limits,
  problems: ProblemList,
): Promise<Result<Workbook, TableRefusal>> {
  const roots = await readRelations(parts, '', limits);
  if (!roots.ok) return roots;
  const document = roots.value.find((relation) => isOfType(relation, 'officeDocument'));
  const workbookPart = document?.target ?? 'xl/workbook.xml';
  if (!parts.has(workbookPart) || !/^xl\/|workbook\.xml$/i.test(workbookPart)) {
    return refuseStranger(parts);
  }
  if (/\.bin$/i.test(workbookPart)) return refuse('table.binary-workbook');
  reportCompanions(parts, problems);
  const mentions: SheetMention[] = [];
  let date1904 = false;
  const open = (element: string, attributes: readonly string[]): void => {
    if (element === 'workbookPr') date1904 = isTrue(attributeOf(attributes, 'date1904'));
    if (element === 'sheet' && mentions.length < sheetsMax) mentions.push(mention(attributes));
  };
  const scanned = await scanPart(
    parts,
    workbookPart,
    { open, close: ignore, text: ignore },
    {
      limits,
      bytesMax: limits.partBytesMax,
    },
  );
  if (!scanned.ok) return scanned;
  const relations = await readRelations(parts, workbookPart, limits);
  if (!relations.ok) return relations;
  const part = (type: string): string | null => {
    const found = relations.value.find((relation) => isOfType(relation, type));
    return found !== undefined && parts.has(found.target) ? found.target : null;
  };
  const sheets = listSheets(mentions, relations.value);
  return ok({
    sheets,
    date1904,
    sharedStringsPart: part('sharedStrings'),
    stylesPart: part('styles'),
  });
}

/** `true` and `1`, the two ways XML writes it. */
export function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}

function mention(attributes: readonly string[]): SheetMention {
  const state = attributeOf(attributes, 'state');
  let relation = '';
  for (let index = 0; index < attributes.length; index += 2) {
    // `r:id`, whatever the prefix is; `sheetId` is something else.
    if (/^[^:]+:id$/.test(attributes[index]!)) relation = attributes[index + 1]!;
  }
  const hidden = state === 'hidden' || state === 'veryHidden';
  return { name: shownText(attributeOf(attributes, 'name') ?? ''), relation, hidden };
}

/** Worksheets only: charts and dialogues are sheets too, but hold no rows. */
function listSheets(
  mentions: readonly SheetMention[],
  relations: readonly Relation[],
): readonly SheetEntry[] {
  return mentions.flatMap(({ name, relation, hidden }) => {
    const target = relations.find((candidate) => candidate.id === relation);
    if (target === undefined || !isOfType(target, 'worksheet')) return [];
    return [{ name, part: target.target, hidden }];
  });
}

/** The sheet to read: the one asked for, or else the first visible one. Reports all others. */
export function chooseSheet(
  sheets: readonly SheetEntry[],
  wanted: string | undefined,
  problems: ProblemList,
): Result<SheetEntry, TableRefusal> {
  const visible = sheets.filter((sheet) => !sheet.hidden);
  const chosen = wanted === undefined ? visible[0] : sheets.find((sheet) => sheet.name === wanted);
  if (chosen === undefined) {
    if (wanted === undefined) return refuse('table.no-sheet');
    const names = sheets.map((sheet) => sheet.name).join('、');
    return refuse('table.sheet-missing', { sheet: wanted, sheets: names.slice(0, 500) });
  }
  for (const sheet of sheets) if (sheet.hidden) problems.add('hidden-sheet', `sheet:${sheet.name}`);
  if (visible.length > 1) {
    const others = visible.filter((sheet) => sheet !== chosen).map((sheet) => sheet.name);
    problems.add('several-sheets', `sheet:${chosen.name}`, others.join('、').slice(0, 500));
  }
  return ok(chosen);
}
