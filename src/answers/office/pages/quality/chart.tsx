/** A bar for each source. The table beside it says the same for those who print or listen. */
import { useMemo } from 'react';
import { Chart } from '../../../../ui/office/chart.tsx';

/** One bar; `share` is 0 to 1, `null`: there is no value, and no bar. */
export type Bar = { readonly key: string; readonly name: string; readonly share: number | null };

export function Bars(parts: {
  readonly label: string;
  readonly bars: readonly Bar[];
  readonly onOpen: (key: string) => void;
}) {
  const { label, bars, onOpen } = parts;
  const of = useMemo(
    () => ({
      ...{ lying: true, percent: true, categories: bars.map(({ name }) => name) },
      series: [
        {
          name: label,
          values: bars.map(({ share }) => (share === null ? null : Math.round(share * 1000) / 10)),
        },
      ],
    }),
    [bars, label],
  );
  return <Chart label={label} of={of} onOpen={(at) => onOpen(bars[at]!.key)} />;
}
