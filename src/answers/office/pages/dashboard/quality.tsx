/** Quality of the newest month that is over: shares together, and alerts by kind. */
import { useMemo } from 'react';
import { useRead } from '../../../../ui/office/ask.ts';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Shown } from '../../../../ui/office/parts.tsx';
import { alertsRoute, figuresRoute } from '../../quality/contract.ts';
import { figureWords, measured } from '../quality/words.ts';
import { Figure, type Line } from './figure.tsx';

/** Figures that are shares and have rows to open. */
const shown = [
  'timeliness',
  'compliance',
  'complianceFinal',
  'completeness',
  'association',
] as const;

export function QualityShares({ period }: { readonly period: string }) {
  const { t, say } = useLanguage();
  const asked = useRead(figuresRoute, { period });
  const together = asked.data?.together;
  const kinds = useMemo(() => [t('指标', 'Figure')], [t]);
  const lines = useMemo(
    () =>
      shown.map((name): Line => {
        const measure = together?.[name];
        const value = measure?.state === 'value' ? measure.value : null;
        return {
          ...{ key: name, name: say(figureWords[name]!) },
          told: [
            {
              value: value === null ? null : Math.round(value * 1000) / 10,
              words: say(measured(name, measure)),
              href: `/quality?period=${period}&figure=${name}`,
            },
          ],
        };
      }),
    [together, period, say],
  );
  return (
    <Shown asked={asked}>
      {() => (
        <Figure
          title={t(`${period}的质量`, `Quality of ${period}`)}
          note={t(
            '全部来源合计；打开后按来源列出，再打开是行。',
            'All sources together; opened, it is by source, and then by row.',
          )}
          category={t('指标', 'Figure')}
          kinds={kinds}
          lines={lines}
          percent
        />
      )}
    </Shown>
  );
}

export function Alerts({ period }: { readonly period: string }) {
  const { t } = useLanguage();
  const asked = useRead(alertsRoute, { period });
  const alerts = asked.data?.alerts;
  const kinds = useMemo(() => [t('预警', 'Alerts')], [t]);
  const lines = useMemo(() => {
    const names = {
      volume: t('数量异常', 'volume'),
      silence: t('停报', 'silence'),
      'error-burst': t('同类错误突增', 'burst of one error'),
      'code-share': t('取值分布异常', 'share of one value'),
      dates: t('日期集中', 'dates on one day'),
    };
    return (Object.keys(names) as (keyof typeof names)[]).map((kind): Line => {
      const value = (alerts ?? []).filter((one) => one.kind === kind).length;
      const href = value === 0 ? null : `/quality?period=${period}&tab=alerts`;
      return { key: kind, name: names[kind], told: [{ value, href }] };
    });
  }, [alerts, period, t]);
  return (
    <Shown asked={asked}>
      {() => (
        <Figure
          title={t(`${period}的质量预警`, `Alerts of ${period}`)}
          note={t(
            '与来源自身历史不符的报送；打开后列出文件和行。',
            'Deliveries unlike the history of their source; opened, their files and rows are listed.',
          )}
          category={t('情形', 'What')}
          kinds={kinds}
          lines={lines}
        />
      )}
    </Shown>
  );
}
