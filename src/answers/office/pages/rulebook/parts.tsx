/** What an edition and a proposal show alike: dates, what it rests on, what differs. */
import { DataTable } from '../../../../ui/office/data-table.tsx';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Facts } from '../../../../ui/office/parts.tsx';
import type { EditionLine, EditionView } from '../../rulebook/contract.ts';
import { useStandingWords } from './words.ts';

export function Dates({ line }: { readonly line: EditionLine }) {
  const { t } = useLanguage();
  const standings = useStandingWords();
  return (
    <Facts
      facts={[
        [t('版本名', 'Name'), line.key],
        [t('效力', 'Standing'), standings[line.standing]],
        [t('生效日', 'Day of effect'), line.validFrom],
        [t('失效日', 'Last day'), line.validTo ?? t('未定', 'open')],
        [t('地区', 'Place'), line.jurisdiction],
      ]}
    />
  );
}

export function Citations({ citations }: { readonly citations: EditionView['citations'] }) {
  const { t, say } = useLanguage();
  const standings = useStandingWords();
  return (
    <DataTable
      caption={t('依据', 'What it rests on')}
      rowKey={({ pointer }) => pointer}
      list={{ rows: citations }}
      columns={[
        {
          title: t('依据', 'Provision'),
          render: (_value, { instrument, number, article }) =>
            `${say(instrument)} ${number ?? ''} ${article ?? ''}`,
        },
        {
          title: t('在生效日的效力', 'On the day of effect'),
          render: (_value, { state }) => standings[state] ?? state,
        },
      ]}
    />
  );
}

export function Differences({ comparison }: { readonly comparison: EditionView['comparison'] }) {
  const { t } = useLanguage();
  if (comparison === null) {
    return <p>{t('没有更早的版本可供比较。', 'There is no earlier edition.')}</p>;
  }
  const { against, differences, more } = comparison;
  return (
    <>
      <p>
        {t(`与${against}比较：`, `Compared with ${against}: `)}
        {t(`${differences.length + more}处不同`, `${differences.length + more} differences`)}
        {more === 0 ? '' : t(`，下表列出${differences.length}处`, `, ${differences.length} listed`)}
      </p>
      <DataTable
        caption={t('差异', 'Differences')}
        rowKey={({ path }) => path}
        list={{ rows: differences }}
        columns={[
          { title: t('位置', 'Where'), dataIndex: 'path' },
          { title: t('原来', 'Before'), render: (_value, { before }) => before ?? '—' },
          { title: t('现在', 'After'), render: (_value, { after }) => after ?? '—' },
        ]}
      />
    </>
  );
}
