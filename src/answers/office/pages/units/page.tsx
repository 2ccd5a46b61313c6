/** Units with level, region and accounts. The centre registers them; here they are only read. */
import { useState } from 'react';
import { Radio, type TableColumnsType } from 'antd';
import { useList } from '../../../../ui/office/ask.ts';
import { DataTable } from '../../../../ui/office/data-table.tsx';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { PageHead } from '../../../../ui/office/parts.tsx';
import { type UnitLine, unitsRoute } from '../../system/contract.ts';

type Status = 'all' | UnitLine['status'];

function useWords() {
  const { t } = useLanguage();
  const levels: Readonly<Record<string, string>> = {
    nation: t('国家级', 'national'),
    province: t('省级', 'provincial'),
    city: t('市级', 'city'),
    prefecture: t('市级', 'city'),
    county: t('县级', 'county'),
    town: t('乡镇级', 'township'),
    unknown: t('不详', 'not known'),
  };
  const states: Readonly<Record<UnitLine['status'], string>> = {
    registered: t('已登记', 'registered'),
    provisional: t('待中心确认', 'to be confirmed by the centre'),
    ended: t('已终止', 'ended'),
  };
  return { levels, states };
}

export default function Units() {
  const { t } = useLanguage();
  const [status, setStatus] = useState<Status>('all');
  const { states } = useWords();
  const list = useList(unitsRoute, status === 'all' ? {} : { status }, {
    rows: ({ units }): readonly UnitLine[] => units,
    next: ({ next }) => next,
  });
  const first = list.data?.pages[0];
  const counted = (of: UnitLine['status']) => {
    const count = first?.counts[of];
    return count === undefined ? states[of] : `${states[of]}（${count}）`;
  };
  return (
    <>
      <PageHead
        title={t('单位', 'Units')}
        lead={t(
          '单位由信用中心登记和确认，这里只供查看。账户由安全管理员管理。',
          'The centre registers and confirms units; here they are read only. The security administrator keeps accounts.',
        )}
      />
      <Radio.Group
        value={status}
        onChange={({ target }) => setStatus(target.value as Status)}
        aria-label={t('状态', 'State')}
        options={[
          { value: 'all', label: t('全部', 'All') },
          ...(['registered', 'provisional', 'ended'] as const).map((value) => ({
            ...{ value, label: counted(value) },
          })),
        ]}
      />
      <DataTable
        caption={t('单位', 'Units')}
        rowKey={({ code }) => code}
        list={list}
        columns={useColumns()}
      />
      {first === undefined || first.elsewhere === 0 ? null : (
        <p>
          {t(
            `另有${first.elsewhere}个账户所属的单位没有登记。`,
            `${first.elsewhere} more accounts are of units that are not registered.`,
          )}
        </p>
      )}
    </>
  );
}

function useColumns(): TableColumnsType<UnitLine> {
  const { t } = useLanguage();
  const { levels, states } = useWords();
  return [
    { title: t('名称', 'Name'), dataIndex: 'name' },
    { title: t('代码', 'Code'), dataIndex: 'code' },
    {
      title: t('级别', 'Level'),
      render: (_value, { level }) => levels[level] ?? level,
    },
    {
      title: t('区划', 'Region'),
      render: (_value, { region, place }) =>
        region === null ? '—' : `${place ?? ''} ${region}`.trim(),
    },
    { title: t('状态', 'State'), render: (_value, one) => states[one.status] },
    { title: t('账户', 'Accounts'), dataIndex: 'accounts', align: 'right' },
    { title: t('已停用', 'Disabled'), dataIndex: 'disabled', align: 'right' },
  ];
}
