// Draws one dashboard, whose JSON and answers lie beside the page as data.json. Each panel has its id and
// type where draw.mjs finds them; what went wrong is told as an error of the page.
import { createTheme, dateTime, ThemeContext } from "@grafana/data";
import { GlobalStyles, PanelChrome } from "@grafana/ui";
import { Component } from "react";
import { createRoot } from "react-dom/client";

import { frames_of } from "./frames.js";
import { components } from "./panels.jsx";
import { prepared } from "./prepare.js";

const column = 60; // pixels; a dashboard has 24 of them
const row = 36;
const gap = 8;
const timeZone = "utc";

const theme = createTheme({ colors: { mode: new URLSearchParams(location.search).get("mode") ?? "light" } });

class Guarded extends Component {
  state = {};
  static getDerivedStateFromError(error) {
    return { error };
  }
  componentDidCatch(error) {
    reportError(error);
  }
  render() {
    return this.state.error ? null : this.props.children;
  }
}

function place({ x, y, w, h }) {
  return {
    position: "absolute",
    left: x * column + gap,
    top: y * row + gap,
    width: w * column - gap,
    height: h * row - gap,
  };
}

function Panel({ panel, frames, timeRange }) {
  const { width, height } = place(panel.gridPos);
  const Drawn = components[panel.type];
  return (
    <div data-panel={panel.id} data-type={frames.length === 0 ? "nothing" : panel.type} style={place(panel.gridPos)}>
      <Guarded>
        <PanelChrome title={panel.title} description={panel.description} width={width} height={height}>
          {(inner_width, inner_height) =>
            frames.length === 0 ? (
              <p style={{ textAlign: "center" }}>No data</p>
            ) : (
              <Drawn {...{ panel, frames, theme, timeZone, timeRange, width: inner_width, height: inner_height }} />
            )
          }
        </PanelChrome>
      </Guarded>
    </div>
  );
}

function Heading({ panel }) {
  return <h5 style={{ ...place(panel.gridPos), paddingTop: 6 }}>{panel.title}</h5>;
}

async function draw() {
  const { dashboard, answers, from, to } = await (await fetch("data.json")).json();
  const range = { from: dateTime(from * 1000), to: dateTime(to * 1000) };
  const timeRange = { ...range, raw: range };
  const all = await Promise.all(
    dashboard.panels.map(async (panel) => {
      if (panel.type === "row") return <Heading key={panel.id} panel={panel} />;
      const frames = await prepared(panel, frames_of(panel, answers[panel.id]), theme, timeZone);
      return <Panel key={panel.id} panel={panel} frames={frames} timeRange={timeRange} />;
    }),
  );
  const bottom = Math.max(...dashboard.panels.map(({ gridPos }) => gridPos.y + gridPos.h));
  createRoot(document.getElementById("root")).render(
    <ThemeContext.Provider value={theme}>
      <GlobalStyles />
      <div style={{ position: "relative", width: 24 * column + gap, height: bottom * row + gap }}>{all}</div>
    </ThemeContext.Provider>,
  );
}

draw();
