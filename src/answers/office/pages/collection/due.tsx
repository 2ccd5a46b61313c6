/** 待报: what is due from my unit, item by item, and what it declared. */
import { Button, Tag } from 'antd';
import { Link } from 'wouter';
import { useRead } from '../../../../ui/office/ask.ts';
import { DataTable } from '../../../../ui/office/data-table.tsx';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Moment, PageHead, Shown } from '../../../../ui/office/parts.tsx';
import { type ItemDue, dueRoute } from '../../collection/contract.ts';
import { Declare } from './declare.tsx';

export default function Due() {
  const { t } = useLanguage();
  const asked = useRead(dueRoute, {});
  return (
    <>
      <PageHead
        title={t('待报', 'What is due')}
        lead={t(
          '本单位应当报送的事项，逾期的排在最前。期限按目录规定的频率和时限计算。',
          'Items your unit has to report, the overdue first. Days follow from frequency and allowance in the directory.',
        )}
      />
      <Shown asked={asked}>
        {({ items, unit, today }) => (
          <>
            <p>
              {unit.name ?? unit.code} {unit.code} · {t('今天', 'today')} {today}
            </p>
            <Items items={items} />
            {items.some(({ actions }) => actions.includes('declare')) ? (
              <Declare items={items.map(({ item }) => item)} today={today} />
            ) : null}
          </>
        )}
      </Shown>
    </>
  );
}

const colours = { overdue: 'red', due: 'gold', delivered: 'green' } as const;

function State({ due }: { readonly due: ItemDue }) {
  const { t } = useLanguage();
  const words = {
    overdue: t('逾期未报', 'overdue'),
    due: t('待报', 'due'),
    delivered: t('已报', 'delivered'),
    begun: t('尚未到第一个报送期', 'no period has ended yet'),
    'as-it-happens': t('随产生随报', 'as it happens'),
    unknown: t('目录没有规定频率', 'the directory does not say how often'),
  };
  const colour = (colours as Partial<Record<ItemDue['state'], string>>)[due.state];
  return <Tag {...(colour === undefined ? {} : { color: colour })}>{words[due.state]}</Tag>;
}

function useLimit() {
  const { t } = useLanguage();
  return ({ allowance, state, dueOn, nextDueOn }: ItemDue): string => {
    if (state === 'overdue' || state === 'due')
      return dueOn ?? t('没有规定期限', 'no limit is set');
    if (nextDueOn !== null) return nextDueOn;
    if (allowance === null) return t('没有规定期限', 'no limit is set');
    const { count, unit } = allowance;
    return unit === 'workday'
      ? t(`每件作出后${count}个工作日内`, `${count} working days after each`)
      : t(`每件作出后${count}日内`, `${count} days after each`);
  };
}

function Items({ items }: { readonly items: readonly ItemDue[] }) {
  const { t } = useLanguage();
  const limit = useLimit();
  return (
    <DataTable<ItemDue>
      caption={t('应报事项', 'Items to report')}
      rowKey={({ item }) => item.code}
      list={{ rows: items }}
      columns={[
        { title: t('事项', 'Item'), render: (_value, { item }) => item.name },
        { title: t('情况', 'State'), render: (_value, due) => <State due={due} /> },
        { title: t('期限', 'Last day'), render: (_value, due) => limit(due) },
        {
          title: t('最近一次报送', 'Last delivery'),
          render: (_value, { last }) =>
            last === null ? (
              t('两年内没有', 'none in two years')
            ) : (
              <Link href={`/collection/batches/${last.batch}`}>
                <Moment at={last.at} /> {t(`${last.rows}行`, `${last.rows} rows`)}
              </Link>
            ),
        },
        {
          title: t('申报的产生数量', 'Declared as produced'),
          render: (_value, { declared }) =>
            declared
              .filter(({ kind }) => kind === 'produced')
              .map(({ period, count }) => `${period}：${count}`)
              .join('；') || t('没有申报', 'not declared'),
        },
        {
          title: t('依据', 'Ground'),
          render: (_value, { ground }) => ground ?? t('没有登记报送任务', 'no duty is recorded'),
        },
        {
          title: t('办理', 'Act'),
          render: (_value, { item, actions }) =>
            actions.includes('upload') ? (
              <Link href={`/collection/upload/${encodeURIComponent(item.code)}`}>
                {t('上传', 'Upload')}
                <span className="unseen">{item.name}</span>
              </Link>
            ) : null,
        },
      ]}
      empty={
        <>
          {t(
            '没有登记本单位的报送任务，也没有报送过。',
            'No duty is recorded, and nothing was sent.',
          )}{' '}
          <Button type="link" href="/office/collection/upload">
            {t('上传文件', 'Upload a file')}
          </Button>
        </>
      }
    />
  );
}
