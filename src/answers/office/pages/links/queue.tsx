/** The queue of doubtful links, the oldest first. */
import { useRef, useState } from 'react';
import { Flex, Radio, Switch, type TableColumnsType } from 'antd';
import { Link } from 'wouter';
import { useList } from '../../../../ui/office/ask.ts';
import { DataTable } from '../../../../ui/office/data-table.tsx';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Moment, PageHead } from '../../../../ui/office/parts.tsx';
import { type LinkReviewLine, linkReviewsRoute } from '../../links/contract.ts';
import { useKeys, useKeysOn } from './keys.ts';
import { stateWords } from './words.ts';

type Waiting = 'all' | 'proposal' | 'confirmation';

export default function Queue() {
  const { t } = useLanguage();
  const [waiting, setWaiting] = useState<Waiting>('all');
  const [keysOn, setKeysOn] = useKeysOn();
  const list = useList(linkReviewsRoute, waiting === 'all' ? {} : { waiting }, {
    rows: ({ reviews }): readonly LinkReviewLine[] => reviews,
    next: ({ next }) => next,
  });
  const columns = useColumns();
  const table = useRef<HTMLDivElement>(null);
  useKeys(keysOn, (key) => {
    if (key !== 'j' && key !== 'k') return false;
    const links = [...(table.current?.querySelectorAll<HTMLElement>('td a') ?? [])];
    const at = links.indexOf(document.activeElement as HTMLElement);
    links[Math.max(0, Math.min(links.length - 1, at + (key === 'j' ? 1 : -1)))]?.focus();
    return true;
  });
  return (
    <>
      <PageHead
        title={t('关联复核', 'Doubtful links')}
        lead={t(
          '行内信息不足以自动确定主体的，由一人提议、另一人确认。键盘：j、k 上下移动，回车打开。',
          'Rows whose subject could not be told without doubt: one person proposes, another confirms. Keys: j and k move, Enter opens.',
        )}
        actions={
          <Flex gap="small" align="center" component="label">
            <Switch
              checked={keysOn}
              onChange={setKeysOn}
              aria-label={t('键盘快捷键', 'Single keys')}
            />
            {t('键盘快捷键', 'Single keys')}
          </Flex>
        }
      />
      <Radio.Group
        value={waiting}
        onChange={({ target }) => setWaiting(target.value as Waiting)}
        aria-label={t('等待谁', 'Waiting for whom')}
        options={[
          { value: 'all', label: t('全部', 'All') },
          { value: 'proposal', label: t('等待提议', 'To be proposed') },
          { value: 'confirmation', label: t('等待确认', 'To be confirmed') },
        ]}
      />
      <div ref={table}>
        <DataTable
          caption={t('待复核的关联', 'Doubtful links')}
          rowKey={({ reviewId }) => reviewId}
          list={list}
          columns={columns}
        />
      </div>
    </>
  );
}

function useColumns(): TableColumnsType<LinkReviewLine> {
  const { t, say } = useLanguage();
  return [
    {
      title: t('行内名称', 'Name in the row'),
      render: (_value, { reviewId, name, procedure }) => (
        <Link href={`/links/${reviewId}`}>
          {procedure === 'link-undo'
            ? t('撤销关联', 'Undoing a link')
            : (name ?? t('（未提供名称）', '(no name given)'))}
        </Link>
      ),
    },
    { title: t('行内代码', 'Code in the row'), render: (_value, { code }) => code ?? '—' },
    {
      title: t('来源', 'Source'),
      render: (_value, { unit, itemName }) =>
        `${unit?.name ?? unit?.code ?? '—'} ${itemName ?? ''}`,
    },
    {
      title: t('疑点', 'Doubt'),
      render: (_value, { reasons }) => reasons.map(({ message }) => message).join(''),
    },
    { title: t('候选', 'Candidates'), dataIndex: 'candidates', align: 'right' },
    {
      title: t('状态', 'State'),
      render: (_value, { state, proposedByMe }) => (
        <>
          {say(stateWords[state] ?? { zh: state, en: state })}
          {proposedByMe ? t('（您提议的）', ' (proposed by you)') : ''}
        </>
      ),
    },
    {
      title: t('等待自', 'Waiting since'),
      render: (_value, { openedAt }) => <Moment at={openedAt} />,
    },
  ];
}
