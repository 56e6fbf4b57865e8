// Answers of Prometheus' HTTP API as the data frames that Grafana's Prometheus source makes of them.
import { FieldType } from "@grafana/data";

import { increments } from "./buckets.js";

// What is no number, as a quantile of nothing, has no point in a graph and no scale.
function finite(text) {
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
}

function name_of(labels) {
  const { __name__ = "", ...rest } = labels;
  const pairs = Object.entries(rest).map(([label, value]) => `${label}="${value}"`);
  return pairs.length ? `${__name__}{${pairs.join(", ")}}` : __name__;
}

function legend_of(target, labels) {
  if (!target.legendFormat) return undefined;
  return target.legendFormat.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, label) => labels[label] ?? "");
}

function series(target, found) {
  const samples = found.values ?? [found.value];
  const display = legend_of(target, found.metric) ?? (name_of(found.metric) || "Value");
  return {
    refId: target.refId,
    length: samples.length,
    fields: [
      { name: "Time", type: FieldType.time, config: {}, values: samples.map(([seconds]) => seconds * 1000) },
      {
        name: "Value",
        type: FieldType.number,
        labels: found.metric,
        config: { displayNameFromDS: display },
        values: samples.map(([, text]) => finite(text)),
      },
    ],
  };
}

// One row a series: its labels, then its value; "Value #A" where the panel has several queries.
function table(target, results, single) {
  const labels = [...new Set(results.flatMap((found) => Object.keys(found.metric)))].sort();
  return {
    refId: target.refId,
    length: results.length,
    fields: [
      { name: "Time", type: FieldType.time, config: {}, values: results.map((found) => found.value[0] * 1000) },
      ...labels.map((label) => ({
        name: label,
        type: FieldType.string,
        config: { filterable: true },
        values: results.map((found) => found.metric[label]),
      })),
      {
        name: single ? "Value" : `Value #${target.refId}`,
        type: FieldType.number,
        config: {},
        values: results.map((found) => finite(found.value[1])),
      },
    ],
  };
}

// One field a bucket, under the name of its bound.
function heatmap(target, results) {
  const { times, bounds, counts } = increments(results);
  const fields = bounds.map((name, i) => ({ name, type: FieldType.number, config: {}, values: counts[i] }));
  return {
    refId: target.refId,
    length: times.length,
    fields: [{ name: "Time", type: FieldType.time, config: {}, values: times.map((seconds) => seconds * 1000) }, ...fields],
  };
}

export function frames_of(panel, answers) {
  return panel.targets.flatMap((target) => {
    const results = answers[target.refId];
    if (target.format === "table") return results.length ? [table(target, results, panel.targets.length === 1)] : [];
    if (target.format === "heatmap") return results.length ? [heatmap(target, results)] : [];
    return results.map((found) => series(target, found));
  });
}
