/** Tables of the office. In a file of its own: the door and the first page need none. */
import { type ReactNode, useEffect, useRef } from 'react';
import { Button, Empty, Table, type TableColumnsType } from 'antd';
import { useLanguage } from './language.tsx';
import { Trouble } from './parts.tsx';

type Listed<Row> = {
  readonly rows: readonly Row[];
  readonly error: unknown;
  readonly isLoading: boolean;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => unknown;
};

/**
 * A list that grows by pages (`useList`), or rows that are all there. `caption` names the table for those
 * who do not see it. On a narrow screen it scrolls in itself.
 */
export function DataTable<Row extends object>(parts: {
  readonly caption: string;
  readonly columns: TableColumnsType<Row>;
  readonly rowKey: (row: Row) => string;
  readonly list: Listed<Row> | { readonly rows: readonly Row[] };
  readonly empty?: ReactNode;
}) {
  const { t } = useLanguage();
  const list = 'isLoading' in parts.list ? parts.list : null;
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    // What scrolls sideways has to be reached by keyboard; the kit gives no property for it.
    section.current?.querySelector('.ant-table-content')?.setAttribute('tabindex', '0');
  });
  return (
    <section ref={section} aria-label={parts.caption} className="data-table">
      <Trouble error={list?.error} />
      <Table<Row>
        size="middle"
        columns={parts.columns}
        dataSource={[...parts.list.rows]}
        rowKey={parts.rowKey}
        loading={list?.isLoading ?? false}
        pagination={false}
        scroll={{ x: 'max-content' }}
        locale={{
          emptyText: parts.empty ?? (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('没有', 'None')} />
          ),
        }}
      />
      {list?.hasNextPage === true ? (
        <Button block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('再显示一些', 'Show more')}
        </Button>
      ) : null}
    </section>
  );
}
