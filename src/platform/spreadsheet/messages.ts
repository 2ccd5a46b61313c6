/**
 * Words for refusals and problems, Chinese first. `{name}` stands for a parameter of the refusal, or for
 * `{text}` of a cell's and `{detail}` of a table's problem. Each refusal says what to do.
 */
import type { ProblemKind } from './problems.ts';
import type { TableRefusalCode } from './table.ts';

/** The same sentence in Chinese and English. */
export type Words = { readonly zh: string; readonly en: string };

/** Why a file was not read, and what to do. */
export const refusalWords: Readonly<Record<TableRefusalCode | 'table.sheet-full', Words>> = {
  'table.empty': {
    zh: '文件里没有内容。请检查是否选错了文件，或导出是否完成。',
    en: 'The file has no content. Please check that it is the right file and was exported completely.',
  },
  'table.old-excel': {
    zh: '这是旧版 Excel（.xls）文件，系统不读取。请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后重新提交。',
    en: 'This is an old Excel file (.xls), which is not read. Please save it as an Excel workbook (.xlsx) and submit it again.',
  },
  'table.encrypted': {
    zh: '文件设有打开密码，系统无法读取。请取消密码后另存，再重新提交。',
    en: 'The file is protected by a password and can not be read. Please remove the password, save and submit it again.',
  },
  'table.binary-workbook': {
    zh: '这是二进制工作簿（.xlsb），系统不读取。请另存为“Excel 工作簿（.xlsx）”后重新提交。',
    en: 'This is a binary workbook (.xlsb), which is not read. Please save it as an Excel workbook (.xlsx) and submit it again.',
  },
  'table.open-document': {
    zh: '这是 OpenDocument（.ods 等）文件，系统不读取。请另存为“Excel 工作簿（.xlsx）”或 CSV 后重新提交。',
    en: 'This is an OpenDocument file (.ods or the like), which is not read. Please save it as .xlsx or CSV and submit it again.',
  },
  'table.office-document': {
    zh: '这是 Word 或演示文稿文件，不是表格。请把数据填入表格模板后提交。',
    en: 'This is a text document or a presentation, not a table. Please enter the data into the template and submit that.',
  },
  'table.archive': {
    zh: '这是压缩包，不是表格。请先解压，再逐个提交其中的表格文件。',
    en: 'This is an archive, not a table. Please unpack it and submit the tables in it one by one.',
  },
  'table.markup': {
    zh: '文件内容是网页或 XML，只是名字像表格。请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后重新提交。',
    en: 'The file is a web page or XML under the name of a table. Please open it in a spreadsheet program, save it as .xlsx and submit it again.',
  },
  'table.not-a-table': {
    zh: '这是 {found} 文件，不是表格。请提交 XLSX、CSV 或 JSON 文件。',
    en: 'This is a {found} file, not a table. Please submit XLSX, CSV or JSON.',
  },
  'table.encoding-unsupported': {
    zh: '文件编码为 {found}，系统不读取。请另存为 UTF-8 或 GB18030 编码后重新提交。',
    en: 'The file is encoded in {found}, which is not read. Please save it as UTF-8 or GB18030 and submit it again.',
  },
  'table.needs-file': {
    zh: '工作簿不能边传边读。请以文件方式提交，或改用 CSV。',
    en: 'A workbook can not be read while it is being sent. Please submit it as a file, or use CSV.',
  },
  'table.damaged': {
    zh: '文件已损坏（{part}），无法读取。请重新导出或重新传送；仍不行时请另存为 CSV 提交。',
    en: 'The file is damaged ({part}) and can not be read. Please export or send it again; if that does not help, save it as CSV.',
  },
  'table.suspicious': {
    zh: '文件结构异常（{reason}），为安全起见不予读取。请用 Excel 或 WPS 打开后另存为新的 .xlsx 文件，或另存为 CSV 提交。',
    en: 'The structure of the file is abnormal ({reason}) and it is not read for safety. Please open it in a spreadsheet program and save it as a new .xlsx file or as CSV.',
  },
  'table.too-large': {
    zh: '工作簿的一个部分（{part}）解压后有 {bytes} 字节，超过上限 {bytesMax} 字节。请拆分成几个文件，或另存为 CSV 提交。',
    en: 'A part of the workbook ({part}) has {bytes} bytes when inflated, more than the {bytesMax} allowed. Please split the file or save it as CSV.',
  },
  'table.shared-strings-too-large': {
    zh: '工作簿里不同的文字太多，超过上限 {bytesMax} 字节。请另存为 CSV 提交，CSV 不受此限制。',
    en: 'The workbook holds more different texts than the {bytesMax} bytes allowed. Please save it as CSV, which has no such limit.',
  },
  'table.sheet-missing': {
    zh: '工作簿里没有名为“{sheet}”的工作表；现有：{sheets}。请改正工作表名称后重新提交。',
    en: 'The workbook has no sheet named “{sheet}”; it has: {sheets}. Please correct the name and submit it again.',
  },
  'table.no-sheet': {
    zh: '工作簿里没有可见的工作表。请取消隐藏要提交的工作表后重新提交。',
    en: 'The workbook has no visible sheet. Please unhide the sheet to be submitted and submit it again.',
  },
  'table.sheet-full': {
    zh: '数据超过一个工作表能容纳的 {rowsMax} 行。请分批导出，或导出为 CSV。',
    en: 'There are more rows than the {rowsMax} a sheet can hold. Please export in parts, or as CSV.',
  },
  'table.json-shape': {
    zh: 'JSON 的结构不是表格。请使用由对象组成的列表 [{"…":"…"}]、{"rows":[…]}，或每行一个对象。',
    en: 'The JSON is not shaped as a table. Please use a list of objects [{"…":"…"}], {"rows":[…]}, or one object per line.',
  },
};

/** What was found, in a few words; the place is added by whoever shows it. */
export const problemWords: Readonly<Record<ProblemKind, Words>> = {
  bom: { zh: '文件开头有字节顺序标记', en: 'the file begins with a byte order mark' },
  'byte-order': {
    zh: '没有字节顺序标记，按内容判断为 {detail}',
    en: 'no byte order mark; recognised as {detail} by its content',
  },
  'mixed-line-ends': { zh: '换行符不一致（{detail}）', en: 'line ends differ ({detail})' },
  'blank-rows': { zh: '跳过空行 {detail} 行', en: '{detail} blank rows were passed over' },
  'separator-line': {
    zh: '第一行声明了分隔符，不作为数据',
    en: 'the first line declares the separator and is not data',
  },
  'several-sheets': {
    zh: '有多个工作表，只读取了这一个；未读取：{detail}',
    en: 'there are several sheets and only this one was read; not read: {detail}',
  },
  'hidden-sheet': { zh: '有隐藏的工作表', en: 'there is a hidden sheet' },
  'hidden-column': {
    zh: '有隐藏的列（{detail}），照常读取',
    en: 'hidden columns ({detail}) were read',
  },
  'hidden-row': { zh: '该行被隐藏，照常读取', en: 'the row is hidden and was read' },
  macros: { zh: '文件含有宏，未打开也未执行', en: 'the file holds macros; they were not opened' },
  'external-links': {
    zh: '文件含有外部链接，未访问',
    en: 'the file links to other sources; they were not visited',
  },
  'embedded-objects': {
    zh: '文件含有嵌入对象，未打开',
    en: 'the file holds embedded objects; they were not opened',
  },
  'ignored-entry': {
    zh: '压缩包内有路径异常的条目，已忽略',
    en: 'an entry with an abnormal path was ignored',
  },
  'more-problems': { zh: '同类情况还有更多，不再逐一列出', en: 'there are more of this kind' },
  'encoding-doubtful': {
    zh: '编码不能确定，按 {detail} 读取；如有乱码，请另存为 UTF-8 后重新提交',
    en: 'the encoding is uncertain and was taken as {detail}; if characters look wrong, save as UTF-8',
  },
  truncated: { zh: '文件没有结尾，可能未传完', en: 'the file has no end; perhaps it was cut off' },
  damaged: {
    zh: '文件从此处起损坏，其后的行没有读取（{detail}）',
    en: 'the file is damaged from here on; later rows were not read ({detail})',
  },
  undecodable: {
    zh: '有无法识别的字节（{text}），以 � 代替',
    en: 'bytes could not be decoded ({text}) and are shown as �',
  },
  'replacement-character': {
    zh: '含有 �，原文在以前的转换中已经丢失',
    en: 'holds �: the original was lost in an earlier conversion',
  },
  nul: { zh: '含有空字符（{text}），已去除', en: 'holds NUL characters ({text}), removed' },
  control: { zh: '含有不可见的控制字符（{text}）', en: 'holds control characters ({text})' },
  'private-use': {
    zh: '含有自造字（{text}），他处可能无法显示',
    en: 'holds private-use characters ({text}) that may not show elsewhere',
  },
  'cell-too-long': { zh: '单元格过长，已截断', en: 'the cell is too long and was cut' },
  'column-count': {
    zh: '本行有 {text} 列，与表头不一致，可能错列',
    en: 'the row has {text} columns, unlike the heading; cells may be shifted',
  },
  'unclosed-quote': { zh: '引号没有成对', en: 'a quotation mark is not closed' },
  'stray-quote': { zh: '引号之后还有文字', en: 'text follows a closing quotation mark' },
  'record-too-long': {
    zh: '本行过长，没有读完',
    en: 'the row is too long and was not read to its end',
  },
  malformed: { zh: '格式错误：{text}', en: 'malformed: {text}' },
  'row-order': { zh: '行号重复或颠倒', en: 'row numbers repeat or run backwards' },
  formula: {
    zh: '单元格是公式（{text}），没有取值；请粘贴为数值后重新提交',
    en: 'the cell is a formula ({text}) and was not read; please paste it as a value',
  },
  'formula-cached': {
    zh: '单元格是公式（{text}），取用上次保存的结果',
    en: 'the cell is a formula ({text}); the result last saved was used',
  },
  'error-value': { zh: '单元格是错误值 {text}', en: 'the cell holds the error {text}' },
  'numeric-cell': {
    zh: '单元格是数字格式（{text}），不是文本；代码类字段可能已丢失末位',
    en: 'the cell is a number ({text}), not text; codes may have lost digits',
  },
  'numeric-date': { zh: '单元格是日期格式（{text}）', en: 'the cell is a date ({text})' },
  'boolean-cell': { zh: '单元格是逻辑值', en: 'the cell is a logical value' },
  'bad-number': { zh: '不是数字：{text}', en: 'not a number: {text}' },
  'bad-date': { zh: '没有这个日期：{text}', en: 'there is no such date: {text}' },
  'bad-reference': { zh: '单元格的引用无效：{text}', en: 'invalid reference: {text}' },
  'duplicate-cell': {
    zh: '同一单元格出现两次，只取第一次；另一次为“{text}”',
    en: 'the cell occurs twice and the first was taken; the other is “{text}”',
  },
  'merged-cell': {
    zh: '单元格已合并（{text}），只有左上角有内容；请取消合并并逐格填写',
    en: 'the cell is merged ({text}) and only the first holds its content; please unmerge and fill in each',
  },
  'nested-value': { zh: '值不是单一的文字：{text}', en: 'the value is not a single text: {text}' },
  'unknown-key': {
    zh: '出现表头之外的键“{text}”，其值未取',
    en: 'the key “{text}” is not in the heading and its value was not taken',
  },
  'duplicate-key': {
    zh: '键“{text}”重复，只取第一个值',
    en: 'the key “{text}” is repeated and the first value was taken',
  },
};
