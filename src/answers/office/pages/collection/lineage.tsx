/** 来龙去脉: from the file over the batch and its corrections to the records. */
import { Link } from 'wouter';
import { useList, useRead } from '../../../../ui/office/ask.ts';
import { DataTable } from '../../../../ui/office/data-table.tsx';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Moment, Shown } from '../../../../ui/office/parts.tsx';
import { lineageRoute } from '../../collection/contract.ts';
import { outcomeWords } from './words.ts';

type Kin = {
  readonly batch: string;
  readonly fileName: string;
  readonly receivedAt: string;
  readonly rows: number;
  readonly passed: number;
};

/** The whole way of a batch. */
export function LineageTab({ id }: { readonly id: string }) {
  const { t, say } = useLanguage();
  const asked = useRead(lineageRoute, { id });
  const records = useList(
    lineageRoute,
    { id },
    {
      rows: (page) => page.records,
      next: ({ next }) => (next === null ? null : String(next)),
    },
  );
  return (
    <Shown asked={asked}>
      {({ file, corrects, correctedBy, rowsOf }) => (
        <>
          <h2>{t('文件', 'File')}</h2>
          <p className="digest">
            {file.name} · SHA-256 {file.digest}
          </p>
          <Batches title={t('更正了哪些批次', 'Batches it corrects')} kin={corrects} />
          {rowsOf.length === 0 ? null : (
            <p>
              {rowsOf
                .map(({ row, ofRow }) =>
                  t(`第${row}行更正原第${ofRow}行`, `row ${row} corrects ${ofRow}`),
                )
                .join(t('；', '; '))}
            </p>
          )}
          <Batches title={t('由哪些批次更正', 'Batches that correct it')} kin={correctedBy} />
          <h2>{t('形成的信用记录', 'Records it became')}</h2>
          <DataTable
            caption={t('信用记录', 'Records')}
            rowKey={({ row }) => String(row)}
            list={records}
            columns={[
              { title: t('行', 'Row'), dataIndex: 'row', align: 'right' },
              {
                title: t('结果', 'Outcome'),
                render: (_value, { outcome }) => say(outcomeWords[outcome]),
              },
              { title: t('记录编号', 'Record'), dataIndex: 'record' },
            ]}
          />
        </>
      )}
    </Shown>
  );
}

function Batches({ title, kin }: { readonly title: string; readonly kin: readonly Kin[] }) {
  const { t } = useLanguage();
  if (kin.length === 0) return null;
  return (
    <>
      <h2>{title}</h2>
      <ul>
        {kin.map(({ batch, fileName, receivedAt, rows, passed }) => (
          <li key={batch}>
            <Link href={`/collection/batches/${batch}`}>{fileName}</Link> <Moment at={receivedAt} />{' '}
            {t(`${rows}行更正，`, `${rows} rows, `)}
            {t(`该批次入库${passed}行`, `${passed} stored of that batch`)}
          </li>
        ))}
      </ul>
    </>
  );
}
