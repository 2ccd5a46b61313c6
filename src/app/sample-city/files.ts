/** Files of the sample city as streams of bytes, in the forms departments send. */
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Result, assert } from '../../kernel/result.ts';
import type { Standard } from '../../kernel/rulebook/standards.ts';
import { type RowsSource, writeCsv, writeXlsx } from '../../platform/spreadsheet/index.ts';
import { type SampleRow, rowsOf } from './lines.ts';
import type { CityPlan } from './organisations.ts';
import type { Parties } from './parties.ts';
import { type RegistryLine, type RegistryOrder, registryLines } from './registry.ts';
import { registryFields } from './registry-row.ts';
import type { FileOrder } from './orders.ts';
import type { FileForm } from './sources.ts';
import { unitOf } from './units.ts';

/** A table before it is written. */
export type TableContent = {
  readonly fileName: string;
  readonly form: FileForm;
  readonly sheet: string;
  readonly headings: readonly string[];
  readonly rows: Iterable<readonly string[]>;
};

const endings: Readonly<Record<FileForm, string>> = {
  xlsx: 'xlsx',
  'csv-utf8': 'csv',
  'csv-gb18030': 'csv',
  'csv-utf16': 'txt',
  json: 'json',
};

/** Finds a standard by `id@edition`; the city is made from the rulebook it runs under. */
export type Standards = (name: string) => Standard;

// Columns that this platform adds to the double-publicity template.
const ownColumns = new Set(['CF_CFCX', 'CF_SXDJ']);

// Columns a system of its own sends beside those of the template.
const controlColumns = new Set(['FE_ID', 'OP', 'SRC_UPDATED_AT']);

/** The table of one delivery. */
export function tableOfOrder(
  parties: Parties,
  order: FileOrder,
  standards: Standards,
): TableContent {
  return tableOfLines(order, standards, rowsOf(parties, order));
}

/** The table of one delivery with these rows. */
export function tableOfLines(
  order: FileOrder,
  standards: Standards,
  lines: Iterable<SampleRow>,
): TableContent {
  const { source } = order;
  const standard = standards(order.standard);
  const fields = fieldsOf(order, standards);
  const rows = function* () {
    for (const { values } of lines) yield fields.map(({ id }) => values[id] ?? '');
  };
  const { name } = unitOf(source.unit);
  const date = order.deliveredOn.replaceAll('-', '');
  const serial = String(order.fileNo + 1).padStart(3, '0');
  const title = standard.template?.sheet ?? standard.title;
  return {
    fileName: `${title}_${name}_${date}_${serial}.${endings[source.form]}`,
    form: source.form,
    sheet: title.slice(0, 31),
    headings: fields.map((field) => (source.codedHeadings === true ? field.id : field.name)),
    rows: rows(),
  };
}

function fieldsOf({ source, standard }: FileOrder, standards: Standards) {
  const own = standards(standard).fields.filter(
    ({ id }) => source.ownColumns === true || !ownColumns.has(id),
  );
  if (source.controlColumns !== true) return own;
  const control = standards('control-columns@2026').fields;
  return [...own, ...control.filter(({ id }) => controlColumns.has(id))];
}

/** The table of one register file. */
export function tableOfRegistry(
  plan: CityPlan,
  order: RegistryOrder,
  standards: Standards,
): TableContent {
  return tableOfRegistryLines(order, standards, registryLines(plan, order));
}

/** The table of one register file with these rows. */
export function tableOfRegistryLines(
  order: RegistryOrder,
  standards: Standards,
  lines: Iterable<RegistryLine>,
): TableContent {
  const { fields } = standards('base-library@2026');
  const date = order.deliveredOn.replaceAll('-', '');
  return {
    fileName: `${order.name}_${unitOf(order.unit).name}_${date}.${endings[order.form]}`,
    form: order.form,
    sheet: order.name.slice(0, 31),
    headings: registryFields.map((id) => fields.find((field) => field.id === id)!.name),
    rows: cellsOf(lines),
  };
}

function* cellsOf(lines: Iterable<{ readonly cells: readonly string[] }>) {
  for (const { cells } of lines) yield cells;
}

function* withHeading(content: TableContent): Generator<readonly string[]> {
  yield content.headings;
  yield* content.rows;
}

function* jsonPieces({ headings, rows }: TableContent): Generator<Buffer> {
  let text = '[\n';
  let first = true;
  for (const row of rows) {
    const filled = headings.flatMap((heading, index) =>
      row[index] === '' ? [] : [[heading, row[index]] as const],
    );
    text += `${first ? '' : ',\n'}${JSON.stringify(Object.fromEntries(filled))}`;
    first = false;
    if (text.length < 64 * 1024) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(`${text}\n]\n`);
}

/** The bytes of a table. Rows are made while they are read; nothing is held. */
export function bytesOf(content: TableContent): AsyncIterable<Uint8Array> | Iterable<Uint8Array> {
  if (content.form === 'json') return jsonPieces(content);
  const target = new PassThrough();
  // A reader that stops early destroys the stream; the writer then has nobody to tell.
  write(target, content).catch((error: Error) => target.destroy(error));
  return target;
}

async function write(target: PassThrough, content: TableContent): Promise<void> {
  if (content.form === 'xlsx') {
    const { sheet, headings: header, rows } = content;
    const written: Result<unknown> = await writeXlsx(target, { sheet, header, rows });
    assert(written.ok, 'a sheet of the sample city has room for its rows');
    return;
  }
  const rows = withHeading(content) satisfies RowsSource;
  if (content.form !== 'csv-utf16') {
    const encoding = content.form === 'csv-utf8' ? 'utf-8-bom' : 'gb18030';
    await writeCsv(target, rows, { encoding });
    return;
  }
  const text = new PassThrough();
  const written = writeCsv(text, rows, { encoding: 'utf-8-bom', delimiter: '\t' });
  await Promise.all([written, pipeline(text, utf16, target)]);
}

/** UTF-8 to UTF-16 with the low byte first; the byte order mark stays. */
async function* utf16(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for await (const piece of pieces) {
    yield Buffer.from(decoder.decode(piece, { stream: true }), 'utf16le');
  }
}
