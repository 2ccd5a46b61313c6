/** The whole file of an organisation as it reads it itself, and what falls away when. */
import type { ReactElement } from 'react';
import { Crumbs, Facts, More, Notice, Pager, Table, Tag, Zh } from '../../../ui/parts.tsx';
import { type Reader, type Words } from '../../../ui/reader.ts';
import type { Ending, OwnFile, OwnRecord } from '../service.ts';

const channelWords: Readonly<Record<string, Words>> = {
  show: { zh: '公示', en: 'Public display' },
  share: { zh: '部门共享', en: 'Sharing between authorities' },
  use: { zh: '用于惩戒或者评价', en: 'Use in measures and evaluation' },
  report: { zh: '写入信用报告', en: 'Credit reports' },
};

/** Name of a channel. */
export const channelName = (channel: string): Words =>
  channelWords[channel] ?? { zh: channel, en: channel };

/** The way back, and whose space it is. */
export function Trail({ r, title, name }: { r: Reader; title: Words; name: string }): ReactElement {
  return (
    <>
      <Crumbs r={r} trail={[[r.say({ zh: '我的组织', en: 'My organisation' }), '/my']]} />
      <h1>{r.say(title)}</h1>
      <p className="lead">
        <Zh r={r}>{name}</Zh>
      </p>
    </>
  );
}

type Cited = OwnRecord['channels'][number]['provision'];

const citedText = (provision: Cited): string | null =>
  provision === null ? null : `《${provision.instrument}》${provision.article ?? ''}`;

function Channel({ r, one }: { r: Reader; one: OwnRecord['channels'][number] }): ReactElement {
  const spans = one.windows.map(({ from, until }) => `${from} – ${until ?? '…'}`).join('; ');
  return (
    <>
      <p>
        <strong>{r.say(channelName(one.channel))}</strong>{' '}
        <Tag tone={one.open ? 'care' : 'mute'}>
          {one.open
            ? r.say({ zh: '今天开放', en: 'open today' })
            : r.say({ zh: '今天不开放', en: 'shut today' })}
        </Tag>{' '}
        {spans}
      </p>
      <p>{r.say(one.why)}</p>
      {one.provision === null ? null : (
        <p>
          <Zh r={r}>{citedText(one.provision)}</Zh>
        </p>
      )}
    </>
  );
}

function RecordPart({ r, record }: { r: Reader; record: OwnRecord }): ReactElement {
  const unitOf = (unit: string | null) => (unit === null ? '' : ` ${unit}`);
  return (
    <article className="record" id={record.recordId}>
      <h3>
        <Zh r={r}>{`${record.itemName} ${record.documentNumber ?? ''}`}</Zh>
      </h3>
      <Facts
        facts={[
          [r.say({ zh: '作出机关', en: 'Authority' }), record.authority],
          [r.say({ zh: '决定日期', en: 'Decided' }), record.decidedOn],
          [r.say({ zh: '归集日期', en: 'Received' }), record.receivedOn],
          ...record.fields.map(
            ({ name, value, unit }) => [name, `${value}${unitOf(unit)}`] as const,
          ),
        ]}
      />
      <More
        summary={r.say({ zh: '四个通道的期限和理由', en: 'Windows of the four channels, and why' })}
      >
        {record.channels.map((one) => (
          <Channel key={one.channel} r={r} one={one} />
        ))}
      </More>
    </article>
  );
}

/** Records on one page of a file. */
export const recordsPerPage = 20;

/** The whole file. */
export function FilePage({
  r,
  file,
  page,
}: {
  r: Reader;
  file: OwnFile;
  page: number;
}): ReactElement {
  const from = (page - 1) * recordsPerPage;
  const shown = file.records.slice(from, from + recordsPerPage);
  const to = (no: number) => `/my/o/${file.uscc}/file?page=${no}`;
  return (
    <div className="wide">
      <Trail r={r} title={{ zh: '完整信用档案', en: 'The whole file' }} name={file.name} />
      <p>
        {r.say({
          zh: `截至${file.asOf}共${file.records.length}条记录，包括没有公示的。`,
          en: `${file.records.length} records as of ${file.asOf}, also those that are not public.`,
        })}
      </p>
      <h2>{r.say({ zh: '记录', en: 'Records' })}</h2>
      {shown.map((record) => (
        <RecordPart key={record.recordId} r={r} record={record} />
      ))}
      <Pager
        r={r}
        before={page > 1 ? to(page - 1) : null}
        after={from + recordsPerPage < file.records.length ? to(page + 1) : null}
      />
    </div>
  );
}

/** What falls away when, the next first. */
export function EndsPage({ r, file }: { r: Reader; file: OwnFile }): ReactElement {
  return (
    <div className="wide">
      <Trail r={r} title={{ zh: '何时到期', en: 'What falls away when' }} name={file.name} />
      {file.fallingAway.length === 0 ? (
        <Notice>
          <p>
            {r.say({
              zh: '没有今天开放并且有终期的通道。',
              en: 'No window that is open today has an end.',
            })}
          </p>
        </Notice>
      ) : (
        <Table<Ending>
          caption={r.say({ zh: '按到期日排列', en: 'By day' })}
          rows={file.fallingAway}
          keyOf={({ recordId, channel }) => `${recordId}-${channel}`}
          columns={[
            {
              title: r.say({ zh: '最后一天', en: 'Last day' }),
              lead: true,
              cell: ({ lastDay }) => lastDay,
            },
            {
              title: r.say({ zh: '记录', en: 'Record' }),
              cell: ({ itemName, documentNumber }) => (
                <Zh r={r}>{`${itemName} ${documentNumber ?? ''}`}</Zh>
              ),
            },
            {
              title: r.say({ zh: '通道', en: 'Channel' }),
              cell: ({ channel }) => r.say(channelName(channel)),
            },
            { title: r.say({ zh: '理由', en: 'Why' }), cell: ({ why }) => r.say(why) },
            {
              title: r.say({ zh: '依据', en: 'Provision' }),
              cell: ({ provision }) => <Zh r={r}>{citedText(provision)}</Zh>,
            },
          ]}
        />
      )}
    </div>
  );
}
