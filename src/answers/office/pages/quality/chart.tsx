/** A bar for each source. The table beside it says the same for those who print or listen. */
import { useEffect, useRef } from 'react';

/** One bar; `share` is 0 to 1, `null`: there is no value, and no bar. */
export type Bar = { readonly key: string; readonly name: string; readonly share: number | null };

const rowHeight = 32;
const frameHeight = 60;

export function Bars(parts: {
  readonly label: string;
  readonly bars: readonly Bar[];
  readonly onOpen: (key: string) => void;
}) {
  const { label, bars, onOpen } = parts;
  const place = useRef<HTMLDivElement>(null);
  const open = useRef(onOpen);
  open.current = onOpen;
  useEffect(() => {
    let end = () => undefined as void;
    let gone = false;
    void draw(place.current!, bars, (key) => open.current(key)).then((stop) => {
      if (gone) stop();
      else end = stop;
    });
    return () => {
      gone = true;
      end();
    };
  }, [bars]);
  return (
    <div
      ref={place}
      role="img"
      aria-label={label}
      className="chart"
      style={{ height: bars.length * rowHeight + frameHeight }}
    />
  );
}

async function draw(
  place: HTMLElement,
  bars: readonly Bar[],
  onOpen: (key: string) => void,
): Promise<() => void> {
  const [core, charts, components, renderers] = await Promise.all([
    import('echarts/core'),
    import('echarts/charts'),
    import('echarts/components'),
    import('echarts/renderers'),
  ]);
  core.use([charts.BarChart, components.GridComponent, renderers.SVGRenderer]);
  const chart = core.init(place, undefined, { renderer: 'svg' });
  chart.setOption({
    animation: false,
    grid: { left: 8, right: 48, top: 8, bottom: 8, containLabel: true },
    xAxis: {
      type: 'value',
      min: 0,
      max: 100,
      axisLabel: { formatter: '{value}%', color: '#1b2430' },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars.map(({ name }) => name),
      axisLabel: { color: '#1b2430', width: 160, overflow: 'truncate' },
    },
    series: [
      {
        type: 'bar',
        barMaxWidth: 20,
        itemStyle: { color: '#0f3a63' },
        label: { show: true, position: 'right', formatter: '{c}%', color: '#1b2430' },
        data: bars.map(({ share }) => (share === null ? null : Math.round(share * 1000) / 10)),
      },
    ],
  });
  chart.on('click', ({ dataIndex }) => {
    const bar = typeof dataIndex === 'number' ? bars[dataIndex] : undefined;
    if (bar !== undefined) onOpen(bar.key);
  });
  const watch = new ResizeObserver(() => chart.resize());
  watch.observe(place);
  return () => {
    watch.disconnect();
    chart.dispose();
  };
}
