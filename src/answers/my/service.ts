/** What a subject reads of itself: its whole file, what falls away when, and who read it. */
import { type Day, addDays } from '../../kernel/day.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import {
  type RecordView,
  channels,
  isOpenOn,
  readSubjectRecords,
} from '../../archive/records/index.ts';
import { type PublicFile, findFiles } from '../../register/subjects/index.ts';
import { journalOf } from '../office/index.ts';
import { isPersonal, readableFields, shownText } from '../portal/index.ts';
import type { MyDeps } from './deps.ts';

/** The one file that bears a unified code. Refuses `enterprise.no-such-organisation`. */
export async function fileOf(deps: MyDeps, organisation: string): Promise<Result<PublicFile>> {
  const tables = deps.linkTables();
  const none = refuse('enterprise.no-such-organisation');
  if (organisation.length > 18 || isPersonal(organisation, tables)) return none;
  const found = (await findFiles(deps.database, organisation, tables)).filter(
    ({ by, file }) => by === 'uscc' && file.subject.uscc === organisation,
  );
  const [only] = found;
  return only === undefined || found.length > 1 ? none : ok(only.file);
}

// A subject reads of itself what authorities read of it; persons and their numbers stay out for all.
const audiences = ['public', 'government', 'authorised'] as const;

function recordOf(deps: MyDeps, view: RecordView) {
  const standard = deps.law().standardOf(view.standard);
  const family = deps.law().itemFacts(view.item)?.family ?? 'other';
  return {
    ...{ recordId: view.recordId, item: view.item, itemName: view.itemName, class: view.class },
    documentNumber: view.documentNumber === null ? null : shownText(view.documentNumber),
    authority: view.authorityName === null ? view.authorityCode : shownText(view.authorityName),
    ...{ decidedOn: view.decidedOn, receivedOn: view.receivedOn },
    fields: readableFields({ standard, values: view.values, family }, audiences).map(
      ({ id, name, value, unit }) => ({ id, name, value, unit }),
    ),
    channels: channels.map((channel) => {
      const { arithmetic, arithmeticEn, provision } = view.explanations[channel];
      return {
        ...{ channel, open: view.open[channel], windows: view.windows[channel] },
        why: { zh: arithmetic, en: arithmeticEn },
        provision,
      };
    }),
  };
}

/** A record as its subject reads it. */
export type OwnRecord = ReturnType<typeof recordOf>;

/** The whole file of an organisation today, shown to the public or not. */
export async function ownFile(deps: MyDeps, organisation: string) {
  const file = await fileOf(deps, organisation);
  if (!file.ok) return file;
  const { subject, ids } = file.value;
  const today = deps.clock.today();
  const views = await readSubjectRecords(deps, ids, today, null);
  return ok({
    ...{ subjectId: subject.subjectId, uscc: organisation, name: shownText(subject.name) },
    ...{ status: subject.status, asOf: today },
    records: views.map((view) => recordOf(deps, view)),
    fallingAway: fallingAway(views, today),
  });
}

/** A window that is open and ends. `lastDay`: the last day on which it is. */
export type Ending = {
  readonly recordId: string;
  readonly itemName: string;
  readonly documentNumber: string | null;
  readonly channel: (typeof channels)[number];
  readonly from: Day;
  readonly lastDay: Day;
  readonly endsOn: Day;
  readonly why: { readonly zh: string; readonly en: string };
  readonly provision: RecordView['explanations']['show']['provision'];
};

/** Windows open on a day that have an end, the next first. */
export function fallingAway(views: readonly RecordView[], today: Day): Ending[] {
  return views
    .flatMap((view) =>
      channels.flatMap((channel): Ending[] => {
        const window = view.windows[channel].find((one) => isOpenOn([one], today));
        if (window === undefined || window.until === null || !view.open[channel]) return [];
        const { arithmetic, arithmeticEn, provision } = view.explanations[channel];
        return [
          {
            ...{ recordId: view.recordId, itemName: view.itemName, channel },
            documentNumber: view.documentNumber === null ? null : shownText(view.documentNumber),
            ...{ from: window.from, endsOn: window.until, lastDay: addDays(window.until, -1) },
            ...{ why: { zh: arithmetic, en: arithmeticEn }, provision },
          },
        ];
      }),
    )
    .sort((a, b) => (a.endsOn < b.endsOn ? -1 : a.endsOn > b.endsOn ? 1 : 0));
}

/** The journal of an organisation as it is told today. Refuses what `journalOf` refuses. */
export async function ownJournal(deps: MyDeps, organisation: string, after: string | undefined) {
  const file = await fileOf(deps, organisation);
  return file.ok ? journalOf(deps, file.value.subject.subjectId, after) : file;
}

/** The file as pages draw it. */
export type OwnFile = Extract<Awaited<ReturnType<typeof ownFile>>, { ok: true }>['value'];
/** The journal as pages draw it. */
export type OwnJournal = Extract<Awaited<ReturnType<typeof ownJournal>>, { ok: true }>['value'];

/** The name of an organisation as the public reads it; its code where nothing is known. */
export async function nameOf(deps: MyDeps, organisation: string): Promise<string> {
  const file = await fileOf(deps, organisation);
  return file.ok ? shownText(file.value.subject.name) : organisation;
}
