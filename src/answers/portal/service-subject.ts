/** The public file of a subject and one of its records. One function decides for pages and API alike. */
import type { Day } from '../../kernel/day.ts';
import { addDays } from '../../kernel/day.ts';
import { isId } from '../../kernel/ids.ts';
import { type Refusal, type Result, assert, ok, refuse } from '../../kernel/result.ts';
import {
  type ShownRecord,
  readShownRecord,
  readShownRecords,
} from '../../archive/records/index.ts';
import {
  type PublicFile,
  type PublicRelation,
  findFiles,
  readFile,
} from '../../register/subjects/index.ts';
import {
  type ExplainedRecord,
  type RecordPage,
  type Relation,
  type Section,
  type SectionPage,
  type SubjectPage,
  recordsMax,
} from './contract.ts';
import type { CityFacts, PortalContext } from './deps.ts';
import { publicFields, shownText } from './domain-fields.ts';
import { isDoubtful, isPersonal } from './domain-query.ts';
import { type SectionKey, stateOfItem, stateOfSection } from './domain-sections.ts';
import { type PortalLaw, cited, itemName, portalLaw } from './service-law.ts';
import { registeredFacts } from './service-registered.ts';
import { sectionFrame } from './service-sections.ts';
import { unitOf } from './service-sources.ts';
import { inputLabels, sectionTitles } from './words.ts';

type Subject = PublicFile['subject'];

/** Which records of a file are wanted: the first of every section, or one page of one section. */
export type Selection = { readonly section?: string | undefined; readonly page: number };

/** A file with the address it has for good. */
export type OpenedSubject = { readonly view: SubjectPage; readonly path: string };

/**
 * The file under a number. Refuses `portal.query-personal`, `portal.no-such-subject`,
 * `portal.several-subjects {count}` where several subjects bear it.
 */
export async function subjectByCode(
  context: PortalContext,
  code: string,
  selection: Selection,
): Promise<
  Result<
    OpenedSubject,
    Refusal<'portal.query-personal' | 'portal.no-such-subject' | 'portal.several-subjects'>
  >
> {
  if (isPersonal(code, context.linkTables())) return refuse('portal.query-personal');
  const found = (await findFiles(context.database, code, context.linkTables())).filter(
    ({ by }) => by !== 'similar',
  );
  if (found.length > 1) return refuse('portal.several-subjects', { count: found.length });
  const [only] = found;
  if (only === undefined) {
    const doubtful = isDoubtful(code, context.linkTables());
    return refuse(doubtful ? 'portal.query-personal' : 'portal.no-such-subject');
  }
  // Found by the code it bears now, and alone: that is its address.
  const known = only.by === 'uscc' ? `/subjects/${only.file.subject.uscc}` : null;
  return ok(await opened(context, only.file, selection, known));
}

/** The file under an id of ours; a duplicate id gives the main one's. Refuses `portal.no-such-subject`. */
export async function subjectById(
  context: PortalContext,
  id: string,
  selection: Selection,
): Promise<Result<OpenedSubject, Refusal<'portal.no-such-subject'>>> {
  const file = isId(id) ? await readFile(context.database, id) : null;
  return file === null
    ? refuse('portal.no-such-subject')
    : ok(await opened(context, file, selection));
}

/** Address of a subject: its code where no other subject bears it, else its id. */
async function pathOf(context: PortalContext, subject: Subject): Promise<string> {
  const byId = `/subjects/id/${subject.subjectId}`;
  if (subject.uscc === null) return byId;
  const bearers = await findFiles(context.database, subject.uscc, context.linkTables());
  const exact = bearers.filter(({ by }) => by !== 'similar');
  return exact.length === 1 ? `/subjects/${subject.uscc}` : byId;
}

async function opened(
  context: PortalContext,
  file: PublicFile,
  selection: Selection,
  knownPath: string | null = null,
): Promise<OpenedSubject> {
  const law = portalLaw(context.law());
  const [shown, facts, path] = await Promise.all([
    readShownRecords(context, file.ids, law.on),
    context.cityFacts(),
    knownPath ?? pathOf(context, file.subject),
  ]);
  return { view: subjectPage(context, { law, file, facts, shown, selection }), path };
}

/** One page of the shown records of a section, cut out of a file opened with that selection. */
export function sectionPage(file: SubjectPage, key: SectionKey, page: number): SectionPage {
  const section = file.sections.find((found) => found.key === key);
  assert(section !== undefined, `a file has every section, also ${key}`);
  return {
    subject: { subjectId: file.subjectId, uscc: file.uscc, name: file.name },
    asOf: file.asOf,
    section: key,
    title: section.title,
    state: section.state,
    shown: section.shown,
    page,
    more: section.shown > page * recordsMax,
    records: section.records,
  };
}

type Material = {
  readonly law: PortalLaw;
  readonly file: PublicFile;
  readonly facts: CityFacts;
  readonly shown: readonly ShownRecord[];
  readonly selection: Selection;
};

function subjectPage(context: PortalContext, material: Material): SubjectPage {
  const { law, file } = material;
  const { subject } = file;
  // Former names of an individual business may be its owner's.
  const formerNames =
    subject.kind === 'organisation'
      ? subject.evidence.names.filter(({ kind }) => kind === 'former')
      : [];
  return {
    subjectId: subject.subjectId,
    uscc: subject.uscc,
    name: shownText(subject.name),
    kind: subject.kind,
    status: subject.status,
    endedOn: subject.endedOn,
    formerNames: formerNames.map(({ name, from, to }) => ({ name: shownText(name), from, to })),
    registered: registeredFacts(law, subject),
    relations: file.relations.flatMap(relationOf),
    asOf: law.on,
    sections: sections(context, material),
  };
}

function relationOf(relation: PublicRelation): Relation[] {
  if (relation.relation === 'duplicate-of') return [];
  const named = relation.kind === 'organisation';
  return [
    {
      relation: relation.relation,
      direction: relation.direction,
      since: relation.since,
      name: named ? shownText(relation.name) : null,
      uscc: named ? relation.uscc : null,
      subjectId: named ? relation.subjectId : null,
    },
  ];
}

function sections(context: PortalContext, material: Material): Section[] {
  const { law, facts, shown, selection } = material;
  const byItem = new Map<string, number>();
  for (const { item } of shown) byItem.set(item.code, (byItem.get(item.code) ?? 0) + 1);
  const { sections: frames, keyOf } = sectionFrame(law, facts);
  return frames.map(({ key, items }, index) => {
    const own = items.map(({ code, name, base, currency, ...item }) => {
      const count = (byItem.get(code) ?? 0) + (base ? 1 : 0);
      return {
        item: code,
        name,
        state: stateOfItem(item, count, currency),
        shown: count,
        currency,
      };
    });
    const records = shown.filter(({ item }) => keyOf(item.code) === key);
    const late = own.flatMap(({ currency }) => currency.lateSince ?? []).sort();
    return {
      key,
      no: index + 1,
      title: sectionTitles[key],
      state: stateOfSection(own.map(({ state }) => state)),
      shown: records.length,
      lateSince: late[0] ?? null,
      items: own,
      records: selected(records, key, selection).map((record) =>
        recordPage(context, law, facts, record),
      ),
    };
  });
}

function selected(
  records: readonly ShownRecord[],
  key: SectionKey,
  { section, page }: Selection,
): readonly ShownRecord[] {
  if (section !== undefined && section !== key) return [];
  const from = section === undefined ? 0 : (page - 1) * recordsMax;
  return records.slice(from, from + recordsMax);
}

/** One shown record as pages and the API tell it. */
export function recordPage(
  context: PortalContext,
  law: PortalLaw,
  facts: CityFacts,
  record: ShownRecord,
): RecordPage {
  const standard = context.law().standardOf(record.standard);
  const fields = publicFields(standard, record.values, record.item.family);
  const valueOf = (role: string) => fields.find((field) => field.role === role)?.value ?? null;
  const explanation = record.explain();
  const sources = record.providers.map((code) => {
    const unit = unitOf(facts, code);
    const own = unit.name === null && valueOf('source-code') === code;
    return own ? { ...unit, name: valueOf('source-name') } : unit;
  });
  const { until } = record.window;
  return {
    recordId: record.recordId,
    item: record.item.code,
    itemName: itemName(law, record.item.code),
    family: record.item.family,
    nature: record.item.nature,
    kinds: valueOf('kinds') ?? valueOf('document-title'),
    documentNumber: record.documentNumber === null ? null : shownText(record.documentNumber),
    authority: authorityOf(facts, record),
    decidedOn: record.decidedOn,
    receivedOn: record.receivedOn,
    sources,
    class:
      record.class === null
        ? null
        : {
            class: record.class.class,
            ground: { zh: record.class.text, en: record.class.textEn },
            provisions: record.class.basis.map((pointer) => cited(law, pointer)),
          },
    window: {
      from: record.window.from,
      until,
      lastDay: until === null ? null : addDays(until, -1),
    },
    why: { zh: explanation.arithmetic, en: explanation.arithmeticEn },
    provision: explanation.provision === null ? null : cited(law, explanation.provision.pointer),
    fields,
  };
}

/** The authority as its source names it, else as the register of units does, else its code. */
function authorityOf(facts: CityFacts, record: ShownRecord): string | null {
  const { authorityName, authorityCode } = record;
  if (authorityName !== null) return shownText(authorityName);
  return authorityCode === null ? null : (facts.unitNames.get(authorityCode) ?? authorityCode);
}

/** A record with its subject's lasting address. */
export type OpenedRecord = { readonly view: ExplainedRecord; readonly subjectPath: string };

/**
 * One record that is shown today, with its explanation. Refuses `portal.record-not-shown` alike for
 * records that are not shown and for ids that never were: which it is, is nobody's business.
 */
export async function recordById(
  context: PortalContext,
  id: string,
): Promise<Result<OpenedRecord, Refusal<'portal.record-not-shown'>>> {
  if (!isId(id)) return refuse('portal.record-not-shown');
  const law = portalLaw(context.law());
  const shown = await readShownRecord(context, id, law.on as Day);
  if (shown === null) return refuse('portal.record-not-shown');
  const file = await readFile(context.database, shown.subjectId);
  if (file === null) return refuse('portal.record-not-shown');
  const { subject } = file;
  const facts = await context.cityFacts();
  const explanation = shown.explain();
  const view: ExplainedRecord = {
    subject: { subjectId: subject.subjectId, uscc: subject.uscc, name: shownText(subject.name) },
    record: recordPage(context, law, facts, shown),
    explanation: {
      on: law.on,
      inputs: explanation.inputs.map((input) => ({
        ...input,
        label: inputLabels[input.name] ?? { zh: input.label, en: input.name },
      })),
      also: explanation.also.map(({ pointer }) => cited(law, pointer)),
      rule: explanation.edition,
      earliestRepair: explanation.earliestRepair,
    },
  };
  return ok({ view, subjectPath: await pathOf(context, subject) });
}
