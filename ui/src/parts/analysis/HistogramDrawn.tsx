// The chart itself, and the library with it: loaded only where there is one to draw.

import { BarChart } from "@mantine/charts";
import "@mantine/charts/styles.css";
import { memo, useMemo } from "react";
import { ANALYSIS } from "../../words";
import { count, counted, shortCount } from "../format";
import { usePrefs } from "../prefs";
import type { Bar } from "./years";

type Props = { label: string; bars: readonly Bar[] };

/** In place of the library's, which hides half of so small a chart. */
function Told({ label, payload }: { label?: unknown; payload?: readonly { value?: unknown }[] }) {
  const rows = payload?.[0]?.value;
  if (typeof rows !== "number") return null;
  return (
    <div className="histogram-told" data-testid="histogram-told">
      {String(label)}: {counted(rows, "row")}
    </div>
  );
}

/** In rems: room for `1.2M`, and the letters of both axes. */
const FIGURES = 2.75;
const TICK = 0.75;

export default memo(function HistogramDrawn({ label, bars }: Props) {
  const data = useMemo(() => bars.map((bar) => ({ ...bar })), [bars]);
  const ticks = useMemo(() => new Map(bars.map(({ name, tick }) => [name, tick ?? name])), [bars]);
  const rem = usePrefs((prefs) => prefs.zoom) * 16;
  const tick = { fontSize: TICK * rem, fill: "currentColor" };
  // It passes on to the drawing what its types do not name.
  const named = { "aria-label": `${label}. ${ANALYSIS.chartKeys}` };
  return (
    <BarChart
      h="100%"
      data={data}
      dataKey="name"
      series={[{ name: "count", label: ANALYSIS.rows, color: "var(--bar)" }]}
      valueFormatter={count}
      cursorFill="var(--hover)"
      gridAxis="x"
      gridColor="var(--line)"
      textColor="var(--text-2)"
      tickLine="none"
      strokeDasharray="0"
      tooltipAnimationDuration={0}
      tooltipProps={{ content: Told, offset: 4 }}
      yAxisProps={{ tick, width: FIGURES * rem, tickCount: 3, tickFormatter: shortCount, allowDecimals: false }}
      xAxisProps={{
        tick,
        height: 1.5 * rem,
        interval: "preserveStartEnd",
        minTickGap: rem,
        tickMargin: 4,
        tickFormatter: (name: string) => ticks.get(name) ?? name,
      }}
      barProps={{ isAnimationActive: false, minPointSize: (value) => (value ? 2 : 0) }}
      barChartProps={{
        accessibilityLayer: true,
        ...named,
        barCategoryGap: 1,
        margin: { top: 4, right: 0, bottom: 0, left: 0 },
      }}
    />
  );
});
