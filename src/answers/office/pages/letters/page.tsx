/** 告知: letters to oneself, one's unit and one's position; the list, and one of them. */
import { Link, useParams } from 'wouter';
import { useList } from '../../../../ui/office/ask.ts';
import { DataTable } from '../../../../ui/office/data-table.tsx';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Moment, PageHead } from '../../../../ui/office/parts.tsx';
import { type LetterLine, lettersRoute } from '../../notices/contract.ts';
import { One } from './one.tsx';
import { useStates } from './words.ts';

export default function Letters() {
  const { id } = useParams<{ id?: string }>();
  return id === undefined ? <List /> : <One key={id} id={id} />;
}

function List() {
  const { t, say } = useLanguage();
  const states = useStates();
  const list = useList(
    lettersRoute,
    {},
    { rows: ({ letters }): readonly LetterLine[] => letters, next: ({ next }) => next },
  );
  return (
    <>
      <PageHead
        title={t('告知', 'Letters')}
        lead={t(
          '给您本人、本单位和本岗位的告知。打开一件即记为已读；确认收到即为送达的证明。',
          'Letters to you, your unit and your position. Opening one is entered; acknowledging it proves that it was served.',
        )}
      />
      <DataTable
        caption={t('告知，最新的在前', 'Letters, the newest first')}
        rowKey={({ id }) => id}
        list={list}
        columns={[
          {
            title: t('标题', 'Title'),
            render: (_value, { id, title, readAt }) => {
              const link = <Link href={`/letters/${id}`}>{say(title)}</Link>;
              return readAt === null ? <strong>{link}</strong> : link;
            },
          },
          { title: t('时间', 'When'), render: (_value, { at }) => <Moment at={at} /> },
          {
            title: t('状态', 'State'),
            render: (_value, { state, readAt }) =>
              state === 'prepared' && readAt === null ? states.delivered : states[state],
          },
          { title: t('送达日', 'Served on'), render: (_value, { servedOn }) => servedOn ?? '—' },
        ]}
      />
    </>
  );
}
