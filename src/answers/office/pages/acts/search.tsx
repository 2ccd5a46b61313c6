/** The audit search: who did what, to what, when. What is looked for stands in the address. */
import { Form, Input } from 'antd';
import { Link, useSearchParams } from 'wouter';
import { useList } from '../../../../ui/office/ask.ts';
import { DataTable } from '../../../../ui/office/data-table.tsx';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Moment, PageHead } from '../../../../ui/office/parts.tsx';
import { type ActLine, actsRoute } from '../../audit/contract.ts';
import { SearchForm, withoutEmpty } from '../events/search.tsx';

const names = ['from', 'to', 'kind', 'account', 'unit', 'object'] as const;

export default function Search() {
  const { t, say } = useLanguage();
  const [address, setAddress] = useSearchParams();
  const looked = withoutEmpty(
    Object.fromEntries(names.map((name) => [name, address.get(name) ?? undefined])),
  );
  const list = useList(actsRoute, looked, {
    rows: ({ acts }): readonly ActLine[] => acts,
    next: ({ next }) => next,
  });
  return (
    <>
      <PageHead
        title={t('行为检索', 'Acts')}
        lead={t(
          '每一次改动都是一项行为：谁、在什么岗位、对什么、何时。打开一项，看它是否与当时写下的一致，是否已在透明日志中。',
          'Every change is an act: who, in which position, to what, when. Open one to see whether it still is what was written down, and whether the log has it.',
        )}
      />
      <SearchForm looked={looked} onSearch={(wanted) => setAddress(new URLSearchParams(wanted))}>
        <Form.Item
          name="kind"
          label={t('行为种类（如 accounts.confirm）', 'Kind (e.g. accounts.confirm)')}
        >
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
        <Form.Item name="unit" label={t('单位代码', 'Code of the unit')}>
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
        <Form.Item name="object" label={t('对象（如 record:编号）', 'Object (e.g. record:id)')}>
          <Input maxLength={200} autoComplete="off" />
        </Form.Item>
      </SearchForm>
      <DataTable
        caption={t('行为', 'Acts')}
        rowKey={({ id }) => id}
        list={list}
        columns={[
          {
            title: t('行为', 'Act'),
            render: (_value, { id, kind }) => <Link href={`/acts/${id}`}>{kind}</Link>,
          },
          { title: t('时间', 'Time'), render: (_value, { at }) => <Moment at={at} /> },
          { title: t('账户', 'Account'), dataIndex: 'account' },
          { title: t('岗位', 'Position'), render: (_value, { position }) => say(position) },
          { title: t('单位', 'Unit'), render: (_value, { unit }) => unit.name ?? unit.code },
          { title: t('对象', 'Object'), dataIndex: 'object' },
          {
            title: t('第二人', 'Second person'),
            render: (_value, { isSecond }) => (isSecond ? t('是', 'yes') : '—'),
          },
        ]}
      />
    </>
  );
}
