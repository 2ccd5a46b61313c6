/** The content of a row as the text its digest is taken of. */
import { canonicalJson, quoteJson } from '../canonical.ts';
import { canonicalDocumentNumber } from '../text/document-number.ts';
import type { Field, Standard } from './standards.ts';

/** Values of a row by field id. */
export type RowValues = Readonly<Record<string, string>>;

/**
 * Writes the content of rows of a standard: canonical JSON of what is held back from show and of every
 * value, in which other brackets of a document number or more noughts of an amount are no news (D01), so
 * that two rows are the same exactly if their texts are. Written without an object between, because every
 * row of every delivery passes here.
 */
export function contentWriter({
  fields,
}: Standard): (values: RowValues, heldShow: readonly string[]) => string {
  const sorted = [...fields].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const parts = sorted.map((field) => ({ id: field.id, key: `${quoteJson(field.id)}:`, field }));
  return (values, heldShow) => {
    let text = `{"heldShow":${canonicalJson([...heldShow].sort())},"values":{`;
    let separator = '';
    for (const { id, key, field } of parts) {
      const value = values[id];
      if (value === undefined) continue;
      text += `${separator}${key}${quoteJson(comparable(value, field))}`;
      separator = ',';
    }
    return `${text}}}`;
  };
}

function comparable(value: string, { role, type }: Field): string {
  if (role === 'document-number') return canonicalDocumentNumber(value);
  return type === 'decimal' ? plainNumber(value) : value;
}

/** `0.200000` and `00.2` are the number 0.2; what is no plain number stays as it is. */
function plainNumber(text: string): string {
  if (!/^\d+(\.\d+)?$/.test(text)) return text;
  const [whole = '', fraction = ''] = text.split('.');
  const kept = fraction.replace(/0+$/, '');
  return `${whole.replace(/^0+(?=\d)/, '')}${kept === '' ? '' : `.${kept}`}`;
}
