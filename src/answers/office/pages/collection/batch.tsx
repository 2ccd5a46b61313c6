/** One batch: how far it is, what became of its rows, what is wrong, and what may be done about it. */
import { useState } from 'react';
import { Alert, Tabs, Tag } from 'antd';
import { Link } from 'wouter';
import { useRead } from '../../../../ui/office/ask.ts';
import { DataTable } from '../../../../ui/office/data-table.tsx';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Facts, Moment, PageHead, Shown } from '../../../../ui/office/parts.tsx';
import { type BatchView, batchRoute } from '../../collection/contract.ts';
import { WrongRows } from './grid.tsx';
import { LineageTab } from './lineage.tsx';
import { Actions } from './release.tsx';
import { bytesText, outcomeWords, stateWords } from './words.ts';

const lookAgainMs = 1_000;

/** A batch, asked for again while it is worked. */
export function BatchPage({ id }: { readonly id: string }) {
  const { t } = useLanguage();
  const [over, setOver] = useState(false);
  const asked = useRead(batchRoute, { id }, { every: over ? false : lookAgainMs });
  const state = asked.data?.state;
  const ended = state === 'done' || state === 'refused' || asked.error !== null;
  if (ended !== over) setOver(ended);
  return (
    <>
      <PageHead
        title={t('批次', 'Batch')}
        actions={<Link href="/collection/batches">{t('全部批次', 'All batches')}</Link>}
      />
      <Shown asked={asked}>{(batch) => <Batch batch={batch} />}</Shown>
    </>
  );
}

function Batch({ batch }: { readonly batch: BatchView }) {
  const { t } = useLanguage();
  const { counts, state } = batch;
  const wrong = counts.rejected + counts.held;
  const tabs = [
    { key: 'findings', label: t('问题', 'Findings'), children: <Findings batch={batch} /> },
    ...(state === 'done' && wrong > 0
      ? [
          {
            key: 'rows',
            label: t(`退回和待核的行（${wrong}）`, `Wrong and waiting rows (${wrong})`),
            children: <WrongRows batch={batch} />,
          },
        ]
      : []),
    {
      key: 'lineage',
      label: t('来龙去脉', 'Where it came from'),
      children: <LineageTab id={batch.batch} />,
    },
  ];
  return (
    <>
      <Head batch={batch} />
      <Outcome batch={batch} />
      <Actions batch={batch} />
      <Tabs items={tabs} destroyOnHidden />
    </>
  );
}

function Head({ batch }: { readonly batch: BatchView }) {
  const { t, say } = useLanguage();
  return (
    <>
      {batch.refusal === null ? null : (
        <Alert
          type="error"
          showIcon
          role="alert"
          className="trouble"
          title={t('整个文件退回', 'The whole file was given back')}
          description={say(batch.refusal.words)}
        />
      )}
      {batch.problems.map(({ place, message }) => (
        <Alert key={`${place} ${message}`} type="warning" title={`${place}：${message}`} />
      ))}
      <Facts
        facts={[
          [t('文件', 'File'), `${batch.fileName}（${bytesText(batch.sizeBytes)}）`],
          [t('事项', 'Item'), batch.item.name],
          [t('数据标准', 'Standard'), batch.standard ?? '—'],
          [t('收到', 'Received'), <Moment key="at" at={batch.receivedAt} />],
          [t('情况', 'State'), <Tag key="state">{say(stateWords[batch.state])}</Tag>],
          [t('摘要', 'Digest'), batch.digest],
        ]}
      />
    </>
  );
}

function Outcome({ batch }: { readonly batch: BatchView }) {
  const { t, say } = useLanguage();
  const { counts, state, rowsPerSecond, declaredRows } = batch;
  const parts = [
    [outcomeWords.A, counts.accepted],
    [outcomeWords.W, counts.acceptedWithWarning],
    [outcomeWords.D, counts.duplicate],
    [outcomeWords.H, counts.held],
    [outcomeWords.R, counts.rejected],
  ] as const;
  const running = state === 'received' || state === 'running';
  return (
    <section aria-label={t('处理结果', 'Outcome')} role="status" className="outcome">
      <p>
        <strong data-count="received">{counts.received}</strong>{' '}
        {running ? t('行已处理', 'rows worked so far') : t('行', 'rows')}
        {running && rowsPerSecond !== null
          ? t(`，每秒${rowsPerSecond}行`, `, ${rowsPerSecond} a second`)
          : null}
        {declaredRows === null || running
          ? null
          : declaredRows === counts.received
            ? t('，与申报的行数一致', ', as many as declared')
            : t(`，申报为${declaredRows}行，不一致`, `; ${declaredRows} were declared`)}
      </p>
      <p>
        {'= '}
        {parts.map(([words, count], at) => (
          <span key={words.en}>
            {at === 0 ? null : ' + '}
            {say(words)} <strong data-count={words.en}>{count}</strong>
          </span>
        ))}
      </p>
    </section>
  );
}

function Findings({ batch }: { readonly batch: BatchView }) {
  const { t } = useLanguage();
  const severities: Readonly<Record<string, string>> = {
    reject: t('退回', 'given back'),
    hold: t('待核', 'waits'),
    'close-show': t('暂不公示', 'not shown'),
    warn: t('提示', 'warning'),
    note: t('说明', 'note'),
  };
  return (
    <DataTable
      caption={t('问题，按规则归类', 'Findings by rule')}
      rowKey={({ rule, severity }) => `${rule} ${severity}`}
      list={{ rows: batch.findings }}
      columns={[
        { title: t('规则', 'Rule'), dataIndex: 'rule' },
        {
          title: t('后果', 'Effect'),
          render: (_value, { severity }) => severities[severity] ?? severity,
        },
        { title: t('行数', 'Rows'), dataIndex: 'rows', align: 'right' },
        {
          title: t('例如', 'For example'),
          render: (_value, { firstRow, message }) =>
            t(`第${firstRow}行：${message}`, `row ${firstRow}: ${message}`),
        },
        { title: t('修改建议', 'Advice'), dataIndex: 'advice' },
      ]}
    />
  );
}
