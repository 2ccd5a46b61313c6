/**
 * Bars that lead to rows. A picture for those who see and point; the table beside it says the same, and
 * its links lead to the same places, for the keyboard, for those who listen, and on paper.
 */
import { useEffect, useRef } from 'react';

/** One kind of bars. `values`: one for each category; `null`: not known, and no bar. */
export type ChartSeries = { readonly name: string; readonly values: readonly (number | null)[] };

/** What is drawn. `lying`: names of categories stand beside their bars; else below, and kinds are stacked. */
export type ChartOf = {
  readonly lying: boolean;
  readonly categories: readonly string[];
  readonly series: readonly ChartSeries[];
  /** Values are shares of a hundred. */
  readonly percent?: boolean;
};

const rowHeight = 32;
const frameHeight = 60;
const standingHeight = 300;
const ink = '#1b2430';
const colours = ['#0f3a63', '#8a97a5', '#d9a441', '#b35900'];

/** The chart. `label` says what it shows and that the table says it too; `onOpen`: a bar was chosen. */
export function Chart(parts: {
  readonly label: string;
  readonly of: ChartOf;
  readonly onOpen: (category: number, series: number) => void;
}) {
  const { label, of, onOpen } = parts;
  const place = useRef<HTMLDivElement>(null);
  const open = useRef(onOpen);
  open.current = onOpen;
  useEffect(() => {
    let end = () => undefined as void;
    let gone = false;
    void draw(place.current!, of, (...chosen) => open.current(...chosen)).then((stop) => {
      if (gone) stop();
      else end = stop;
    });
    return () => {
      gone = true;
      end();
    };
  }, [of]);
  return (
    <div
      ref={place}
      role="img"
      aria-label={label}
      className="chart"
      style={{ height: of.lying ? of.categories.length * rowHeight + frameHeight : standingHeight }}
    />
  );
}

async function draw(
  place: HTMLElement,
  of: ChartOf,
  onOpen: (category: number, series: number) => void,
): Promise<() => void> {
  const { init } = await import('./echarts.ts');
  const chart = init(place, undefined, { renderer: 'svg' });
  chart.setOption(optionOf(of));
  chart.on('click', ({ dataIndex, seriesIndex }) => {
    if (typeof dataIndex === 'number') onOpen(dataIndex, seriesIndex ?? 0);
  });
  const fit = () => {
    chart.resize();
    // With this a printer, whose paper is narrower than the screen, draws it smaller instead of cutting it.
    const { width, height } = { width: chart.getWidth(), height: chart.getHeight() };
    place.querySelector('svg')?.setAttribute('viewBox', `0 0 ${width} ${height}`);
  };
  fit();
  const watch = new ResizeObserver(fit);
  watch.observe(place);
  return () => {
    watch.disconnect();
    chart.dispose();
  };
}

function optionOf({ lying, categories, series, percent = false }: ChartOf) {
  const unit = percent ? '%' : '';
  const ofNames = {
    type: 'category' as const,
    inverse: lying,
    data: [...categories],
    axisLabel: { color: ink, ...(lying ? { width: 160, overflow: 'truncate' as const } : {}) },
  };
  const ofValues = {
    type: 'value' as const,
    min: 0,
    ...(percent ? { max: 100 } : { minInterval: 1 }),
    axisLabel: { formatter: `{value}${unit}`, color: ink },
  };
  const several = series.length > 1;
  return {
    animation: false,
    // Kinds are told apart by pattern, not by colour alone.
    aria: { enabled: true, label: { enabled: false }, decal: { show: several } },
    ...(several ? { legend: { top: 0, textStyle: { color: ink }, selectedMode: false } } : {}),
    grid: { left: 8, right: 56, top: several ? 40 : 16, bottom: 8, containLabel: true },
    xAxis: lying ? ofValues : ofNames,
    yAxis: lying ? ofNames : ofValues,
    series: series.map(({ name, values }, index) => ({
      ...{ type: 'bar' as const, name, barMaxWidth: lying ? 20 : 48, data: [...values] },
      ...(several ? { stack: 'all' } : {}),
      itemStyle: { color: colours[index % colours.length]! },
      label: several
        ? { show: false }
        : {
            ...{ show: true, formatter: `{c}${unit}`, color: ink },
            position: lying ? ('right' as const) : ('top' as const),
          },
    })),
  };
}
