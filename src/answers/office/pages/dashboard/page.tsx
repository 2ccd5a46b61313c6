/** The dashboard: figures at a glance, each of them a way to its rows. For a centre, and for one unit. */
import { useMemo } from 'react';
import { Button } from 'antd';
import { useParams } from 'wouter';
import { useRead } from '../../../../ui/office/ask.ts';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { PageHead, Shown } from '../../../../ui/office/parts.tsx';
import {
  type DashboardMonth,
  type DashboardView,
  dashboardRoute,
} from '../../dashboard/contract.ts';
import { useMay } from '../session/me.ts';
import { Figure, type Line } from './figure.tsx';
import { Alerts, QualityShares } from './quality.tsx';
import { DueByState, SourcesByState } from './lateness.tsx';
import { Deliveries, HeldRows } from './lists.tsx';
import { Waiting } from './waiting.tsx';

export default function Dashboard() {
  const { list } = useParams<{ list?: string }>();
  if (list === 'deliveries') return <Deliveries />;
  if (list === 'held-rows') return <HeldRows />;
  return <AtAGlance />;
}

function AtAGlance() {
  const { t } = useLanguage();
  const asked = useRead(dashboardRoute, {});
  const unit = asked.data?.unit ?? null;
  return (
    <div className="dashboard">
      <PageHead
        title={t('看板', 'Dashboard')}
        lead={t(
          `${unit === null ? '' : `${unit.name ?? unit.code}。`}每个数字都能打开背后的行；图和表内容相同，可以打印。`,
          `${unit === null ? '' : `${unit.name ?? unit.code}. `}Every number opens its rows; charts and tables say the same and can be printed.`,
        )}
        actions={<Button onClick={() => window.print()}>{t('打印', 'Print')}</Button>}
      />
      <Shown asked={asked}>{(view) => <Sections view={view} />}</Shown>
    </div>
  );
}

function Sections({ view }: { readonly view: DashboardView }) {
  const ofCentre = useMay('subjects:read');
  return (
    <>
      {ofCentre ? <SourcesByState /> : <DueByState />}
      <Months months={view.months} />
      <QualityShares period={view.lastMonth} />
      <Held held={view.held} />
      {view.published === null ? null : <Published published={view.published} />}
      {ofCentre ? <Waiting /> : null}
      <Alerts period={view.lastMonth} />
    </>
  );
}

function Months({ months }: { readonly months: readonly DashboardMonth[] }) {
  const { t } = useLanguage();
  const kinds = useMemo(
    () => [
      t('接收', 'Accepted'),
      t('重复', 'Duplicate'),
      t('待核', 'Held'),
      t('退回', 'Given back'),
    ],
    [t],
  );
  const hrefOf = (period: string) => `/dashboard/deliveries?period=${period}`;
  const lines = useMemo(
    () =>
      months.map(({ period, accepted, duplicate, held, rejected }): Line => {
        const told = [accepted, duplicate, held, rejected];
        return {
          ...{ key: period, name: period },
          told: told.map((value) => ({ value, href: value === 0 ? null : hrefOf(period) })),
        };
      }),
    [months],
  );
  const of = new Map(months.map((month) => [month.period, month]));
  const share = ({ received, rejected }: DashboardMonth) =>
    received === 0 ? '—' : `${((100 * rejected) / received).toFixed(1)}%`;
  return (
    <Figure
      title={t('各月报送的行：接收和退回', 'Rows by month: accepted and given back')}
      note={t(
        '按收到的月份，近十二个月。四项相加等于收到的行数。',
        'By month of receipt, twelve months. The four add up to the rows received.',
      )}
      category={t('月份', 'Month')}
      kinds={kinds}
      lines={lines}
      lying={false}
      alsoTold={[
        {
          name: t('收到', 'Received'),
          of: ({ key }) => ({
            value: of.get(key)!.received,
            href: of.get(key)!.received === 0 ? null : hrefOf(key),
          }),
        },
        {
          name: t('退回占比', 'Share given back'),
          of: ({ key }) => ({ value: 0, words: share(of.get(key)!), href: null }),
        },
        {
          name: t('批次', 'Deliveries'),
          of: ({ key }) => ({
            value: of.get(key)!.deliveries,
            href: of.get(key)!.deliveries === 0 ? null : hrefOf(key),
          }),
        },
      ]}
    />
  );
}

function Held({ held }: { readonly held: DashboardView['held'] }) {
  const { t } = useLanguage();
  const kinds = useMemo(() => [t('行数', 'Rows')], [t]);
  const lines = useMemo(() => {
    const line = (key: keyof typeof held, name: string): Line => ({
      ...{ key, name },
      told: [{ value: held[key], href: `/dashboard/held-rows?state=${key}` }],
    });
    return [
      line('held', t('等待复核', 'waiting')),
      line('linked', t('已确认关联', 'confirmed')),
      line('returned', t('已退回', 'given back')),
    ];
  }, [held, t]);
  return (
    <Figure
      title={t('主体存疑的行', 'Rows whose subject was in doubt')}
      note={t(
        '不能自动确定主体的行，由两人复核；全部时间。',
        'Rows whose subject two persons decide; of all time.',
      )}
      category={t('结果', 'What became of them')}
      kinds={kinds}
      lines={lines}
    />
  );
}

function Published(parts: { readonly published: NonNullable<DashboardView['published']> }) {
  const { t } = useLanguage();
  const { published } = parts;
  const kinds = useMemo(() => [t('公示中的信息', 'Shown now')], [t]);
  const lines = useMemo(() => {
    const names = {
      permit: t('行政许可', 'Permits'),
      penalty: t('行政处罚', 'Penalties'),
      act: t('其他行政行为', 'Other acts'),
    };
    return published.map(({ column, lines: count }): Line => ({
      ...{ key: column, name: names[column] },
      told: [{ value: count, href: `portal:/publicity/${column}` }],
    }));
  }, [published, t]);
  return (
    <Figure
      title={t('双公示及其他公示', 'Publicity')}
      note={t(
        '公众今天在门户能看到的条数，全市。',
        'Lines the public sees in the portal today, of the whole place.',
      )}
      category={t('栏目', 'Column')}
      kinds={kinds}
      lines={lines}
    />
  );
}
