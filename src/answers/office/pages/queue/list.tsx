/** The queue: overdue first, then by clock, then the longest waiting. */
import { useState } from 'react';
import { Flex, Radio, Select, type TableColumnsType } from 'antd';
import { Link } from 'wouter';
import { useList } from '../../../../ui/office/ask.ts';
import { DataTable } from '../../../../ui/office/data-table.tsx';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Moment, PageHead } from '../../../../ui/office/parts.tsx';
import { type WaitingView, queueRoute } from '../../queue/contract.ts';
import { Clock, NotOpen, Open } from './parts.tsx';

type Show = 'mine' | 'all';

export default function Waiting() {
  const { t, say } = useLanguage();
  const [show, setShow] = useState<Show>('mine');
  const [kind, setKind] = useState('');
  const list = useList(
    queueRoute,
    { show, ...(kind === '' ? {} : { kind }) },
    { rows: ({ waiting }): readonly WaitingView[] => waiting, next: ({ next }) => next },
  );
  const kinds = list.data?.pages[0]?.kinds ?? [];
  return (
    <>
      <PageHead
        title={t('待办', 'Queue')}
        lead={t(
          '各种程序中等待您办理的事项：逾期的在前，再按期限，再按等待时间。期限出自规则；没有规定期限的如实写明。',
          'What waits for you in every procedure: overdue first, then by clock, then the longest waiting. Clocks come from the rulebook; where it sets none, that is said.',
        )}
      />
      <Flex gap="middle" align="center" wrap className="filters">
        <Radio.Group
          value={show}
          onChange={({ target }) => setShow(target.value as Show)}
          aria-label={t('等待谁', 'Waiting for whom')}
          options={[
            { value: 'mine', label: t('等待我办理', 'Waiting for me') },
            { value: 'all', label: t('全部在办', 'All under way') },
          ]}
        />
        <Select
          value={kind}
          onChange={setKind}
          aria-label={t('种类', 'Kind')}
          popupMatchSelectWidth={false}
          options={[
            { value: '', label: t('所有种类', 'Every kind') },
            ...kinds.map(({ code, name }) => ({ value: code, label: say(name) })),
          ]}
        />
      </Flex>
      <DataTable
        caption={t('待办事项', 'What waits')}
        rowKey={({ kind: { code }, id }) => `${code} ${id}`}
        list={list}
        columns={useColumns()}
        empty={t('没有等待办理的事项。', 'Nothing waits.')}
      />
    </>
  );
}

function useColumns(): TableColumnsType<WaitingView> {
  const { t, say } = useLanguage();
  return [
    { title: t('种类', 'Kind'), render: (_value, { kind }) => say(kind.name) },
    {
      title: t('事项', 'Matter'),
      render: (_value, { kind, id, title, about }) => (
        <>
          <Link href={`/queue/${kind.code}/${id}`}>{say(title)}</Link>
          <div className="cited">{say(about)}</div>
        </>
      ),
    },
    { title: t('期限', 'Clock'), render: (_value, { due }) => <Clock due={due} /> },
    { title: t('等待自', 'Waiting since'), render: (_value, { since }) => <Moment at={since} /> },
    { title: t('状态', 'State'), render: (_value, { state }) => say(state.name) },
    {
      title: t('可以办理', 'You may'),
      render: (_value, { actions, mine }) =>
        mine ? <Open steps={actions} /> : <NotOpen steps={actions} />,
    },
  ];
}
