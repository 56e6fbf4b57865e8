// One component a panel type: all of Grafana's own library, but for the cells of heatmaps.
import { getFieldDisplayValues } from "@grafana/data";
import { BigValue, Table, TimeSeries } from "@grafana/ui";

import { Heatmap } from "./heatmap.jsx";
import { plain, with_defaults } from "./prepare.js";

function Stat({ panel, frames, width, height, theme, timeZone }) {
  const { reduceOptions, colorMode, graphMode, textMode } = panel.options;
  const values = getFieldDisplayValues({
    fieldConfig: with_defaults(panel.fieldConfig),
    reduceOptions,
    replaceVariables: plain,
    theme,
    data: frames,
    sparkline: graphMode !== "none",
    timeZone,
  });
  const each = width / values.length;
  return (
    <div style={{ display: "flex" }}>
      {values.map((value, i) => (
        <BigValue
          key={i}
          value={value.display}
          sparkline={value.sparkline}
          width={each}
          height={height}
          theme={theme}
          colorMode={colorMode}
          graphMode={graphMode}
          textMode={textMode}
        />
      ))}
    </div>
  );
}

function Series({ panel, frames, width, height, timeRange, timeZone }) {
  return (
    <TimeSeries
      frames={frames}
      structureRev={1}
      width={width}
      height={height}
      timeRange={timeRange}
      timeZone={timeZone}
      legend={panel.options.legend}
      options={panel.options}
    />
  );
}

function Rows({ panel, frames, width, height }) {
  const { cellHeight, showHeader, sortBy } = panel.options;
  return (
    <Table
      data={frames[0]}
      width={width}
      height={height}
      noHeader={!showHeader}
      cellHeight={cellHeight}
      initialSortBy={sortBy}
    />
  );
}

export const components = { stat: Stat, timeseries: Series, table: Rows, heatmap: Heatmap };
