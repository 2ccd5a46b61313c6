/** The events of a file in order of days. */
import type { ReactElement } from 'react';
import { Zh } from '../../../ui/parts.tsx';
import type { Reader } from '../../../ui/reader.ts';
import type { TimelineEvent } from './timeline-events.ts';
import { RecordTitle, untilWords } from './record-parts.tsx';
import { RelationLine } from './relations.tsx';

function EventLine({
  r,
  event,
  path,
}: {
  r: Reader;
  event: TimelineEvent;
  path: string;
}): ReactElement {
  switch (event.kind) {
    case 'registered':
      return <>{r.say({ zh: '成立（登记）', en: 'Registered' })}</>;
    case 'ended':
      return <>{r.say({ zh: '主体终止', en: 'Ended' })}</>;
    case 'renamed':
      return (
        <>
          {r.say({ zh: '更名，此前名称：', en: 'Renamed; until then ' })}
          <Zh r={r}>{event.name}</Zh>
        </>
      );
    case 'relation':
      return <RelationLine r={r} relation={event.relation} />;
    case 'record':
      return (
        <span>
          <a href={r.to(`${path}/records/${event.record.recordId}`)}>
            <RecordTitle r={r} record={event.record} />
          </a>{' '}
          <span className="quiet small">{untilWords(r, event.record)}</span>
        </span>
      );
  }
}

/** Draws the newest `most` events; `all` says how many there are. */
export function Timeline({
  r,
  events,
  path,
  most,
}: {
  r: Reader;
  events: readonly TimelineEvent[];
  path: string;
  most: number;
}): ReactElement | null {
  if (events.length === 0) return null;
  return (
    <section aria-labelledby="timeline">
      <h2 id="timeline">{r.say({ zh: '时间线', en: 'Timeline' })}</h2>
      <ol className="timeline">
        {events.slice(0, most).map((event, index) => (
          <li key={index}>
            <time dateTime={event.on}>{event.on}</time>
            <EventLine r={r} event={event} path={path} />
          </li>
        ))}
      </ol>
      {events.length > most ? (
        <p className="small quiet">
          {r.say({
            zh: `只列最近${most}件；更早的见下面各部分。`,
            en: `The newest ${most} only; earlier ones are in the parts below.`,
          })}
        </p>
      ) : null}
    </section>
  );
}
