/** A base library of made names as a file, streamed: name, code, former name. */
import { Readable } from 'node:stream';
import { assert } from '../../kernel/result.ts';
import { openTable } from '../../platform/spreadsheet/index.ts';
import { type ImportReport, importRegistry } from '../../register/subjects/index.ts';
import { type Installation, baseLibraryStandards } from '../installation.ts';
import { officer } from '../sample-city/actors.ts';
import { sampleOrganisationCode, sampleUscc } from '../sample-city/codes.ts';
import { type MadeName, type NameSource, makeName } from './names.ts';

/** What a registry is made of: the `rows` names of a source under a seed. */
export type MadeRegistry = {
  readonly source: NameSource;
  readonly seed: number;
  readonly rows: number;
};

/** The organisation with a number: its name and its code, of a block that is never issued. */
export function organisationAt(
  { source, seed }: MadeRegistry,
  number: number,
): { readonly made: MadeName; readonly uscc: string } {
  const made = makeName(source, seed, number);
  return { made, uscc: sampleUscc('91', sampleOrganisationCode('MA', number)) };
}

const linesPerPiece = 1_000;

function* piecesOf(registry: MadeRegistry): Generator<string> {
  let lines = ['企业名称,统一社会信用代码,曾用名称,成立日期'];
  for (let number = 0; number < registry.rows; number += 1) {
    const { made, uscc } = organisationAt(registry, number);
    lines.push(`${made.name},${uscc},${made.former ?? ''},2019-05-06`);
    if (lines.length < linesPerPiece) continue;
    yield `${lines.join('\n')}\n`;
    lines = [];
  }
  if (lines.length > 0) yield `${lines.join('\n')}\n`;
}

/** Imports the registry as `xinheng registry import` does. */
export async function importMade(
  installation: Installation,
  registry: MadeRegistry,
  onProgress: (rows: number) => void,
): Promise<ImportReport> {
  const table = await openTable({ stream: () => Readable.from(piecesOf(registry)) });
  assert(table.ok, `bench registry: ${JSON.stringify(table)}`);
  const { seed, rows } = registry;
  const imported = await importRegistry(installation, {
    fileName: 'bench.csv',
    digest: `bench/${seed}/${rows}`,
    table: table.value,
    standards: baseLibraryStandards(installation.rulebook()),
    tables: installation.linkTables(),
    actor: officer,
    onProgress,
  });
  assert(imported.ok, `bench registry: ${JSON.stringify(imported)}`);
  await table.value.close();
  return imported.value;
}
