/**
 * The list of what was put into the files of a sample city on purpose: anomalies, and the dirt of every
 * row. Written as it goes, so that a large city needs no more memory than a small one.
 */
import type { Writable } from 'node:stream';
import { once } from 'node:events';
import type { Planted } from './anomalies.ts';
import type { Declared } from './orders.ts';
import { unitOf } from './units.ts';

/** A row that is not plain, by the number by which findings name it. */
export type DirtyRow = { readonly row: number; readonly kind: string };

/** One file of the city as the list tells of it. */
export type ManifestFile = {
  readonly file: string;
  readonly provider: string;
  readonly unit: string;
  /** `base-registration` for registers. */
  readonly item: string;
  readonly standard: string;
  readonly form: string;
  readonly deliveredOn: string;
  readonly month: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly planted: Planted['kind'] | null;
  readonly dirt: readonly DirtyRow[];
};

/** A planted anomaly with the files and rows in which it is to be seen; none where no file came. */
export type ManifestAnomaly = Omit<Planted, 'unit'> & {
  readonly provider: string;
  readonly unit: string;
  readonly files: readonly { readonly file: string; readonly rows: string }[];
};

/** Row numbers as spans, `2-9,11`. */
export function spansOf(rows: readonly number[]): string {
  const spans: string[] = [];
  for (let index = 0; index < rows.length;) {
    let last = index;
    while (rows[last + 1] === rows[last]! + 1) last += 1;
    spans.push(last === index ? `${rows[index]}` : `${rows[index]}-${rows[last]}`);
    index = last + 1;
  }
  return spans.join(',');
}

/** A planted anomaly as the list tells of it. */
export function anomalyOf(planted: Planted, files: ManifestAnomaly['files']): ManifestAnomaly {
  const { unit, ...rest } = planted;
  const { code, name } = unitOf(unit);
  return { ...rest, provider: code, unit: name, files };
}

/** A declared count as the list tells of it. */
export function declaredOf({ source, month, on, ...counts }: Declared) {
  const { code, name } = unitOf(source.unit);
  const { produced, published, notReported } = counts;
  const said = { produced, published, notReported };
  return { provider: code, unit: name, item: source.item, month, declaredOn: on, ...said };
}

/** Writes the list piece by piece. */
export class ManifestWriter {
  private readonly target: Writable;
  private first = true;

  constructor(target: Writable) {
    this.target = target;
  }

  /** Everything that is known before the first file. */
  async begin(head: Readonly<Record<string, unknown>>): Promise<void> {
    const text = JSON.stringify(head, null, 2);
    await this.write(`${text.slice(0, text.lastIndexOf('}')).trimEnd()},\n  "files": [`);
  }

  async file(entry: ManifestFile): Promise<void> {
    await this.write(`${this.first ? '' : ','}\n    ${JSON.stringify(entry)}`);
    this.first = false;
  }

  /** What is known only when all files are written. */
  async end(tail: Readonly<Record<string, unknown>>): Promise<void> {
    await this.write(`\n  ],${JSON.stringify(tail, null, 2).slice(1)}\n`);
    this.target.end();
    await once(this.target, 'finish');
  }

  private async write(text: string): Promise<void> {
    if (!this.target.write(text)) await once(this.target, 'drain');
  }
}
