/** Who is late: sources for a centre, what is due for a unit. */
import { useMemo } from 'react';
import { useList, useRead } from '../../../../ui/office/ask.ts';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Shown } from '../../../../ui/office/parts.tsx';
import { type ItemDue, dueRoute } from '../../collection/contract.ts';
import { type SourceView, sourcesRoute } from '../../sources/contract.ts';
import { Figure, type Line } from './figure.tsx';

const dayMs = 86_400_000;
const barsMost = 15;

/** Sources by how current they are, and the longest overdue of them. */
export function SourcesByState() {
  const { t } = useLanguage();
  const asked = useList(
    sourcesRoute,
    {},
    {
      rows: ({ sources }): readonly SourceView[] => sources,
      next: ({ next }) => next,
    },
  );
  const first = asked.data?.pages[0];
  const kinds = useMemo(() => [t('来源', 'Sources')], [t]);
  const lines = useMemo(() => {
    if (first === undefined) return [];
    const line = (state: 'late' | 'unknown' | 'current', name: string): Line => ({
      ...{ key: state, name },
      told: [{ value: first.counts[state], href: `/sources?state=${state}` }],
    });
    return [
      line('late', t('逾期', 'late')),
      line('unknown', t('不详', 'not known')),
      line('current', t('正常', 'current')),
    ];
  }, [first, t]);
  return (
    <Shown asked={{ data: first, error: asked.error }}>
      {({ on, sources }) => (
        <>
          <Figure
            title={t('来源是否按期报送', 'Sources by lateness')}
            note={t(
              '一个单位的一个事项是一个来源。目录没有写明频次的，如实写“不详”。',
              'An item of a unit is a source. Where the directory sets no rhythm, nobody can tell.',
            )}
            category={t('状态', 'State')}
            kinds={kinds}
            lines={lines}
          />
          <LongestLate on={on} sources={sources} />
        </>
      )}
    </Shown>
  );
}

function LongestLate(parts: { readonly on: string; readonly sources: readonly SourceView[] }) {
  const { t, say } = useLanguage();
  const { on, sources } = parts;
  const kinds = useMemo(() => [t('逾期天数', 'Days late')], [t]);
  // The route gives the longest late first.
  const lines = useMemo(
    () =>
      sources
        .filter(({ state, lateSince }) => state === 'late' && lateSince !== null)
        .slice(0, barsMost)
        .map(({ unit, item, itemName, lateSince }): Line => ({
          key: `${unit.code} ${item}`,
          name: `${unit.name ?? unit.code} ${say(itemName)}`,
          told: [
            {
              value: Math.round((Date.parse(on) - Date.parse(lateSince!)) / dayMs),
              href: `/sources/${encodeURIComponent(unit.code)}`,
            },
          ],
        })),
    [on, sources, say],
  );
  return (
    <Figure
      title={t('逾期最久的来源', 'The longest overdue')}
      note={t(`最多${barsMost}个。`, `At most ${barsMost}.`)}
      category={t('来源', 'Source')}
      kinds={kinds}
      lines={lines}
      empty={t('没有逾期的来源', 'No source is late')}
    />
  );
}

/** What is due from one's own unit, by state. */
export function DueByState() {
  const { t } = useLanguage();
  const asked = useRead(dueRoute, {});
  const items = asked.data?.items;
  const kinds = useMemo(() => [t('事项', 'Items')], [t]);
  const lines = useMemo(() => {
    const names: Readonly<Record<ItemDue['state'], string>> = {
      overdue: t('逾期', 'overdue'),
      due: t('待报', 'due'),
      delivered: t('已报', 'delivered'),
      begun: t('本期进行中', 'period under way'),
      'as-it-happens': t('有则报送', 'as it occurs'),
      unknown: t('不详', 'not known'),
    };
    return (Object.keys(names) as ItemDue['state'][]).flatMap((state): Line[] => {
      const value = (items ?? []).filter((item) => item.state === state).length;
      const told = [{ value, href: value === 0 ? null : '/collection/due' }];
      return value === 0 && state !== 'overdue' ? [] : [{ key: state, name: names[state], told }];
    });
  }, [items, t]);
  return (
    <Shown asked={asked}>
      {() => (
        <Figure
          title={t('本单位的报送事项', 'What your unit reports')}
          note={t('按今天的状态。', 'By how each stands today.')}
          category={t('状态', 'State')}
          kinds={kinds}
          lines={lines}
        />
      )}
    </Shown>
  );
}
