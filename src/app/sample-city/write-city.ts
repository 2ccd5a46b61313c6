/**
 * The files of a sample city in a folder, with the list of what was planted in them. Nothing of it needs
 * a database; every file is made while it is written, so that millions of organisations need no memory.
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { addDays } from '../../kernel/day.ts';
import { cleanMonths, plantedIn } from './anomalies.ts';
import {
  type Standards,
  type TableContent,
  bytesOf,
  tableOfLines,
  tableOfRegistryLines,
} from './files.ts';
import { rowsOf } from './lines.ts';
import {
  type DirtyRow,
  type ManifestAnomaly,
  type ManifestFile,
  ManifestWriter,
  anomalyOf,
  declaredOf,
  spansOf,
} from './manifest.ts';
import { type CityPlan, storyDays } from './organisations.ts';
import { type FileOrder, declarations, fileOrders } from './orders.ts';
import { type Parties, partiesOf } from './parties.ts';
import { registryShares } from './registry-dirt.ts';
import { type RegistryOrder, registryLines, registryOrders } from './registry.ts';
import { monthOf } from './rhythm.ts';
import { tableOfUnhappyFile, unhappyFiles } from './unhappy-files.ts';
import { sampleUnits, unitOf } from './units.ts';

/** What was written. */
export type WrittenCity = {
  readonly files: number;
  readonly rows: number;
  readonly bytes: number;
  readonly anomalies: number;
};

/** How a city is written. */
export type WriteOptions = {
  readonly plan: CityPlan;
  readonly standards: Standards;
  readonly out: string;
  /** Told after each file. */
  readonly onFile: (files: number) => void;
};

type Told = Pick<
  ManifestFile,
  'provider' | 'unit' | 'item' | 'standard' | 'deliveredOn' | 'month' | 'planted'
>;

/** Rows of a table counted, and those that are not plain noted, while the table is read. */
class RowNotes {
  rows = 0;
  readonly dirt: DirtyRow[] = [];
  readonly marked: number[] = [];
  /** Number of the first row: the heading is row 1, but of JSON it is none. */
  private readonly first: number;

  constructor(content: Pick<TableContent, 'form'>) {
    this.first = content.form === 'json' ? 1 : 2;
  }

  note(kind: string | null, marked: boolean): void {
    const row = this.first + this.rows;
    this.rows += 1;
    if (kind !== null) this.dirt.push({ row, kind });
    if (marked) this.marked.push(row);
  }
}

/** Counts over the whole city. */
class Tally {
  files = 0;
  rows = 0;
  bytes = 0;
  registered = 0;
  readonly dirt = new Map<string, number>();

  add(file: ManifestFile): void {
    this.files += 1;
    this.rows += file.rows;
    this.bytes += file.bytes;
    if (file.item === registered) this.registered += file.rows;
    for (const { kind } of file.dirt) this.dirt.set(kind, (this.dirt.get(kind) ?? 0) + 1);
  }
}

const registered = 'base-registration';

class CityWriter {
  readonly tally = new Tally();
  readonly found = new Map<string, { file: string; rows: string }[]>();
  private readonly options: WriteOptions;
  private readonly manifest: ManifestWriter;
  private readonly parties: Parties;
  private readonly folders = new Set<string>();

  constructor(options: WriteOptions, manifest: ManifestWriter) {
    this.options = options;
    this.manifest = manifest;
    this.parties = partiesOf(options.plan);
  }

  async register(order: RegistryOrder): Promise<void> {
    const { plan, standards } = this.options;
    const notes = new RowNotes(order);
    const lines = function* () {
      for (const line of registryLines(plan, order)) {
        notes.note(line.dirt, false);
        yield line;
      }
    };
    const content = tableOfRegistryLines(order, standards, lines());
    await this.write(content, notes, 'registry', {
      ...tellOf(order.unit, order.deliveredOn),
      item: registered,
      standard: 'base-library@2026',
      planted: null,
    });
  }

  async delivery(order: FileOrder): Promise<void> {
    const { planted, source } = order;
    const notes = new RowNotes(source);
    const { parties } = this;
    const lines = function* () {
      let number = 0;
      for (const row of rowsOf(parties, order)) {
        const mine = planted !== null && number < order.rows && showsIn(order, row);
        notes.note(row.mistake, mine);
        number += 1;
        yield row;
      }
    };
    const content = tableOfLines(order, this.options.standards, lines());
    const file = await this.write(content, notes, monthOf(order.deliveredOn), {
      ...tellOf(source.unit, order.deliveredOn),
      item: source.item,
      standard: order.standard,
      planted: planted?.kind ?? null,
    });
    if (planted === null) return;
    const key = keyOf(planted);
    const seen = this.found.get(key) ?? [];
    this.found.set(key, [...seen, { file, rows: spansOf(notes.marked) }]);
  }

  async refused(file: ReturnType<typeof unhappyFiles>[number]): Promise<void> {
    const content = tableOfUnhappyFile(file, this.options.standards);
    const notes = new RowNotes(content);
    const rows = function* () {
      for (const row of content.rows) {
        notes.note(file.why, false);
        yield row;
      }
    };
    await this.write({ ...content, rows: rows() }, notes, monthOf(file.deliveredOn), {
      ...tellOf(file.unit, file.deliveredOn),
      item: file.item,
      standard: 'refused',
      planted: null,
    });
  }

  private async write(
    content: TableContent,
    notes: RowNotes,
    folder: string,
    told: Told,
  ): Promise<string> {
    const { out, onFile } = this.options;
    if (!this.folders.has(folder)) await mkdir(resolve(out, folder), { recursive: true });
    this.folders.add(folder);
    const file = `${folder}/${content.fileName}`;
    const hash = createHash('sha256');
    let bytes = 0;
    const measured = async function* () {
      for await (const piece of bytesOf(content)) {
        hash.update(piece);
        bytes += piece.length;
        yield piece;
      }
    };
    const target = createWriteStream(resolve(out, file));
    await pipeline(Readable.from(measured(), { objectMode: false }), target);
    const { rows, dirt } = notes;
    const { form } = content;
    const entry = { file, ...told, form, rows, bytes, sha256: hash.digest('hex'), dirt };
    this.tally.add(entry);
    await this.manifest.file(entry);
    onFile(this.tally.files);
    return file;
  }
}

function tellOf(key: FileOrder['source']['unit'], deliveredOn: RegistryOrder['deliveredOn']) {
  const { code, name } = unitOf(key);
  return { provider: code, unit: name, deliveredOn, month: monthOf(deliveredOn) };
}

const keyOf = ({
  kind,
  unit,
  item,
  month,
}: Pick<ManifestAnomaly, 'kind' | 'item' | 'month'> & {
  readonly unit: string;
}) => `${kind}/${unit}/${item}/${month}`;

/** Whether a row of a planted file is one in which the anomaly is to be seen. */
function showsIn({ planted, source }: FileOrder, row: { mistake: string | null; values: object }) {
  if (planted?.kind === 'error-burst') return row.mistake === planted.mistake;
  if (planted?.kind !== 'code-share') return true;
  const values = row.values as Readonly<Record<string, string>>;
  return source.item === 'penalty'
    ? values['CF_CFLB'] === '警告'
    : values['XK_XKLB'] === '其他-备案';
}

/** Dirt of registers as counted over real rows, and as it came out here. */
function registryDirtShares({ dirt, registered: rows }: Tally) {
  return Object.entries(registryShares).map(([kind, aimed]) => {
    const count = dirt.get(kind) ?? 0;
    return { kind, aimed: round(aimed), got: round(count / Math.max(1, rows)), rows: count };
  });
}

function rowDirtShares({ dirt, rows, registered: registers }: Tally) {
  return [...dirt]
    .filter(([kind]) => !(kind in registryShares))
    .map(([kind, count]) => ({
      kind,
      got: round(count / Math.max(1, rows - registers)),
      rows: count,
    }))
    .sort((a, b) => (a.kind < b.kind ? -1 : 1));
}

const round = (share: number) => Number(share.toPrecision(4));

/** Writes the registers, the deliveries of two years, and `manifest.json` beside them. */
export async function writeCity(options: WriteOptions): Promise<WrittenCity> {
  const { plan, out } = options;
  await mkdir(out, { recursive: true });
  const manifest = new ManifestWriter(createWriteStream(resolve(out, 'manifest.json')));
  const orders = fileOrders(plan);
  await manifest.begin({
    what: '样例数据：主体、单位、内容全部虚构 sample data: everything in it is invented',
    ...plan,
    from: addDays(plan.anchor, -storyDays),
    cleanMonths: cleanMonths(plan),
    units: sampleUnits.map(({ code, name, kind, level, sector }) => ({
      code,
      name,
      kind,
      level,
      sector,
    })),
    declared: declarations(plan, orders).map(declaredOf),
  });
  const city = new CityWriter(options, manifest);
  for (const order of registryOrders(plan)) await city.register(order);
  for (const order of orders) await city.delivery(order);
  for (const file of unhappyFiles(plan)) await city.refused(file);
  const anomalies = plantedIn(plan).map((item) =>
    anomalyOf(item, city.found.get(keyOf(item)) ?? []),
  );
  const { tally } = city;
  await manifest.end({
    anomalies,
    registryDirt: registryDirtShares(tally),
    rowDirt: rowDirtShares(tally),
  });
  const { files, rows, bytes } = tally;
  return { files, rows, bytes, anomalies: anomalies.length };
}
