/** What befell a subject, in order of days, made from nothing but what its file shows today. Pure. */
import type { RecordPage, Relation, SubjectPage } from '../contract.ts';

/** One event. A record tells of its decision; `name` is what the subject was called before. */
export type TimelineEvent =
  | { readonly on: string; readonly kind: 'registered' }
  | { readonly on: string; readonly kind: 'ended' }
  | { readonly on: string; readonly kind: 'renamed'; readonly name: string }
  | { readonly on: string; readonly kind: 'relation'; readonly relation: Relation }
  | { readonly on: string; readonly kind: 'record'; readonly record: RecordPage };

const order = ['registered', 'renamed', 'relation', 'record', 'ended'];

/**
 * Events of a file, the newest first. Only what the file itself shows is told, and only the days of it:
 * a record that is not shown leaves neither an event nor a gap.
 */
export function timelineOf(view: SubjectPage): TimelineEvent[] {
  const registered = view.registered.find(({ key }) => key === 'registered-on')?.value ?? null;
  const events: TimelineEvent[] = [
    ...(registered === null ? [] : [{ on: registered, kind: 'registered' as const }]),
    ...(view.endedOn === null ? [] : [{ on: view.endedOn, kind: 'ended' as const }]),
    ...view.formerNames.flatMap(({ name, to }) =>
      to === null ? [] : [{ on: to, kind: 'renamed' as const, name }],
    ),
    ...view.relations.map((relation) => ({
      on: relation.since,
      kind: 'relation' as const,
      relation,
    })),
    ...view.sections.flatMap(({ records }) =>
      records.map((record) => ({
        on: record.decidedOn ?? record.receivedOn,
        kind: 'record' as const,
        record,
      })),
    ),
  ];
  return events.sort(
    (a, b) =>
      (a.on < b.on ? 1 : a.on > b.on ? -1 : 0) || order.indexOf(b.kind) - order.indexOf(a.kind),
  );
}
