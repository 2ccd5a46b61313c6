/** Security events, the newest first. */
import { useState } from 'react';
import { Form, Select } from 'antd';
import { useList } from '../../../../ui/office/ask.ts';
import { DataTable } from '../../../../ui/office/data-table.tsx';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Moment, PageHead } from '../../../../ui/office/parts.tsx';
import { type EventView, eventsRoute } from '../../audit/contract.ts';
import { type Looked, SearchForm } from './search.tsx';
import { denialWords, eventWords } from './words.ts';

export default function Events() {
  const { t, say } = useLanguage();
  const [looked, setLooked] = useState<Looked>({});
  const list = useList(eventsRoute, looked, {
    rows: ({ events }): readonly EventView[] => events,
    next: ({ next }) => next,
  });
  const told = ({ facts }: EventView) =>
    facts
      .map(({ name, value }) => {
        const words = name === 'code' ? denialWords[value ?? ''] : undefined;
        return words === undefined ? `${name} ${value ?? ''}` : say(words);
      })
      .join(t('；', '; '));
  return (
    <>
      <PageHead
        title={t('安全事件', 'Security events')}
        lead={t(
          '登录、拒绝、锁定等，最新的在前。只能按账户代码查找，不能按人的姓名或号码查找。',
          'Sign-ins, denials, locks and others, the newest first. Accounts are looked for by their code, persons never.',
        )}
      />
      <SearchForm looked={looked} onSearch={setLooked}>
        <Form.Item name="kind" label={t('种类', 'Kind')}>
          <Select
            allowClear
            style={{ minWidth: '12rem' }}
            options={Object.entries(eventWords).map(([value, words]) => ({
              value,
              label: say(words),
            }))}
          />
        </Form.Item>
      </SearchForm>
      <DataTable
        caption={t('安全事件', 'Security events')}
        rowKey={({ id }) => id}
        list={list}
        columns={[
          { title: t('时间', 'Time'), render: (_value, { at }) => <Moment at={at} /> },
          {
            title: t('种类', 'Kind'),
            render: (_value, { kind }) => say(eventWords[kind] ?? { zh: kind, en: kind }),
          },
          {
            title: t('账户', 'Account'),
            render: (_value, { account, unknownAccount }) =>
              account ??
              (unknownAccount ? t('（不是账户，不显示）', '(no account, not shown)') : '—'),
          },
          { title: t('请求', 'Request'), render: (_value, { route }) => route ?? '—' },
          { title: t('来自', 'From'), render: (_value, { address }) => address ?? '—' },
          { title: t('说明', 'Facts'), render: (_value, event) => told(event) },
        ]}
      />
    </>
  );
}
