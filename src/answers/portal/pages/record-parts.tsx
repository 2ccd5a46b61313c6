/** What the page of a subject and the page of a record both tell of a record. */
import type { ReactElement } from 'react';
import { Tag, Zh } from '../../../ui/parts.tsx';
import type { Reader } from '../../../ui/reader.ts';
import type { RecordPage } from '../contract.ts';
import { classWords } from './words.ts';

/**
 * What a record is, in one line: its item, and its certificate or its kinds where it has some. `short`:
 * the item is named above already.
 */
export function RecordTitle({
  r,
  record,
  short = false,
}: {
  r: Reader;
  record: RecordPage;
  short?: boolean;
}): ReactElement {
  const certificate = record.fields.find(({ role }) => role === 'certificate')?.value;
  const told = (record.family === 'permit' ? certificate : undefined) ?? record.kinds;
  if (told === null) return <>{r.say(record.itemName)}</>;
  return (
    <>
      {short ? null : `${r.say(record.itemName)}${r.say({ zh: '：', en: ': ' })}`}
      <Zh r={r}>{told}</Zh>
    </>
  );
}

/** The class of a record as a tag; nothing where classes do not apply. */
export function ClassTag({ r, record }: { r: Reader; record: RecordPage }): ReactElement | null {
  if (record.class === null) return null;
  const { class: name } = record.class;
  const tone = name === 'serious' ? 'grave' : name === 'general' ? 'care' : 'mute';
  return (
    <Tag tone={tone}>
      {r.say({
        zh: `失信等级：${classWords[name]?.zh ?? name}`,
        en: `class: ${classWords[name]?.en ?? name}`,
      })}
    </Tag>
  );
}

/** Until when a record is shown; from when is told by the sum. */
export function untilWords(r: Reader, record: RecordPage): string {
  const { lastDay } = record.window;
  return lastDay === null
    ? r.say({ zh: '公示：没有规定截止日期', en: 'Shown; no last day is set' })
    : r.say({ zh: `公示至${lastDay}（含当日）`, en: `Shown through ${lastDay}` });
}

/** Sources of a record: who delivered it, and when it first came in. */
export function SourcesOf({ r, record }: { r: Reader; record: RecordPage }): ReactElement {
  return (
    <>
      {record.sources.map(({ code, name }, index) => (
        <span key={code}>
          {index === 0 ? '' : r.say({ zh: '、', en: ', ' })}
          <Zh r={r}>{name ?? code}</Zh>
        </span>
      ))}
      {r.say({
        zh: `，${record.receivedOn}首次收到`,
        en: `, first received on ${record.receivedOn}`,
      })}
    </>
  );
}
