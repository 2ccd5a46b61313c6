/** Quality of a month: figures by source that lead to rows, alerts, the bulletin. */
import { useMemo, useState } from 'react';
import { Button, Form, Input, Select, Tabs } from 'antd';
import { useSearch } from 'wouter';
import { useRead } from '../../../../ui/office/ask.ts';
import { DataTable } from '../../../../ui/office/data-table.tsx';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { PageHead, Shown } from '../../../../ui/office/parts.tsx';
import { sourcesRoute } from '../../sources/contract.ts';
import { type QualityLine, alertsRoute, figuresRoute } from '../../quality/contract.ts';
import { useMay } from '../session/me.ts';
import { Alerts } from './alerts.tsx';
import { BulletinPart } from './bulletin.tsx';
import { Bars } from './chart.tsx';
import { Rows } from './rows.tsx';
import { figureWords, measured, rowsOf } from './words.ts';

/** The month before a day: the newest that is over. */
function monthBefore(on: string): string {
  const [year = 0, month = 1] = on.split('-').map(Number);
  const [y, m] = month === 1 ? [year - 1, 12] : [year, month - 1];
  return `${y}-${String(m).padStart(2, '0')}`;
}

export default function Quality() {
  const { t } = useLanguage();
  // What day it is says the server.
  const today = useRead(sourcesRoute, {});
  // A figure of the dashboard leads here (its month, its name, or the alerts), and the queue to a bulletin.
  const asked = new URLSearchParams(useSearch());
  const wanted = asked.get('period') ?? '';
  const [chosen, setPeriod] = useState<string | null>(/^\d{4}-\d{2}$/.test(wanted) ? wanted : null);
  const period = chosen ?? (today.data === undefined ? null : monthBefore(today.data.on));
  return (
    <>
      <PageHead
        title={t('质量', 'Quality')}
        lead={t(
          '每个指标只有三种写法：数值、不适用、不详。点开数值可以看到背后的行。',
          'A figure is a value, not due, or not known. Open a value to see the rows behind it.',
        )}
        actions={<Button onClick={() => window.print()}>{t('打印', 'Print')}</Button>}
      />
      <Form.Item label={t('月份', 'Month')} htmlFor="period">
        <Input
          id="period"
          type="month"
          value={period ?? ''}
          onChange={({ target }) => {
            if (/^\d{4}-\d{2}$/.test(target.value)) setPeriod(target.value);
          }}
        />
      </Form.Item>
      {period === null ? null : (
        <OfPeriod period={period} tab={asked.get('tab')} figure={asked.get('figure')} />
      )}
    </>
  );
}

type Wanted = {
  readonly period: string;
  readonly tab: string | null;
  readonly figure: string | null;
};

function OfPeriod({ period, tab, figure }: Wanted) {
  const { t } = useLanguage();
  const ofCentre = useMay('subjects:read');
  const open = tab === 'bulletin' && !ofCentre ? null : tab;
  return (
    <Tabs
      defaultActiveKey={open === 'alerts' || open === 'bulletin' ? open : 'figures'}
      items={[
        {
          key: 'figures',
          label: t('指标', 'Figures'),
          children: <Figures period={period} figure={figure} />,
        },
        { key: 'alerts', label: t('预警', 'Alerts'), children: <OfMonth period={period} /> },
        ...(ofCentre
          ? [
              {
                key: 'bulletin',
                label: t('通报', 'Bulletin'),
                children: <BulletinPart key={period} period={period} />,
              },
            ]
          : []),
      ]}
    />
  );
}

function OfMonth({ period }: { readonly period: string }) {
  const asked = useRead(alertsRoute, { period });
  return <Shown asked={asked}>{({ alerts }) => <Alerts alerts={alerts} />}</Shown>;
}

function Figures({ period, figure }: Omit<Wanted, 'tab'>) {
  const { t } = useLanguage();
  const asked = useRead(figuresRoute, { period });
  return (
    <Shown asked={asked}>
      {({ sources, cutOff, closed, limits }) => (
        <>
          <p>
            {closed
              ? t(`已于${cutOff}截止更正。`, `Corrections ended on ${cutOff}.`)
              : t(
                  `更正截至${cutOff}，最终合规率仍会变化。`,
                  `Corrections count until ${cutOff}.`,
                )}{' '}
            {t(`规则版本：${limits.split('/').at(-1)}`, `Edition: ${limits.split('/').at(-1)}`)}
          </p>
          <OneFigure period={period} sources={sources} figure={figure} />
        </>
      )}
    </Shown>
  );
}

const keyOf = ({ unit, item }: QualityLine) => `${unit.code} ${item}`;

function OneFigure(parts: {
  readonly period: string;
  readonly sources: readonly QualityLine[];
  readonly figure: string | null;
}) {
  const { t, say } = useLanguage();
  const { period, sources } = parts;
  const [name, setName] = useState(
    parts.figure !== null && parts.figure in figureWords ? parts.figure : 'compliance',
  );
  const [opened, setOpened] = useState<string | null>(null);
  const bars = useMemo(
    () =>
      sources.map((line) => ({
        key: keyOf(line),
        name: `${line.unit.name ?? line.unit.code} ${line.itemName.zh}`,
        share: line.figures[name]?.state === 'value' ? (line.figures[name].value ?? null) : null,
      })),
    [sources, name],
  );
  const figure = rowsOf[name];
  const of = sources.find((line) => keyOf(line) === opened);
  const title = say(figureWords[name] ?? { zh: name, en: name });
  return (
    <>
      <Form.Item label={t('指标', 'Figure')} htmlFor="figure">
        <Select
          id="figure"
          value={name}
          onChange={(chosen) => {
            setName(chosen);
            setOpened(null);
          }}
          options={Object.entries(figureWords).map(([value, words]) => ({
            value,
            label: say(words),
          }))}
        />
      </Form.Item>
      {name === 'omission' || name === 'concealed' ? null : (
        <Bars
          label={t(
            `${title}，各来源；数值见下表`,
            `${title} by source; the values stand in the table`,
          )}
          bars={bars}
          onOpen={(key) => setOpened(figure === undefined ? null : key)}
        />
      )}
      <Values name={name} sources={sources} onOpen={figure === undefined ? null : setOpened} />
      {of === undefined || figure === undefined ? null : (
        <Rows key={`${opened ?? ''} ${figure}`} period={period} line={of} figure={figure} />
      )}
    </>
  );
}

function Values(parts: {
  readonly name: string;
  readonly sources: readonly QualityLine[];
  readonly onOpen: ((key: string) => void) | null;
}) {
  const { t, say } = useLanguage();
  const { name, sources, onOpen } = parts;
  const title = say(figureWords[name] ?? { zh: name, en: name });
  return (
    <DataTable
      caption={title}
      rowKey={keyOf}
      list={{ rows: sources }}
      columns={[
        { title: t('单位', 'Unit'), render: (_value, { unit }) => unit.name ?? unit.code },
        { title: t('事项', 'Item'), render: (_value, { itemName }) => say(itemName) },
        { title: t('收到', 'Received'), dataIndex: 'received', align: 'right' },
        {
          title,
          render: (_value, line) => {
            const words = say(measured(name, line.figures[name]));
            if (onOpen === null || line.figures[name]?.state !== 'value') return words;
            return (
              <Button type="link" onClick={() => onOpen(keyOf(line))}>
                {words}
              </Button>
            );
          },
        },
      ]}
    />
  );
}
