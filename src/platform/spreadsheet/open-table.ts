/** Opens a table of any kind: looks at the first bytes and hands over to the reader for them. */
import { createReadStream } from 'node:fs';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { JsonReader } from './json/json-reader.ts';
import { ProblemList } from './problems.ts';
import { recogniseBinary, recogniseText } from './recognise-content.ts';
import {
  type Delimiter,
  type Limits,
  type OpenOptions,
  type RawRow,
  type Table,
  type TableFormat,
  type TableRefusal,
  type TableSource,
  defaultLimits,
} from './table.ts';
import { ByteSource } from './text/byte-source.ts';
import { shownText } from './text/cut-text.ts';
import { DelimitedReader } from './text/delimited.ts';
import { type EncodingGuess, isUtf32, recogniseEncoding } from './text/recognise-encoding.ts';
import { TextInput } from './text/text-input.ts';
import { openXlsx } from './xlsx/open-xlsx.ts';

/**
 * Opens a table. Recognises XLSX, delimited text (comma, tab, semicolon, bar) in UTF-8, UTF-16 and
 * GB18030, JSON and NDJSON. Refuses what can not be read as a table at all; everything smaller is a
 * problem of the table or of a row. Throws only when the source itself fails (no such file, connection
 * lost).
 */
export async function openTable(
  source: TableSource,
  options: OpenOptions = {},
): Promise<Result<Table, TableRefusal>> {
  const opened = await open(source, options);
  return opened.ok ? opened : { ok: false, refusal: shown(opened.refusal) };
}

/** Names of parts are the sender's; whoever keeps a refusal must be able to. */
function shown({ code, params }: TableRefusal): TableRefusal {
  const texts = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === 'string' ? shownText(value) : value,
  ]);
  return { code, params: Object.fromEntries(texts) as TableRefusal['params'] };
}

async function open(
  source: TableSource,
  options: OpenOptions,
): Promise<Result<Table, TableRefusal>> {
  const limits: Limits = { ...defaultLimits, ...options.limits };
  const path = 'path' in source ? source.path : null;
  const bytes = new ByteSource('path' in source ? createReadStream(source.path) : source.stream());
  try {
    const sample = await bytes.sample(limits.sampleBytes);
    const binary = recogniseBinary(sample);
    if (binary === 'zip') {
      bytes.close();
      if (path === null) return refuse('table.needs-file');
      return await openXlsx(path, { ...options, limits });
    }
    const opened =
      binary === null
        ? await openText(bytes, sample, { ...options, limits })
        : refuse(binary.refused, { found: binary.found });
    if (!opened.ok) bytes.close();
    return opened;
  } catch (error) {
    bytes.close();
    throw error;
  }
}

type TextOptions = OpenOptions & { readonly limits: Limits };

async function openText(
  bytes: ByteSource,
  sample: Buffer,
  options: TextOptions,
): Promise<Result<Table, TableRefusal>> {
  const { limits } = options;
  if (isUtf32(sample)) return refuse('table.encoding-unsupported', { found: 'UTF-32' });
  const complete = bytes.endsWithin(limits.sampleBytes);
  const guess = recogniseEncoding(sample, complete, options.encoding);
  const problems = new ProblemList();
  reportMark(guess, problems, options);
  const input = new TextInput(bytes, guess, { limits, problems });
  const { sampleBytes } = limits;
  while (!input.ended && input.text.trimStart().length < 4096 && input.text.length < sampleBytes) {
    await input.more(0);
  }
  if (input.ended && input.text.trim() === '') return refuse('table.empty');
  const content = recogniseText(input.text);
  if (content === 'markup') return refuse('table.markup');
  if (content === 'other-json') return refuse('table.json-shape');
  const base = { bytes, input, problems };
  if (content === 'list' || content === 'object') {
    const reader = new JsonReader(input, { limits, problems });
    await reader.prepare();
    return ok(textTable(base, reader.inList ? 'json' : 'ndjson', reader));
  }
  const { delimiter } = options;
  const settings = delimiter === undefined ? { limits, problems } : { limits, problems, delimiter };
  const reader = new DelimitedReader(input, settings);
  await reader.prepare();
  return ok(textTable(base, 'csv', reader));
}

function reportMark(guess: EncodingGuess, problems: ProblemList, options: OpenOptions): void {
  const { encoding, bomBytes } = guess;
  if (bomBytes > 0) problems.add('bom', 'byte:0', encoding);
  const wide = encoding === 'utf-16le' || encoding === 'utf-16be';
  if (wide && bomBytes === 0 && options.encoding === undefined) {
    problems.add('byte-order', 'byte:0', encoding);
  }
}

type TextReader = {
  readonly delimiter?: Delimiter;
  readonly batches: () => AsyncGenerator<readonly RawRow[]>;
};

function textTable(
  base: { readonly bytes: ByteSource; readonly input: TextInput; readonly problems: ProblemList },
  format: TableFormat,
  reader: TextReader,
): Table {
  const { delimiter } = reader;
  return {
    format,
    get encoding() {
      return base.input.encoding;
    },
    ...(delimiter === undefined ? {} : { delimiter }),
    problems: base.problems.entries,
    async *batches() {
      try {
        yield* reader.batches();
      } finally {
        base.bytes.close();
      }
    },
    close: async () => base.bytes.close(),
  };
}
