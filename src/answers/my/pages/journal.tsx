/** Who read what of an organisation, for what, and on which ground. */
import type { ReactElement } from 'react';
import { momentWords } from '../../../kernel/day.ts';
import { Notice, Pager, Table, Zh } from '../../../ui/parts.tsx';
import type { Reader } from '../../../ui/reader.ts';
import type { OwnJournal } from '../service.ts';
import { Trail } from './file.tsx';

type Entry = OwnJournal['entries'][number];

function Entries({ r, entries }: { r: Reader; entries: readonly Entry[] }): ReactElement {
  return (
    <Table<Entry>
      caption={r.say({ zh: '查询，最近的在前', en: 'Readings, the newest first' })}
      rows={entries}
      keyOf={({ reading }) => reading}
      columns={[
        {
          title: r.say({ zh: '时间（北京时间）', en: 'When (UTC+8)' }),
          lead: true,
          cell: ({ at }) => momentWords(at),
        },
        {
          title: r.say({ zh: '单位', en: 'Unit' }),
          cell: ({ unit }) => <Zh r={r}>{unit.name ?? unit.code}</Zh>,
        },
        {
          title: r.say({ zh: '岗位', en: 'Position' }),
          cell: ({ position }) => r.say(position),
        },
        {
          title: r.say({ zh: '目的', en: 'Purpose' }),
          cell: ({ purpose }) => r.say(purpose.name),
        },
        {
          title: r.say({ zh: '依据', en: 'Provision' }),
          cell: ({ provision }) =>
            `${r.say(provision.instrument)} ${provision.article ?? ''}`.trim(),
        },
        {
          title: r.say({ zh: '内容', en: 'What' }),
          cell: ({ seen }) => (
            <Zh r={r}>
              {seen
                .map((one) => `${one.itemName}${one.records}条：${one.fields.join('、')}`)
                .join('；')}
            </Zh>
          ),
        },
      ]}
    />
  );
}

/** The access journal, newest first. */
export function JournalPage({
  r,
  name,
  organisation,
  journal,
}: {
  r: Reader;
  name: string;
  organisation: string;
  journal: OwnJournal;
}): ReactElement {
  const { entries, next } = journal;
  const after =
    next === null ? null : `/my/o/${organisation}/journal?after=${encodeURIComponent(next)}`;
  return (
    <div className="wide">
      <Trail r={r} title={{ zh: '查询记录', en: 'Who read it' }} name={name} />
      <p>
        {r.say({
          zh: '工作人员每次受限查询都记在这里。依法延后告知的，到告知之日才出现。',
          en: 'Every restricted reading by an officer stands here. One the law lets be told later appears on its day.',
        })}
      </p>
      {entries.length === 0 ? (
        <Notice>
          <p>{r.say({ zh: '没有可以告知的查询。', en: 'There is no reading to tell of.' })}</p>
        </Notice>
      ) : (
        <Entries r={r} entries={entries} />
      )}
      <Pager r={r} before={null} after={after} />
    </div>
  );
}
