/** Reading one cell of a column: by the type of its field, into what it says and what is wrong with it. */
import { redact, scanPersonalData } from '../../../kernel/personal-data.ts';
import type { Field } from '../../../kernel/rulebook/standards.ts';
import { collapseBlanks, tidyName } from '../../../kernel/text/normalise.ts';
import { type CheckTables, canonicalOf } from './domain.ts';
import { readCode, readDay, readFen, splitList } from './domain-cells.ts';
import { checkCode } from './domain-codes.ts';
import { type CellReading, type RuleBook, addFinding, derive, fitsLength } from './domain-state.ts';

/** Where a field stands and what its cells are read against. */
export type ColumnPlace = {
  readonly column: number;
  readonly tables: CheckTables;
  readonly rules: RuleBook;
};

/** Notes in a reading what a text that is not empty says as a value of the field. */
export type ReadCell = (reading: CellReading, raw: string) => void;

/** The reader of a field's cells. */
export function compileReader(field: Field, { column, tables, rules }: ColumnPlace): ReadCell {
  switch (field.type) {
    case 'date':
      return dateReader(field, column, rules);
    case 'decimal':
    case 'integer':
      return numberReader(field, column, rules);
    case 'enum':
    case 'enum-list':
      return listReader(field, column, tables, rules);
    case 'code':
      return (reading, raw) => checkCode(reading, raw, { field, column, tables, rules });
    case 'text':
      return textReader(field, column, rules);
  }
}

function keep(reading: CellReading, field: Field, value: string): void {
  reading.value = value;
  if (field.role !== undefined) reading.text = value;
}

function textReader(field: Field, column: number, rules: RuleBook): ReadCell {
  const isName = field.role === 'subject-name' || field.role === 'authority-name';
  return (reading: CellReading, raw: string) => {
    const value = isName ? tidyName(raw) : tidyText(raw);
    fitsLength(reading, value, { field, column, rules });
    if (!field.freeText) {
      keep(reading, field, value);
      return;
    }
    const hits = scanPersonalData(value);
    if (hits.length > 0) derive(reading, 'personal', true);
    keep(reading, field, hits.length === 0 ? value : redact(value, hits));
  };
}

const plainText = /^[\u4E00-\u9FFF，。；：、（）《》“”〔〕!-~]*$/;

/** Free text keeps its line breaks; everything invisible and every run of blanks goes. */
function tidyText(raw: string): string {
  if (plainText.test(raw)) return raw;
  if (!/[\r\n]/.test(raw)) return collapseBlanks(raw.normalize('NFC'));
  return raw
    .normalize('NFC')
    .split(/\r\n|\r|\n/)
    .map((line) => collapseBlanks(line))
    .filter((line) => line !== '')
    .join('\n');
}

function dateReader(field: Field, column: number, rules: RuleBook): ReadCell {
  return (reading: CellReading, raw: string) => {
    const value = readDay(raw, field.longTerm ?? []);
    if (value === null) {
      addFinding(reading, rules.builtIn('date'), { field, column, value: raw });
      return;
    }
    if (field.role !== undefined) reading.day = value;
    reading.value = value === 'long-term' ? (field.longTerm?.[0] ?? '长期') : value;
  };
}

function numberReader(field: Field, column: number, rules: RuleBook): ReadCell {
  return (reading: CellReading, raw: string) => {
    const text = collapseBlanks(raw);
    const fen = field.type === 'integer' ? readInteger(text) : readFen(text, field);
    if (fen === null || fen > BigInt(Number.MAX_SAFE_INTEGER)) {
      const words = { unit: field.unit ?? '', decimals: field.decimals ?? 0 };
      addFinding(reading, rules.builtIn('number'), { field, column, value: raw }, words);
      return;
    }
    if (field.type === 'decimal' && field.role !== undefined) reading.fen = fen;
    keep(reading, field, text);
  };
}

function readInteger(text: string): bigint | null {
  return /^\d{1,15}$/.test(text) ? BigInt(text) : null;
}

function listReader(field: Field, column: number, tables: CheckTables, rules: RuleBook): ReadCell {
  const list = field.codeList === undefined ? undefined : tables.codeLists.get(field.codeList);
  return (reading: CellReading, raw: string) => {
    const parts = field.type === 'enum-list' ? splitList(raw) : [collapseBlanks(raw)];
    if (list === undefined) {
      keep(reading, field, parts.join('；'));
      return;
    }
    const read = parts.map((part) => readCode(part, list, field.otherPrefix));
    if (parts.length === 0 || read.includes(null)) {
      const words = { allowed: list.names.join('、') };
      addFinding(reading, rules.builtIn('code-list'), { field, column, value: raw }, words);
      return;
    }
    const found = read as NonNullable<(typeof read)[number]>[];
    reading.value = found.map((item) => item.text).join('；');
    if (field.role === undefined) return;
    reading.text = reading.value;
    reading.list = [...new Set(found.flatMap((item) => canonicalOf(item.row)))];
  };
}
