/** `subject`, `record`, `decision`, `clock walk`: what is recorded, what is open, and why. */
import type { Command } from 'commander';
import { type Day, endOfDay, parseDay, parseInstant } from '../../kernel/day.ts';
import { refuse } from '../../kernel/result.ts';
import {
  type Explanation,
  type RecordView,
  annulDecision,
  channels,
  clearHeldShow,
  clockWalk,
  eraseFromRecord,
  keyOf,
  readRecord,
  readSubjectRecords,
  readTimes,
  recordRemedyOver,
} from '../../archive/records/index.ts';
import { canonicalDocumentNumber } from '../../kernel/text/document-number.ts';
import { type Subject, findExactly, readSubjectFile } from '../../register/subjects/index.ts';
import type { Installation } from '../installation.ts';
import { Refused, printJson, say, valueOf } from '../output.ts';
import { actorFor, withInstallation } from './context.ts';

/** A moment as people write it: an instant with offset, or a day meaning its end. */
function instantOf(text: string) {
  const day = parseDay(text);
  return day === null ? parseInstant(text) : endOfDay(day);
}

type Times = { readonly asOf?: string; readonly knownAt?: string; readonly json?: boolean };

export async function oneSubject(installation: Installation, text: string): Promise<Subject> {
  const found = await findExactly(installation.database, text, installation.linkTables());
  if (found.length === 1) return found[0]!;
  const code = found.length === 0 ? 'subjects.not-found' : 'subjects.several';
  throw new Refused(refuse(code, { text }).refusal);
}

async function showSubject(text: string, options: Times): Promise<void> {
  await withInstallation(async (installation) => {
    const times = valueOf(readTimes(options, installation.clock.today(), instantOf));
    const subject = await oneSubject(installation, text);
    const file = await readSubjectFile(installation.database, subject.subjectId);
    const records = await readSubjectRecords(installation, file!.ids, times.asOf, times.knownAt);
    if (options.json === true) {
      printJson({ ...file, records });
      return;
    }
    say(`${subject.name}  ${subject.uscc ?? '—'}  ${subject.status}`);
    say(`编号 id ${subject.subjectId}`);
    for (const name of subject.evidence.names.filter((item) => item.kind === 'former')) {
      say(`曾用名 former name ${name.name}（至 ${name.to ?? '—'}）`);
    }
    say(`记录 records ${records.length}（${times.asOf}）`);
    for (const record of records) {
      const open = channels.filter((channel) => record.open[channel]).join(' ') || '—';
      say(
        `  ${record.recordId}  ${record.itemName}  ${record.documentNumber ?? '—'}  ${record.decidedOn ?? '—'}  [${open}]`,
      );
    }
  });
}

const channelWords = { show: '公示', share: '共享', use: '使用', report: '报告' } as const;

function tellRecord(record: RecordView): void {
  say(`${record.itemName}  ${record.documentNumber ?? '—'}  ${record.authorityName ?? '—'}`);
  say(
    `主体 subject ${record.subjectId} · 认定日期 ${record.decidedOn ?? '—'} · 首次接收 ${record.receivedOn}`,
  );
  say(
    `失信等级 class ${record.class ?? '—'}${record.classText === null ? '' : `：${record.classText}`}`,
  );
  for (const channel of channels) tellChannel(record.explanations[channel]);
}

function tellChannel(explanation: Explanation): void {
  const { channel, open, from, until } = explanation;
  say('');
  say(
    `${channelWords[channel]} ${channel}: ${open ? '开放 open' : '关闭 closed'}（${explanation.on}） [${from ?? '—'}, ${until ?? '…'})`,
  );
  say(`  ${explanation.arithmetic}`);
  say(`  ${explanation.arithmeticEn}`);
  const cited = explanation.provision;
  if (cited !== null) {
    const unread = cited.confidence === 'confirmed' ? '' : '（未核实）';
    say(
      `  依据 ${cited.instrument}${cited.article ?? ''}${unread} · 规则 ${explanation.edition ?? '—'}`,
    );
  }
  for (const input of explanation.inputs)
    say(`  · ${input.label} ${input.value} ← ${input.source}`);
  if (explanation.earliestRepair !== null) {
    say(`  最早可申请修复 earliest repair ${explanation.earliestRepair}`);
  }
}

async function showRecord(recordId: string, options: Times): Promise<void> {
  await withInstallation(async (installation) => {
    const times = valueOf(readTimes(options, installation.clock.today(), instantOf));
    const record = valueOf(await readRecord(installation, recordId, times.asOf, times.knownAt));
    if (options.json === true) printJson(record);
    else tellRecord(record);
  });
}

async function walk(options: { from: string; to: string; json?: boolean }): Promise<void> {
  const [from, to] = [parseDay(options.from), parseDay(options.to)];
  if (from === null || to === null || to < from) {
    throw new Refused(
      refuse('records.bad-day', { text: `${options.from} … ${options.to}` }).refusal,
    );
  }
  await withInstallation(async (installation) => {
    const totals: Record<string, number> = {};
    for await (const step of clockWalk(installation.database, from, to)) {
      const key = `${step.channel}:${step.opens ? 'opens' : 'closes'}`;
      totals[key] = (totals[key] ?? 0) + 1;
      if (options.json === true) printJson(step);
      else {
        say(
          `${step.on}  ${channelWords[step.channel]}${step.opens ? '开始 opens' : '结束 closes'}  ${step.item}  ${step.class ?? '—'}  ${step.recordId}`,
        );
      }
    }
    if (options.json === true) printJson({ from, to, totals });
    else say(`合计 totals ${JSON.stringify(totals)}`);
  });
}

/** Adds the commands. */
export function addRecordCommands(program: Command): void {
  program
    .command('subject')
    .argument('<uscc>', 'unified code, other number, or exact name')
    .option('--as-of <day>', 'what held on this day')
    .option('--known-at <time>', 'by what was known then')
    .option('--json', 'print one JSON object')
    .description('一个主体的档案 / file of a subject')
    .action(showSubject);

  const record = program
    .command('record')
    .argument('<id>', 'record id')
    .option('--as-of <day>', 'what held on this day')
    .option('--known-at <time>', 'by what was known then')
    .option('--json', 'print one JSON object')
    .description('一条记录的四个渠道、期限和理由 / one record with windows and explanation')
    .action(showRecord);
  void record;
  addActCommands(program);

  program
    .command('clock')
    .description('时间 / time')
    .command('walk')
    .requiredOption('--from <day>', 'first day')
    .requiredOption('--to <day>', 'last day')
    .option('--json', 'print JSON lines, totals last')
    .description('逐日列出窗口的开始和结束 / every opening and closing, day by day')
    .action(walk);
}

function list(text: string | undefined): string[] | undefined {
  return text
    ?.split(/[,，;；]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function addActCommands(program: Command): void {
  program
    .command('annul')
    .requiredOption('--authority <uscc>', 'authority of the decision')
    .requiredOption('--number <text>', 'document number, any way of writing brackets')
    .requiredOption('--decided <day>', 'day of the decision')
    .requiredOption('--on <day>', 'day of the annulment')
    .requiredOption('--document <text>', 'document that annuls')
    .option('--party <uscc,…>', 'only these parties')
    .option('--remaining-kinds <kinds>', 'kinds that remain, e.g. WARNING,FINE')
    .option('--remaining-fine <yuan>', 'fine that remains, in 元')
    .option('--actor <account>', 'acting account', 'operator-a')
    .description('撤销决定（全部或部分） / annul a decision, whole or in part')
    .action((options: Record<string, string>) =>
      withInstallation(async (installation) => {
        const decided = dayOf(options['decided']);
        const fine = options['remainingFine'];
        const remaining = list(options['remainingKinds']);
        const parties = list(options['party']);
        printJson(
          valueOf(
            await annulDecision(
              installation,
              {
                decisionKey: keyOf('decision', [
                  options['authority']!,
                  canonicalDocumentNumber(options['number']!),
                  decided,
                ]),
                effectiveOn: dayOf(options['on']),
                document: options['document']!,
                ...(parties === undefined ? {} : { parties }),
                ...(remaining === undefined ? {} : { remainingKinds: remaining }),
                ...(fine === undefined ? {} : { remainingFineFen: Math.round(Number(fine) * 100) }),
              },
              {
                actor: await actorFor(installation, options['actor']!, 'records:annul'),
                ground: { reason: options['document']! },
              },
            ),
          ),
        );
      }),
    );
  addRecordActs(program);
}

function dayOf(text: string | undefined): Day {
  const value = parseDay(text ?? '');
  if (value === null) throw new Refused(refuse('records.bad-day', { text: text ?? '' }).refusal);
  return value;
}

function addRecordActs(program: Command): void {
  program
    .command('clear')
    .argument('<record>', 'record id')
    .requiredOption('--rule <id>', 'rule that keeps it unshown, e.g. C05')
    .requiredOption('--reason <text>', 'what the source confirmed')
    .option('--actor <account>', 'acting account', 'operator-b')
    .description('来源单位确认后恢复公示 / show again what a rule held back')
    .action((recordId: string, options: Record<string, string>) =>
      withInstallation(async (installation) => {
        const actor = await actorFor(installation, options['actor']!, 'records:clear');
        const ground = { reason: options['reason']! };
        printJson(
          valueOf(await clearHeldShow(installation, recordId, options['rule']!, { actor, ground })),
        );
      }),
    );
  program
    .command('remedy-over')
    .argument('<record>', 'record id')
    .requiredOption('--on <day>', 'day the remedy period was over')
    .requiredOption('--document <text>', 'evidence')
    .option('--actor <account>', 'acting account', 'operator-b')
    .description('登记救济期届满的证据 / evidence that the remedy period is over')
    .action((recordId: string, options: Record<string, string>) =>
      withInstallation(async (installation) => {
        const actor = await actorFor(installation, options['actor']!, 'records:clear');
        const evidence = { on: dayOf(options['on']), document: options['document']! };
        const ground = { reason: options['document']! };
        printJson(
          valueOf(await recordRemedyOver(installation, recordId, evidence, { actor, ground })),
        );
      }),
    );
  program
    .command('erase')
    .argument('<record>', 'record id')
    .requiredOption('--fields <ids>', 'field ids, separated by commas')
    .requiredOption(
      '--basis <pointer>',
      'provision that orders it, e.g. personal-information-protection-law#47',
    )
    .requiredOption('--reason <text>', 'why')
    .option('--actor <account>', 'acting account', 'operator-b')
    .description('依法删除记录中的内容 / erase fields as the law orders')
    .action((recordId: string, options: Record<string, string>) =>
      withInstallation(async (installation) => {
        const actor = await actorFor(installation, options['actor']!, 'records:erase');
        const ground = { provision: options['basis']!, reason: options['reason']! };
        const fields = list(options['fields']) ?? [];
        printJson(
          valueOf(await eraseFromRecord(installation, recordId, fields, { actor, ground })),
        );
      }),
    );
}
