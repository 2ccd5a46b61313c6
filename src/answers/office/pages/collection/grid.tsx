/** 改正: wrong rows as they were sent; cells are put right in place and the rows are sent anew. */
import { type KeyboardEvent, useId, useState } from 'react';
import { Alert, Button, Switch, Tag } from 'antd';
import { Link } from 'wouter';
import { useChange, useList } from '../../../../ui/office/ask.ts';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Trouble } from '../../../../ui/office/parts.tsx';
import {
  type BatchView,
  type GivenRowView,
  batchRoute,
  batchesRoute,
  correctRoute,
  lineageRoute,
  rowsRoute,
} from '../../collection/contract.ts';
import { outcomeWords } from './words.ts';

type Column = {
  readonly at: number;
  readonly heading: string;
  readonly field: string | null;
};
/** New values by row and field. */
type Edits = Readonly<Record<number, Readonly<Record<string, string>>>>;

const rowsOfRequest = 200;
// Shown beside the wrong ones, so that a clerk knows which row it is.
const namingColumns = /名称|文号/;

/** Wrong and waiting rows of a finished batch. */
export function WrongRows({ batch }: { readonly batch: BatchView }) {
  const { t } = useLanguage();
  const [edits, setEdits] = useState<Edits>({});
  const [whole, setWhole] = useState(false);
  const { id, list, rows, columns } = useRows(batch.batch);
  const correct = useChange(correctRoute, [batchRoute, batchesRoute, lineageRoute, rowsRoute]);
  const mayCorrect = batch.actions.includes('correct');
  const shown = columnsOf(columns, rows, whole);
  const changed = Object.keys(edits).map(Number).slice(0, rowsOfRequest);
  const send = () =>
    correct.mutate(
      { id, rows: changed.map((row) => ({ row, fields: edits[row]! })) },
      { onSuccess: ({ rows: told }) => setEdits(without(edits, told)) },
    );
  return (
    <section aria-label={t('退回和待核的行', 'Wrong and waiting rows')}>
      <Trouble error={list.error ?? correct.error} />
      {correct.data === undefined ? null : <Corrected told={correct.data} />}
      <p className="actions">
        <label>
          <Switch checked={whole} onChange={setWhole} size="small" />{' '}
          {t('显示全部列', 'Show all columns')}
        </label>
        {mayCorrect ? (
          <Button
            type="primary"
            disabled={changed.length === 0}
            loading={correct.isPending}
            onClick={send}
          >
            {t(`重新报送改正的${changed.length}行`, `Send ${changed.length} corrected rows`)}
          </Button>
        ) : null}
      </p>
      <p>
        {t(
          '上下箭头和回车换行，Tab换列。改正后重新报送的行形成新的批次，原来的行保持不变。',
          'Arrows and Enter go from row to row, Tab from cell to cell. Rows sent anew are a batch of their own; the old ones stay.',
        )}
      </p>
      <Grid
        {...{ rows, shown, edits, mayCorrect }}
        onEdit={(row, field, value) =>
          setEdits({ ...edits, [row]: { ...edits[row], [field]: value } })
        }
      />
      {list.hasNextPage ? (
        <Button block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('再显示一些', 'Show more')}
        </Button>
      ) : null}
    </section>
  );
}

function useRows(id: string) {
  const list = useList(
    rowsRoute,
    { id },
    {
      rows: (page) => page.rows,
      next: ({ next }) => (next === null ? null : String(next)),
    },
  );
  const columns: readonly Column[] = (list.data?.pages[0]?.columns ?? []).map(
    ({ heading, field }, at) => ({ at, heading, field }),
  );
  return { id, list, rows: list.rows, columns };
}

/** Rows that were taken leave the edits; those still wrong stay, to be put right again. */
function without(
  edits: Edits,
  told: readonly { readonly row: number; readonly outcome: string | null }[],
): Edits {
  const taken = told.filter(({ outcome }) => outcome !== 'R').map(({ row }) => String(row));
  return Object.fromEntries(Object.entries(edits).filter(([row]) => !taken.includes(row)));
}

/** Columns somebody needs: those with findings and those that name the row; or all. */
function columnsOf(
  columns: readonly Column[],
  rows: readonly GivenRowView[],
  whole: boolean,
): readonly Column[] {
  if (whole) return columns;
  const wrong = new Set(
    rows.flatMap(({ findings }) => findings.flatMap(({ column }) => column ?? [])),
  );
  const naming = columns.filter(({ heading }) => namingColumns.test(heading)).slice(0, 2);
  const few = columns.filter((one) => wrong.has(one.at + 1) || naming.includes(one));
  return few.length === 0 ? columns : few;
}

function Corrected({
  told,
}: {
  readonly told: {
    batch: string;
    repeated: boolean;
    rows: readonly {
      row: number;
      outcome: 'A' | 'W' | 'D' | 'H' | 'R' | null;
      findings: readonly { message: string }[];
    }[];
  };
}) {
  const { t, say } = useLanguage();
  const wrong = told.rows.filter(({ outcome }) => outcome === 'R');
  return (
    <Alert
      type={wrong.length > 0 ? 'warning' : 'success'}
      showIcon
      role="status"
      className="trouble"
      title={
        told.repeated
          ? t(
              '这些更正以前已经收过，本次没有任何改变。',
              'These corrections were received before; nothing changed.',
            )
          : t(
              `重新报送${told.rows.length}行，仍有错误${wrong.length}行。`,
              `${told.rows.length} rows were sent anew; ${wrong.length} are still wrong.`,
            )
      }
      description={
        <>
          <ul>
            {told.rows.map(({ row, outcome, findings }) => (
              <li key={row}>
                {t(`第${row}行：`, `Row ${row}: `)}
                {outcome === null ? '—' : say(outcomeWords[outcome])}{' '}
                {outcome === 'R' ? findings.map(({ message }) => message).join(' ') : null}
              </li>
            ))}
          </ul>
          <Link href={`/collection/batches/${told.batch}`}>
            {t('查看更正的批次', 'See the batch of the corrections')}
          </Link>
        </>
      }
    />
  );
}

type GridParts = {
  readonly rows: readonly GivenRowView[];
  readonly shown: readonly Column[];
  readonly edits: Edits;
  readonly mayCorrect: boolean;
  readonly onEdit: (row: number, field: string, value: string) => void;
};

/** Whether a row waits for somebody: not yet corrected by one that was taken. */
const isOpen = ({ correction, personal }: GivenRowView) =>
  !personal && (correction === null || correction.outcome === 'R');

function Grid({ rows, shown, edits, mayCorrect, onEdit }: GridParts) {
  const { t } = useLanguage();
  return (
    <div className="grid" onKeyDown={moveFocus} role="presentation">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('行', 'Row')}</th>
            <th scope="col">{t('结果', 'Outcome')}</th>
            {shown.map(({ at, heading }) => (
              <th key={at} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row
              key={row.row}
              {...{ row, shown }}
              edits={edits[row.row] ?? {}}
              mayEdit={mayCorrect && isOpen(row)}
              onEdit={onEdit}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row(parts: {
  readonly row: GivenRowView;
  readonly shown: readonly Column[];
  readonly edits: Readonly<Record<string, string>>;
  readonly mayEdit: boolean;
  readonly onEdit: GridParts['onEdit'];
}) {
  const { t, say } = useLanguage();
  const { row, shown, edits, mayEdit, onEdit } = parts;
  const told = useId();
  const { findings } = row;
  const wrong = new Set(findings.flatMap(({ column }) => column ?? []));
  return (
    <>
      <tr>
        <th scope="row">{row.row}</th>
        <td>
          <Tag>{say(outcomeWords[row.outcome])}</Tag>
          {row.correction === null ? null : (
            <Link href={`/collection/batches/${row.correction.batch}`}>
              {row.correction.outcome === null
                ? t('更正处理中', 'correction under way')
                : `${t('更正：', 'corrected: ')}${say(outcomeWords[row.correction.outcome])}`}
            </Link>
          )}
        </td>
        {shown.map((column) => (
          <td key={column.at} className={wrong.has(column.at + 1) ? 'wrong' : undefined}>
            <Cell
              {...{ row, column, told, onEdit }}
              isWrong={wrong.has(column.at + 1)}
              edited={column.field === null ? undefined : edits[column.field]}
              mayEdit={mayEdit}
            />
          </td>
        ))}
      </tr>
      <tr className="why">
        <td colSpan={shown.length + 2} id={told}>
          {row.personal
            ? t(
                '涉及自然人，内容没有保存，不能在这里更正。',
                'About a person: not kept, and not corrected here.',
              )
            : findings
                .filter(({ severity }) => severity !== 'note')
                .map(({ rule, message, advice }) => `${rule} ${message} ${advice}`)
                .join(' ')}
        </td>
      </tr>
    </>
  );
}

function Cell(parts: {
  readonly row: GivenRowView;
  readonly column: Column;
  readonly told: string;
  readonly isWrong: boolean;
  readonly edited: string | undefined;
  readonly mayEdit: boolean;
  readonly onEdit: GridParts['onEdit'];
}) {
  const { t } = useLanguage();
  const { row, column, edited } = parts;
  const { at, heading, field } = column;
  const value = edited ?? row.cells?.[at] ?? '';
  if (!parts.mayEdit || field === null || row.cells === null) return <>{value}</>;
  return (
    <input
      aria-label={t(`第${row.row}行，${heading}`, `Row ${row.row}, ${heading}`)}
      aria-invalid={parts.isWrong}
      aria-describedby={parts.told}
      data-row={row.row}
      data-at={at}
      value={value}
      onChange={({ target }) => parts.onEdit(row.row, field, target.value)}
    />
  );
}

/** Arrows and Enter go to the same column of the row above or below. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const { target, key } = event;
  if (!(target instanceof HTMLInputElement) || event.nativeEvent.isComposing) return;
  const by = key === 'ArrowUp' ? -1 : key === 'ArrowDown' || key === 'Enter' ? 1 : 0;
  if (by === 0) return;
  event.preventDefault();
  const same = [
    ...event.currentTarget.querySelectorAll<HTMLInputElement>(
      `input[data-at="${target.dataset['at'] ?? ''}"]`,
    ),
  ];
  const next = same[same.indexOf(target) + by];
  next?.focus();
  next?.select();
}
