/** Deliveries of double publicity that wait for two officers of their unit. */
import { Link } from 'wouter';
import { useList } from '../../../../ui/office/ask.ts';
import { DataTable } from '../../../../ui/office/data-table.tsx';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Moment } from '../../../../ui/office/parts.tsx';
import { waitingReleasesRoute } from '../../releases/contract.ts';

export function Waiting() {
  const { t, say } = useLanguage();
  const list = useList(
    waitingReleasesRoute,
    {},
    { rows: ({ batches }) => batches, next: ({ next }) => next },
  );
  const title = t('等待发布的双公示批次', 'Deliveries that wait to be published');
  const states = {
    waiting: t('等待提请', 'not proposed'),
    proposed: t('等待发布', 'proposed'),
    withdrawn: t('已撤回', 'withdrawn'),
  };
  return (
    <section className="figure" aria-label={title}>
      <h2>{title}</h2>
      <DataTable
        caption={t(`${title}，表`, `${title}, table`)}
        rowKey={({ batchId }) => batchId}
        list={list}
        empty={t('没有等待发布的批次', 'Nothing waits')}
        columns={[
          {
            title: t('文件', 'File'),
            render: (_value, { batchId, fileName }) => (
              <Link href={`/collection/batches/${batchId}`}>{fileName}</Link>
            ),
          },
          { title: t('单位', 'Unit'), render: (_value, { unit }) => unit.name ?? unit.code },
          { title: t('事项', 'Item'), render: (_value, { itemName }) => say(itemName) },
          {
            title: t('收到', 'Received'),
            render: (_value, { receivedAt }) => <Moment at={receivedAt} />,
          },
          { title: t('行数', 'Rows'), dataIndex: 'rows', align: 'right' },
          { title: t('情况', 'State'), render: (_value, { state }) => states[state] },
        ]}
      />
    </section>
  );
}
