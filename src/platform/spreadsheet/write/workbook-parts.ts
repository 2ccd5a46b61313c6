/** The fixed parts of a workbook with one sheet, and those of its notes. */
import { columnName } from '../xlsx/cell-reference.ts';
import { escapeText } from '../xlsx/escaped-text.ts';

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageRelationships = 'http://schemas.openxmlformats.org/package/2006/relationships';
const contentTypes = 'http://schemas.openxmlformats.org/package/2006/content-types';
const sheetMl = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Numbers of the cell styles in {@link stylesPart}. All are text format, `@`. */
export const styles = { text: 1, heading: 2, highlighted: 3 } as const;

/** A note at a cell; row as on the sheet, column from 0. */
export type Note = { readonly row: number; readonly column: number; readonly text: string };

/** A name Excel accepts: at most 31 characters, none of `[ ] : * ? / \`, no apostrophe at the ends. */
export function sheetName(wanted: string): string {
  const allowed = wanted.replace(/[[\]:*?/\\\0-\x1f\p{Cs}]/gu, '_').slice(0, 31);
  return allowed.replace(/\p{Cs}$/u, '').replace(/^'+|'+$/g, '') || 'Sheet1';
}

/** `[Content_Types].xml`. */
export function contentTypesPart(hasNotes: boolean): string {
  const notes = hasNotes
    ? `<Override PartName="/xl/comments1.xml" ContentType="${sheetMl}.comments+xml"/>`
    : '';
  const drawing = hasNotes
    ? '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
    : '';
  return (
    `${declaration}<Types xmlns="${contentTypes}">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    `<Default Extension="xml" ContentType="application/xml"/>${drawing}` +
    `<Override PartName="/xl/workbook.xml" ContentType="${sheetMl}.sheet.main+xml"/>` +
    `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${sheetMl}.worksheet+xml"/>` +
    `<Override PartName="/xl/styles.xml" ContentType="${sheetMl}.styles+xml"/>${notes}</Types>`
  );
}

function relations(list: readonly (readonly [type: string, target: string])[]): string {
  const items = list.map(
    ([type, target], index) =>
      `<Relationship Id="rId${index + 1}" Type="${relationships}/${type}" Target="${target}"/>`,
  );
  return `${declaration}<Relationships xmlns="${packageRelationships}">${items.join('')}</Relationships>`;
}

/** `_rels/.rels`. */
export const rootRelationsPart = relations([['officeDocument', 'xl/workbook.xml']]);

/** `xl/_rels/workbook.xml.rels`. */
export const workbookRelationsPart = relations([
  ['worksheet', 'worksheets/sheet1.xml'],
  ['styles', 'styles.xml'],
]);

/** `xl/worksheets/_rels/sheet1.xml.rels`, for a sheet with notes. */
export const sheetRelationsPart = relations([
  ['vmlDrawing', '../drawings/vmlDrawing1.vml'],
  ['comments', '../comments1.xml'],
]);

/** `xl/workbook.xml`. */
export function workbookPart(sheet: string): string {
  const name = escapeText(sheetName(sheet)).replaceAll('"', '&quot;');
  return (
    `${declaration}<workbook xmlns="${main}" xmlns:r="${relationships}">` +
    '<bookViews><workbookView/></bookViews>' +
    `<sheets><sheet name="${name}" sheetId="1" r:id="rId1"/></sheets></workbook>`
  );
}

function format(details: string, body = ''): string {
  const start = `<xf numFmtId="49" ${details} xfId="0" applyNumberFormat="1"`;
  return body === '' ? `${start}/>` : `${start} ${body}`;
}

function solidFill(colour: string): string {
  return `<fill><patternFill patternType="solid"><fgColor rgb="${colour}"/><bgColor indexed="64"/></patternFill></fill>`;
}

/** `xl/styles.xml`: plain, text, heading, highlighted. */
export const stylesPart =
  `${declaration}<styleSheet xmlns="${main}">` +
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>' +
  '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>' +
  '<fills count="4"><fill><patternFill patternType="none"/></fill>' +
  '<fill><patternFill patternType="gray125"/></fill>' +
  `${solidFill('FFE7E6E6')}${solidFill('FFFFC7CE')}</fills>` +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
  format('fontId="0" fillId="0" borderId="0"') +
  format(
    'fontId="1" fillId="2" borderId="0"',
    'applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>',
  ) +
  format('fontId="0" fillId="3" borderId="0"', 'applyFill="1"/>') +
  '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>' +
  '</styleSheet>';

/** What stands in front of the rows: frozen heading, column widths, text format for whole columns. */
export function sheetStart(columns: number, widths: readonly number[]): string {
  const cols: string[] = [];
  for (let column = 0; column < columns; column += 1) {
    const width = widths[column] ?? 18;
    cols.push(
      `<col min="${column + 1}" max="${column + 1}" width="${width}" style="${styles.text}" customWidth="1"/>`,
    );
  }
  return (
    `${declaration}<worksheet xmlns="${main}" xmlns:r="${relationships}">` +
    '<sheetViews><sheetView tabSelected="1" workbookViewId="0">' +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' +
    '<selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>' +
    '<sheetFormatPr defaultRowHeight="15"/>' +
    (cols.length > 0 ? `<cols>${cols.join('')}</cols>` : '') +
    '<sheetData>'
  );
}

/** What stands behind the rows. Excel is told not to offer turning codes into numbers. */
export function sheetEnd(hasNotes: boolean): string {
  return (
    '</sheetData><ignoredErrors><ignoredError sqref="A1:XFD1048576" numberStoredAsText="1"/></ignoredErrors>' +
    (hasNotes ? '<legacyDrawing r:id="rId1"/>' : '') +
    '</worksheet>'
  );
}

/** `xl/comments1.xml`. */
export function notesPart(notes: readonly Note[]): string {
  const items = notes.map(
    ({ row, column, text }) =>
      `<comment ref="${columnName(column)}${row}" authorId="0"><text><r><t xml:space="preserve">` +
      `${escapeText(text)}</t></r></text></comment>`,
  );
  return (
    `${declaration}<comments xmlns="${main}"><authors><author></author></authors>` +
    `<commentList>${items.join('')}</commentList></comments>`
  );
}

/** `xl/drawings/vmlDrawing1.vml`: without a shape for each note Excel does not show it. */
export function notesDrawingPart(notes: readonly Note[]): string {
  const shapes = notes.map(
    ({ row, column }, index) =>
      `<v:shape id="_x0000_s${1025 + index}" type="#_x0000_t202" ` +
      'style="position:absolute;margin-left:60pt;margin-top:1pt;width:180pt;height:60pt;z-index:1;visibility:hidden" ' +
      'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:path o:connecttype="none"/>' +
      '<v:textbox style="mso-direction-alt:auto"/><x:ClientData ObjectType="Note"><x:MoveWithCells/>' +
      `<x:SizeWithCells/><x:AutoFill>False</x:AutoFill><x:Row>${row - 1}</x:Row>` +
      `<x:Column>${column}</x:Column></x:ClientData></v:shape>`,
  );
  return (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" ' +
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">' +
    '<o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" ' +
    'o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>' +
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>' +
    `${shapes.join('')}</xml>`
  );
}
