/** The rows behind a figure of one source. */
import { useList } from '../../../../ui/office/ask.ts';
import { DataTable } from '../../../../ui/office/data-table.tsx';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { type QualityFact, type QualityLine, factsRoute } from '../../quality/contract.ts';

export function Rows(parts: {
  readonly period: string;
  readonly line: QualityLine;
  readonly figure: string;
}) {
  const { t, say } = useLanguage();
  const { period, line, figure } = parts;
  const names: Readonly<Record<string, string>> = {
    received: t('收到的全部行', 'all rows received'),
    late: t('迟报的行', 'rows that came late'),
    rejected: t('首次被退回的行', 'rows given back at first'),
    uncorrected: t('截止时仍未更正的行', 'rows still wrong at the end'),
    incomplete: t('必填项有空缺的行', 'rows with empty cells'),
    unmatched: t('没有关联到主体的行', 'rows without a subject'),
  };
  const list = useList(
    factsRoute,
    { period, unit: line.unit.code, item: line.item, figure },
    { rows: ({ rows }): readonly QualityFact[] => rows, next: ({ next }) => next },
  );
  const title = `${line.unit.name ?? line.unit.code} ${say(line.itemName)}${t('：', ': ')}${names[figure] ?? figure}`;
  return (
    <>
      <h2>{title}</h2>
      <DataTable
        caption={title}
        rowKey={({ batchId, row }) => `${batchId}/${row}`}
        list={list}
        columns={[
          { title: t('文件', 'File'), dataIndex: 'fileName' },
          { title: t('行号', 'Row'), dataIndex: 'row', align: 'right' },
          { title: t('决定日期', 'Decided'), render: (_value, one) => one.decidedOn ?? '—' },
          { title: t('首次收到', 'First received'), dataIndex: 'firstOn' },
          {
            title: t('首次未被退回', 'First accepted'),
            render: (_value, { acceptedOn }) => acceptedOn ?? '—',
          },
          { title: t('问题', 'Findings'), render: (_value, { codes }) => codes.join(' ') },
        ]}
      />
    </>
  );
}
