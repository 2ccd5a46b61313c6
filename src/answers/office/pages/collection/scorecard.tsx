/** 本单位质量: the figures of a month as everybody will be told of them; what is not known says so. */
import { useState } from 'react';
import { Form, Input } from 'antd';
import type { z } from 'zod';
import { useRead } from '../../../../ui/office/ask.ts';
import { DataTable } from '../../../../ui/office/data-table.tsx';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { PageHead, Shown } from '../../../../ui/office/parts.tsx';
import { dueRoute } from '../../collection/contract.ts';
import { scorecardRoute } from '../../collection/unit/contract.ts';

type Source = z.infer<(typeof scorecardRoute)['output']>['sources'][number];
type Measure = Source['figures'][string];

/** Names of the figures, in the order they are told. */
const names: readonly (readonly [string, string, string])[] = [
  ['reporting', '报送率', 'reporting rate'],
  ['omission', '漏报数', 'omitted'],
  ['timeliness', '及时率', 'timeliness'],
  ['late', '迟报率', 'late'],
  ['compliance', '合规率（首次）', 'compliance at first'],
  ['complianceFinal', '合规率（更正后）', 'compliance in the end'],
  ['completeness', '完整率', 'completeness'],
  ['association', '关联率', 'association'],
  ['duplicate', '重复率', 'duplicates'],
  ['wrongCode', '错码率', 'wrong codes'],
  ['correction', '更正率', 'corrected'],
  ['continuity', '连续性', 'continuity'],
  ['coverage', '覆盖率', 'coverage'],
  ['accuracy', '准确率', 'accuracy'],
  ['concealed', '瞒报数', 'concealed'],
  ['freshness', '鲜活率', 'freshness'],
];
const counted = new Set(['omission', 'concealed']);

export default function Scorecard() {
  const { t } = useLanguage();
  const due = useRead(dueRoute, {});
  return (
    <>
      <PageHead
        title={t('本单位质量', 'Our quality')}
        lead={t(
          '一个月的质量指标，由入库的事实计算。不知道的写作“不详”，不作零，也不作满分。',
          'Figures of a month, worked out from what was stored. What is not known says so: it is neither nought nor full marks.',
        )}
      />
      <Shown asked={due}>{({ today }) => <Month today={today} />}</Shown>
    </>
  );
}

function Month({ today }: { readonly today: string }) {
  const { t } = useLanguage();
  const [period, setPeriod] = useState(today.slice(0, 7));
  const asked = useRead(scorecardRoute, { period });
  return (
    <>
      <Form layout="vertical">
        <Form.Item label={t('月份', 'Month')} htmlFor="period">
          <Input
            id="period"
            type="month"
            value={period}
            onChange={({ target }) => target.value !== '' && setPeriod(target.value)}
          />
        </Form.Item>
      </Form>
      <Shown asked={asked}>
        {({ sources, cutOff, closed }) => (
          <>
            <p>
              {closed
                ? t(`更正截止于${cutOff}，数字不再变化。`, `Corrections counted until ${cutOff}.`)
                : t(`${cutOff}以前的更正仍会计入。`, `Corrections until ${cutOff} still count.`)}
            </p>
            {sources.length === 0 ? (
              <p>{t('这个月没有可以计算的事项。', 'Nothing to measure.')}</p>
            ) : null}
            {sources.map((source) => (
              <Card key={source.item.code} source={source} />
            ))}
          </>
        )}
      </Shown>
    </>
  );
}

function Card({ source }: { readonly source: Source }) {
  const { t } = useLanguage();
  const value = (name: string, { state, value: of }: Measure) => {
    if (of === null)
      return state === 'NA' ? t('不适用', 'nothing was due') : t('不详', 'not known');
    return counted.has(name) ? String(of) : `${(of * 100).toFixed(2)}%`;
  };
  const rows = names.flatMap(([name, zh, en]) => {
    const measure = source.figures[name];
    return measure === undefined ? [] : [{ name, words: t(zh, en), measure }];
  });
  const known = rows.filter(({ measure }) => measure.value !== null);
  const others = (state: Measure['state']) =>
    rows
      .filter(({ measure }) => measure.value === null && measure.state === state)
      .map(({ words }) => words)
      .join(t('、', ', '));
  const [unknown, notDue] = [others('UNKNOWN'), others('NA')];
  return (
    <>
      <h2>{source.item.name}</h2>
      {known.length === 0 ? null : (
        <DataTable
          caption={source.item.name}
          rowKey={({ name }) => name}
          list={{ rows: known }}
          columns={[
            { title: t('指标', 'Figure'), dataIndex: 'words' },
            {
              title: t('数值', 'Value'),
              align: 'right',
              render: (_value, { name, measure }) => value(name, measure),
            },
            {
              title: t('分子和分母', 'Of how many'),
              align: 'right',
              render: (_value, { measure: { numerator, denominator } }) =>
                numerator === null || denominator === null ? '—' : `${numerator} / ${denominator}`,
            },
          ]}
        />
      )}
      {unknown === '' ? null : <p>{t(`不详：${unknown}。`, `Not known: ${unknown}.`)}</p>}
      {notDue === '' ? null : <p>{t(`不适用：${notDue}。`, `Nothing was due: ${notDue}.`)}</p>}
    </>
  );
}
