// The library has no heatmap: Grafana keeps its own in the application. Axes and plot are the library's;
// the cells are drawn by this file, with Grafana's rules: a band a bucket, the smallest count in the palest
// colour of the scheme, nothing where there was nothing.
import { formattedValueToString } from "@grafana/data";
import { AxisPlacement, ScaleDirection, ScaleOrientation, UPlotChart, UPlotConfigBuilder } from "@grafana/ui";
import { interpolateOranges } from "d3-scale-chromatic";
import { useMemo } from "react";

const nothing = 1e-9; // no more than this is not shown

function cells_of(rows) {
  return rows.flatMap((field, row) => field.values.flatMap((count, i) => (count > nothing ? [{ row, i, count }] : [])));
}

function paint(plot, cells, times, step, { cellGap, color }) {
  const counts = cells.map(({ count }) => count);
  const least = Math.min(...counts);
  const range = Math.max(...counts) - least || 1;
  const { ctx, bbox } = plot;
  const x = (time) => plot.valToPos(time, "x", true);
  const y = (row) => plot.valToPos(row, "y", true);
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (const { row, i, count } of cells) {
    const shade = Math.min(color.steps, Math.floor(((color.steps + 1) * (count - least)) / range));
    ctx.fillStyle = interpolateOranges(shade / color.steps);
    // A cell ends at its instant, because an increase looks back.
    const [left, right, top, bottom] = [x(times[i] - step), x(times[i]), y(row), y(row - 1)].map(Math.round);
    ctx.fillRect(left, top, Math.max(1, right - left - cellGap), bottom - top - cellGap);
  }
  ctx.restore();
}

function config_of({ frame, options, theme, timeZone, timeRange }) {
  const [time, ...rows] = frame.fields;
  const cells = cells_of(rows);
  const step = Math.min(...time.values.slice(1).map((at, i) => at - time.values[i]));
  const name = (row) => (row < 0 ? "" : Number.isFinite(+rows[row].name) ? formattedValueToString(rows[row].display(+rows[row].name)) : rows[row].name);
  const builder = new UPlotConfigBuilder(timeZone);
  builder.addScale({
    scaleKey: "x",
    isTime: true,
    orientation: ScaleOrientation.Horizontal,
    direction: ScaleDirection.Right,
    range: () => [timeRange.from.valueOf(), timeRange.to.valueOf()],
  });
  builder.addAxis({ scaleKey: "x", isTime: true, placement: AxisPlacement.Bottom, timeZone, theme, grid: { show: false } });
  builder.addScale({
    scaleKey: "y",
    isTime: false,
    orientation: ScaleOrientation.Vertical,
    direction: ScaleDirection.Up,
    range: () => [-1, rows.length - 1],
  });
  builder.addAxis({
    scaleKey: "y",
    placement: AxisPlacement.Left,
    theme,
    grid: { show: false },
    // At the upper bound of a bucket stands its `le`; every other one where they would touch.
    splits: (plot) => {
      let marks = rows.map((_, row) => row);
      while (marks.length > 3 && plot.bbox.height / devicePixelRatio / marks.length < 12) marks = marks.filter((_, i) => i % 2 === 0);
      return marks;
    },
    values: (_, marks) => marks.map(name),
  });
  builder.addHook("draw", (plot) => paint(plot, cells, time.values, step, options));
  return { builder, data: [time.values], cells: cells.length };
}

export function Heatmap({ panel, frames, width, height, theme, timeZone, timeRange }) {
  const [frame] = frames;
  const { builder, data, cells } = useMemo(
    () => config_of({ frame, options: panel.options, theme, timeZone, timeRange }),
    [frame, panel, theme, timeZone, timeRange],
  );
  return (
    <div data-cells={cells}>
      <UPlotChart data={data} width={width} height={height} config={builder} timeRange={timeRange} />
    </div>
  );
}
