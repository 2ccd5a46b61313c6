/** Words for refusals: Chinese first, English second, each naming reason and remedy. */
import type { Refusal } from '../kernel/result.ts';
import { remedyOf } from '../platform/db/index.ts';
import { httpRefusals } from '../platform/http/problems.ts';
import { fillWords, refusalWords } from '../platform/spreadsheet/index.ts';
import { accessWords } from './messages-access.ts';
import { accountWords } from './messages-accounts.ts';
import { collectionWords } from './messages-collection.ts';
import { backupWords } from './messages-backup.ts';
import { bulletinWords } from './messages-bulletin.ts';
import { qualityWords } from './messages-quality.ts';
import { noticeWords } from './messages-notices.ts';
import { logWords } from './messages-log.ts';
import { publicityWords } from './messages-publicity.ts';
import { queueWords } from './messages-queue.ts';
import { serverWords } from './messages-server.ts';

/** The same sentence in Chinese and English. */
export type Words = { readonly zh: string; readonly en: string };

/** Sentences by refusal code; `{…}` are the refusal's parameters. A test holds this list complete. */
export const words: Readonly<Record<string, Words>> = {
  ...serverWords,
  ...accountWords,
  ...accessWords,
  ...collectionWords,
  ...backupWords,
  ...qualityWords,
  ...bulletinWords,
  ...publicityWords,
  ...logWords,
  ...queueWords,
  ...noticeWords,
  'bench.no-such-bench': {
    zh: '没有名为“{name}”的基准测试。现有：{known}。',
    en: 'There is no benchmark "{name}". There are: {known}.',
  },
  'bench.unsafe-server': {
    zh: '数据库服务器的{setting}已关闭，测得的数字没有意义。请打开后再测。',
    en: 'The server runs with {setting} off: its figures would mean nothing. Turn it on.',
  },
  'config.invalid': {
    zh: '环境变量{variable}不正确：{reason}。请改正后重新启动。',
    en: 'Environment variable {variable} is wrong: {reason}. Correct it and start again.',
  },
  'database.newer': {
    zh: '数据库由更新的版本建立（{name}），本程序不能使用。请升级程序。',
    en: 'The database was made by a newer version ({name}). Upgrade this program.',
  },
  'database.migration-changed': {
    zh: '已执行过的迁移文件{name}被改动。请恢复原文件；结构变更须另写新的迁移。',
    en: 'Migration {name} was changed after it had been applied. Restore it; write a new one instead.',
  },
  'database.unreachable': {
    zh: '无法连接数据库：{reason}。请检查DATABASE_URL和数据库服务。',
    en: 'The database can not be reached: {reason}. Check DATABASE_URL and the server.',
  },
  'database.server-version': {
    zh: '数据库版本{version}过低，需要PostgreSQL 15以上。',
    en: 'Server version {version} is too old: PostgreSQL 15 or newer is needed.',
  },
  'database.locale': {
    zh: '数据库的字符设置不能正确处理中文。请按docs/operate/install.md重建数据库。',
    en: 'The database locale does not handle Chinese. Make the database anew as in docs/operate/install.md.',
  },
  'database.locale-missing': {
    zh: '数据库服务器没有C.UTF-8字符设置。请在服务器上安装后重试。',
    en: 'The server has no locale C.UTF-8. Install it there and try again.',
  },
  'database.may-not-create': {
    zh: '数据库账户无权建立数据库。请由管理员建立后再试。',
    en: 'The database account may not create databases. Have an administrator create it.',
  },
  'database.extension-missing': {
    zh: '数据库缺少扩展{name}。请安装PostgreSQL的contrib组件。',
    en: 'Extension {name} is missing. Install the contrib package of PostgreSQL.',
  },
  'door.unknown-account': {
    zh: '没有账户“{account}”。用 --actor 指定已登记的账户。',
    en: 'There is no account "{account}". Name a registered one with --actor.',
  },
  'door.not-your-position': {
    zh: '账户“{account}”不担任“{position}”岗位。',
    en: 'Account "{account}" does not hold position "{position}".',
  },
  'door.not-permitted': {
    zh: '岗位“{position}”没有权限“{needs}”。请由有此权限的岗位办理。',
    en: 'Position "{position}" lacks permission "{needs}".',
  },
  'door.same-person': {
    zh: '第二人必须是另一个账户，不能仍是“{account}”。',
    en: 'The second person must be another account than "{account}".',
  },
  'door.unknown-act': {
    zh: '没有找到第一人的办理记录{act}。',
    en: 'The act {act} of the first person was not found.',
  },
  'workflow.wrong-state': {
    zh: '当前状态为“{state}”，不能执行“{action}”。',
    en: 'In state "{state}" the step "{action}" can not be taken.',
  },
  'workflow.not-your-step': {
    zh: '“{action}”须由以下岗位办理：{needed}（当前岗位：{position}）。',
    en: '"{action}" is for {needed}, not for {position}.',
  },
  'workflow.same-person': {
    zh: '办理“{earlier}”的人不能再办理“{action}”，请换另一人。',
    en: 'Whoever took "{earlier}" may not take "{action}".',
  },
  'rulebook.unreadable': {
    zh: '规则文件{file}第{line}行有误：{message}（另有{more}处）。请改正后重试。',
    en: 'Rulebook file {file}, line {line}: {message} (and {more} more). Correct it and try again.',
  },
  'rulebook.changed': {
    zh: '已登记的规则{edition}内容被改动。已登记的版本不可修改，请改用新的版本号（edition）。',
    en: 'Edition {edition} was changed after it had been recorded. Give the change an edition of its own.',
  },
  'rulebook.unsound': {
    zh: '规则{edition}未通过检查：{problem}。',
    en: 'Edition {edition} fails the check: {problem}.',
  },
  'rulebook.no-such-edition': { zh: '没有规则版本{edition}。', en: 'No edition {edition}.' },
  'rulebook.no-such-proposal': { zh: '没有提案{proposal}。', en: 'No proposal {proposal}.' },
  'rulebook.already-recorded': {
    zh: '规则版本{edition}已登记，不能再次提交。',
    en: 'Edition {edition} is already recorded.',
  },
  'rulebook.already-proposed': {
    zh: '规则版本{edition}已有提案等待第二人决定。',
    en: 'A proposal about edition {edition} waits for a second person.',
  },
  'rulebook.already-confirmed': {
    zh: '规则版本{edition}已经两人确认。',
    en: 'Edition {edition} is already confirmed.',
  },
  'directory.not-effective': {
    zh: '目录事项“{item}”当前状态为{status}，不能归集。',
    en: 'Directory item "{item}" is {status} and can not be collected.',
  },
  'directory.no-basis': {
    zh: '目录事项“{item}”今天没有有效且经确认的法律依据（{states}），不能归集。',
    en: 'Directory item "{item}" has no confirmed basis in force today ({states}).',
  },
  'units.bad-code': {
    zh: '单位的统一社会信用代码“{code}”不正确。请核对。',
    en: 'Unit code "{code}" is not a valid unified code.',
  },
  'units.ended': { zh: '单位{code}已撤销，不能报送。', en: 'Unit {code} has ended.' },
  'subjects.no-header': {
    zh: '表头无法识别，缺少：{missing}。请使用法人库模板的表头。',
    en: 'The heading is not understood; missing: {missing}.',
  },
  'subjects.doubled-header': {
    zh: '表头“{field}”出现在多列（第{columns}列）。请只保留一列。',
    en: 'Heading "{field}" stands in several columns ({columns}).',
  },
  'subjects.empty': { zh: '文件{file}没有内容。', en: 'File {file} is empty.' },
  'subjects.no-such-subject': { zh: '没有主体{subject}。', en: 'No subject {subject}.' },
  'subjects.same-subject': {
    zh: '两个主体不能是同一个（{subject}）。',
    en: 'The two subjects are one ({subject}).',
  },
  'subjects.empty-name': { zh: '名称不能为空。', en: 'The name is empty.' },
  'subjects.bad-code': {
    zh: '统一社会信用代码“{code}”不符合标准。',
    en: 'Code "{code}" does not meet the standard.',
  },
  'subjects.not-duplicate': {
    zh: '主体{subject}没有被登记为{of}的重复编号。',
    en: 'Subject {subject} is not recorded as a duplicate of {of}.',
  },
  'subjects.duplicate-chain': {
    zh: '主体{subject}本身已是重复编号，请指向主编号。',
    en: 'Subject {subject} is itself a duplicate; name the main one.',
  },
  'subjects.several': {
    zh: '“{text}”对应多个主体，请用统一社会信用代码查询。',
    en: '"{text}" names several subjects; use the unified code.',
  },
  'subjects.not-found': {
    zh: '登记库中没有“{text}”。没有查到不等于没有记录：本平台只覆盖已收录的主体。',
    en: '"{text}" is not in the base library. Not found does not mean clean.',
  },
  'link.no-such-review': { zh: '没有复核任务{review}。', en: 'No review {review}.' },
  'link.no-such-subject': {
    zh: '拟关联的主体“{subject}”不存在或者是重复编号。',
    en: 'Subject "{subject}" does not exist or is a duplicate id.',
  },
  'link.wrong-procedure': {
    zh: '“{action}”不是{procedure}的步骤。',
    en: '"{action}" is no step of {procedure}.',
  },
  'office.not-your-unit': {
    zh: '“{unit}”不在您所在单位的范围内。',
    en: '"{unit}" is not within what your unit looks after.',
  },
  'office.no-such-unit': { zh: '没有单位“{unit}”。', en: 'There is no unit "{unit}".' },
  'rulebook.edition-or-text': {
    zh: '请写明要确认的版本，或者提交新版本的文本，二者选一。',
    en: 'Name an edition to confirm, or give the text of a new one: one of the two.',
  },
  'link.undo-proposed': {
    zh: '“{object}”的撤销已经有人提议，等待另一人决定。',
    en: 'Undoing the link of "{object}" is proposed already and waits for another person.',
  },
  'link.row-not-waiting': { zh: '该行（{row}）已不在等待关联。', en: 'Row {row} no longer waits.' },
  'collection.no-such-item': {
    zh: '目录中没有事项“{item}”。用 xinheng items 查看可归集的事项。',
    en: 'The directory has no item "{item}". See xinheng items.',
  },
  'collection.no-standard': {
    zh: '事项“{item}”没有可用的数据标准。',
    en: 'Item "{item}" has no data standard.',
  },
  'collection.no-such-profile': {
    zh: '该事项不接受标准“{profile}”，可用：{known}。',
    en: 'Standard "{profile}" is not among: {known}.',
  },
  'collection.bad-period': {
    zh: '所属期“{period}”应写作YYYY-MM。',
    en: 'Period "{period}" must be YYYY-MM.',
  },
  'collection.duty-no-unit': {
    zh: '第{line}行：没有登记代码为“{code}”的单位。请先登记单位，或者核对代码；整份清单没有登记。',
    en: 'Line {line}: no unit has the code "{code}". Register the unit first, or check the code; nothing of the list was recorded.',
  },
  'collection.duty-no-item': {
    zh: '第{line}行：目录中没有事项“{item}”。用 xinheng items 查看；整份清单没有登记。',
    en: 'Line {line}: the directory has no item "{item}". See xinheng items; nothing of the list was recorded.',
  },
  'collection.duty-bad-day': {
    zh: '第{line}行：起始日“{day}”应写作 YYYY-MM-DD；整份清单没有登记。',
    en: 'Line {line}: from is "{day}" and must be YYYY-MM-DD; nothing of the list was recorded.',
  },
  'collection.duty-no-ground': {
    zh: '第{line}行：请写明依据（清单或者来文），不超过{most}字；整份清单没有登记。',
    en: 'Line {line}: name the list or letter it rests on, in {most} characters at most; nothing of the list was recorded.',
  },
  'collection.duty-twice': {
    zh: '第{line}行：同一单位、事项“{item}”、起始日{from}在清单中出现两次；整份清单没有登记。',
    en: 'Line {line}: unit, item "{item}" and day {from} stand in the list twice; nothing of it was recorded.',
  },
  'collection.bad-count': {
    zh: '数量“{count}”应为非负整数。',
    en: 'Count "{count}" is not valid.',
  },
  'collection.ground-missing': {
    zh: '申报未报送数量须写明法律依据。',
    en: 'A count of what is not reported needs its legal ground.',
  },
  'collection.empty': {
    zh: '文件没有表头和数据。请使用该事项的模板，表头在第一行，填写后重新报送。',
    en: 'The file has neither heading nor data. Use the template of the item, with the heading in its first row, fill it in and send it again.',
  },
  'collection.header-unknown': {
    zh: '表头与数据标准{standard}不符，缺少：{missing}（另缺{more}列）。请使用该标准的模板，表头在第一行。',
    en: 'The heading does not fit {standard}; missing: {missing} (and {more} more).',
  },
  'collection.header-doubled': {
    zh: '表头“{field}”重复出现（第{columns}列），无法确定以哪一列为准。请只保留一列。',
    en: 'Heading "{field}" stands in columns {columns}; keep one.',
  },
  'collection.template-refused': { zh: '{message}{advice}', en: '{message}{advice}' },
  'collection.no-such-batch': { zh: '没有批次{batch}。', en: 'No batch {batch}.' },
  'records.no-such-record': { zh: '没有记录{record}。', en: 'No record {record}.' },
  'records.link-undone': {
    zh: '记录{record}的主体关联已撤销，正在等待重新关联。',
    en: 'The link of record {record} was undone; it waits to be linked again.',
  },
  'records.no-such-decision': {
    zh: '没有找到该决定（{decision}）的记录。',
    en: 'No record of decision {decision}.',
  },
  'records.nothing-remains': {
    zh: '部分撤销后没有剩余的处罚种类，请按全部撤销办理。',
    en: 'Nothing remains: annul the whole decision.',
  },
  'records.not-held': {
    zh: '记录{record}没有因规则{rule}暂停展示。',
    en: 'Record {record} is not held by rule {rule}.',
  },
  'records.no-basis': {
    zh: '删除内容必须写明法律依据（--basis）。',
    en: 'Erasure needs a provision (--basis).',
  },
  'records.no-such-field': { zh: '该记录没有字段“{field}”。', en: 'No field "{field}".' },
  'records.field-carries-windows': {
    zh: '字段“{field}”是计算公示期限的依据，不能单独删除；原决定有误的，请办理撤销或者由来源单位删除整条数据。',
    en: 'The windows rest on field "{field}": annul the decision or have its source delete the row.',
  },
  'records.bad-day': { zh: '日期“{text}”应写作YYYY-MM-DD。', en: '"{text}" is not a day.' },
  'records.bad-instant': {
    zh: '时间“{text}”应写作YYYY-MM-DD或带时区的时刻。',
    en: '"{text}" is neither a day nor an instant with offset.',
  },
  'money.empty': { zh: '金额为空。请填写数字。', en: 'The amount is empty. Enter a number.' },
  'money.not-a-number': {
    zh: '金额“{text}”不是数字。请只填写数字和小数点。',
    en: 'Amount "{text}" is not a number. Enter digits and a decimal point only.',
  },
  'money.negative': {
    zh: '金额“{text}”为负数。请填写不小于零的数字。',
    en: 'Amount "{text}" is negative. Enter nought or more.',
  },
  'money.too-many-decimals': {
    zh: '金额“{text}”的小数超过{decimals}位。请核对单位后改正。',
    en: 'Amount "{text}" has more than {decimals} decimals. Check its unit and correct it.',
  },
  'money.too-large': {
    zh: '金额的整数部分超过{digits}位。请核对单位后改正。',
    en: 'The amount has more than {digits} digits before the point. Check its unit and correct it.',
  },
  'command.bad-file': {
    zh: '无法读取文件{file}：{reason}。',
    en: 'Can not read {file}: {reason}.',
  },
  'command.bad-line': {
    zh: '第{line}行不是有效的JSON对象：{reason}。',
    en: 'Line {line} is not a JSON object: {reason}.',
  },
  'command.bad-number': { zh: '“{text}”不是数字。', en: '"{text}" is not a number.' },
  'command.no-actor': {
    zh: '账户“{account}”没有可办理“{needs}”的岗位。',
    en: 'Account "{account}" holds no position that may "{needs}".',
  },
};

/** The words of a refusal, filled in. */
export function wordsOf(refusal: Refusal): Words {
  if (refusal.code.startsWith('postgres.')) return remedyOf(refusal as never);
  const known =
    words[refusal.code] ??
    refusalWords[refusal.code as keyof typeof refusalWords] ??
    httpRefusals[refusal.code];
  if (known === undefined) return { zh: refusal.code, en: refusal.code };
  return { zh: fillWords(known.zh, refusal.params), en: fillWords(known.en, refusal.params) };
}
