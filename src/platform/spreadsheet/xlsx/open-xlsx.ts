/** Opens a workbook for reading: everything that may be refused is refused here, before any row. */
import { type Result, ok } from '../../../kernel/result.ts';
import { Batch } from '../batching.ts';
import { ProblemList } from '../problems.ts';
import {
  type Limits,
  type OpenOptions,
  type RawRow,
  type Table,
  type TableRefusal,
  storedCharsMax,
} from '../table.ts';
import { findMergedRanges } from './merged-ranges.ts';
import { readLooks } from './number-formats.ts';
import { partText, refusalOf } from './scan-part.ts';
import { readSharedStrings } from './shared-strings.ts';
import { SheetRows, type SheetSettings } from './sheet-rows.ts';
import { chooseSheet, readWorkbook } from './workbook.ts';
import { BadXml, XmlScanner } from './xml-scanner.ts';
import { DamagedPart, type ZipParts, openZip } from './zip-parts.ts';

/** A sheet ready to be read. */
type Prepared = { readonly name: string; readonly part: string; readonly settings: SheetSettings };

async function prepare(
  parts: ZipParts,
  problems: ProblemList,
  options: OpenOptions & { readonly limits: Limits },
): Promise<Result<Prepared, TableRefusal>> {
  const { limits } = options;
  const workbook = await readWorkbook(parts, limits, problems);
  if (!workbook.ok) return workbook;
  const { sheets, date1904, stylesPart, sharedStringsPart } = workbook.value;
  const sheet = chooseSheet(sheets, options.sheet, problems);
  if (!sheet.ok) return sheet;
  const { part, name } = sheet.value;
  const checked = parts.check(part, limits.sheetBytesMax, limits);
  if (!checked.ok) return checked;
  const begun = await checkBeginning(parts, part, limits);
  if (!begun.ok) return begun;
  const looks = stylesPart === null ? ok([]) : await readLooks(parts, stylesPart, limits);
  if (!looks.ok) return looks;
  const strings =
    sharedStringsPart === null
      ? ok(null)
      : await readSharedStrings(parts, sharedStringsPart, limits);
  if (!strings.ok) return strings;
  const merged = await findMergedRanges(parts, part, limits);
  if (!merged.ok) return merged;
  const settings: SheetSettings = {
    strings: strings.value,
    looks: looks.value,
    date1904,
    formulas: options.formulas ?? 'unreadable',
    limits,
    problems,
    merged: merged.value,
  };
  return ok({ name, part, settings });
}

/** Reads the sheet up to its rows, so that what must be refused is refused before any row. */
async function checkBeginning(
  parts: ZipParts,
  part: string,
  limits: Limits,
): Promise<Result<true, TableRefusal>> {
  let begun = false;
  const open = (name: string): void => {
    begun ||= name === 'sheetData';
  };
  const nothing = (): void => undefined;
  const scanner = new XmlScanner({ open, close: nothing, text: nothing }, storedCharsMax(limits));
  try {
    for await (const piece of partText(parts, part)) {
      scanner.write(piece);
      scanner.run();
      if (begun) return ok(true);
    }
    scanner.end();
    return ok(true);
  } catch (error) {
    const refusal = refusalOf(error, part);
    // What breaks among the rows is reported where it breaks.
    return begun && refusal.code === 'table.damaged' ? ok(true) : { ok: false, refusal };
  }
}

/** The rows of a prepared sheet. Damage met on the way ends them and is reported, not thrown. */
async function* readRows(parts: ZipParts, sheet: Prepared): AsyncGenerator<readonly RawRow[]> {
  const { limits, problems } = sheet.settings;
  const batch = new Batch(limits);
  const pause = (): void => {
    if (batch.full) scanner.pause();
  };
  const rows = new SheetRows(sheet.settings, batch, pause);
  const scanner = new XmlScanner(rows, storedCharsMax(limits));
  try {
    for await (const piece of partText(parts, sheet.part)) {
      scanner.write(piece);
      while (!scanner.run()) yield batch.take();
    }
    scanner.end();
  } catch (error) {
    if (!(error instanceof BadXml || error instanceof DamagedPart)) throw error;
    problems.add('damaged', `row:${rows.rowNumber}`, `${sheet.part}: ${error.message}`);
  }
  if (!batch.empty) yield batch.take();
  rows.conclude();
}

/** Opens the workbook at `path`. */
export async function openXlsx(
  path: string,
  options: OpenOptions & { readonly limits: Limits },
): Promise<Result<Table, TableRefusal>> {
  const problems = new ProblemList();
  const opened = await openZip(path, options.limits, problems);
  if (!opened.ok) return opened;
  const parts = opened.value;
  const prepared = await prepare(parts, problems, options).catch(async (error: unknown) => {
    await parts.close();
    throw error;
  });
  if (!prepared.ok) {
    await parts.close();
    return prepared;
  }
  return ok({
    format: 'xlsx',
    sheet: prepared.value.name,
    problems: problems.entries,
    async *batches() {
      try {
        yield* readRows(parts, prepared.value);
      } finally {
        await parts.close();
      }
    },
    close: () => parts.close(),
  });
}
