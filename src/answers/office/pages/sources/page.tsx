/** Sources by lateness, and one unit's. */
import { useState } from 'react';
import { Radio, type TableColumnsType } from 'antd';
import { Link, useParams, useSearch } from 'wouter';
import { useList } from '../../../../ui/office/ask.ts';
import { DataTable } from '../../../../ui/office/data-table.tsx';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { PageHead } from '../../../../ui/office/parts.tsx';
import { type SourceView, sourcesRoute } from '../../sources/contract.ts';
import Unit from './unit.tsx';
import { SourceState } from './state.tsx';

export default function Sources() {
  const { unit } = useParams<{ unit?: string }>();
  return unit === undefined ? <All /> : <Unit key={unit} unit={unit} />;
}

const states = ['all', 'late', 'unknown', 'current'] as const;
type State = (typeof states)[number];

function All() {
  const { t } = useLanguage();
  // A figure of the dashboard leads to the sources it counts.
  const wanted = new URLSearchParams(useSearch()).get('state');
  const [state, setState] = useState<State>(states.find((one) => one === wanted) ?? 'all');
  const list = useList(sourcesRoute, state === 'all' ? {} : { state }, {
    rows: ({ sources }): readonly SourceView[] => sources,
    next: ({ next }) => next,
  });
  const counts = list.data?.pages[0]?.counts;
  const label = (name: string, count: number | undefined) =>
    count === undefined ? name : `${name}（${count}）`;
  return (
    <>
      <PageHead
        title={t('来源', 'Sources')}
        lead={t(
          '逾期最久的在前。目录没有写明频次的，不能断定是否逾期，如实写“不详”。',
          'The longest overdue first. Where the directory sets no rhythm, nobody can tell, and it says so.',
        )}
      />
      <Radio.Group
        value={state}
        onChange={({ target }) => setState(target.value as State)}
        aria-label={t('状态', 'State')}
        options={[
          { value: 'all', label: t('全部', 'All') },
          { value: 'late', label: label(t('逾期', 'Late'), counts?.late) },
          { value: 'unknown', label: label(t('不详', 'Not known'), counts?.unknown) },
          { value: 'current', label: label(t('正常', 'Current'), counts?.current) },
        ]}
      />
      <DataTable
        caption={t('来源', 'Sources')}
        rowKey={({ unit, item }) => `${unit.code} ${item}`}
        list={list}
        columns={useSourceColumns(true)}
      />
    </>
  );
}

/** Columns of sources; `linked`: the unit leads to its own page. */
export function useSourceColumns(linked: boolean): TableColumnsType<SourceView> {
  const { t, say } = useLanguage();
  return [
    {
      title: t('单位', 'Unit'),
      render: (_value, { unit }) =>
        linked ? (
          <Link href={`/sources/${encodeURIComponent(unit.code)}`}>{unit.name ?? unit.code}</Link>
        ) : (
          (unit.name ?? unit.code)
        ),
    },
    { title: t('事项', 'Item'), render: (_value, { itemName }) => say(itemName) },
    { title: t('状态', 'State'), render: (_value, source) => <SourceState source={source} /> },
    {
      title: t('最近收到', 'Last received'),
      render: (_value, { lastReceivedOn }) => lastReceivedOn ?? t('从未', 'never'),
    },
    { title: t('逾期自', 'Late since'), render: (_value, { lateSince }) => lateSince ?? '—' },
    {
      title: t('上月行数', 'Rows last month'),
      align: 'right',
      render: (_value, { lastMonth }) => lastMonth.rows,
    },
    {
      title: t('上月退回', 'Given back'),
      align: 'right',
      render: (_value, { lastMonth }) => lastMonth.rejected,
    },
  ];
}
