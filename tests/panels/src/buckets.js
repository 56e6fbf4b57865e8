// What a heatmap shows, from the cumulative series of a histogram: how many observations each bucket of its
// own had at each instant. As Grafana's Prometheus source does for the format "heatmap".

const bound = (found) => Number(found.metric.le.replace("Inf", "Infinity"));

export function increments(results) {
  const rising = [...results].sort((one, other) => bound(one) - bound(other));
  const times = [...new Set(rising.flatMap((found) => found.values.map(([seconds]) => seconds)))].sort((a, b) => a - b);
  const counts = rising.map((found) => {
    const at = new Map(found.values.map(([seconds, text]) => [seconds, Number(text)]));
    return times.map((seconds) => at.get(seconds) ?? null);
  });
  const own = (i, j) => (counts[i][j] === null ? null : counts[i][j] - (counts[i - 1]?.[j] ?? 0));
  return { times, bounds: rising.map((found) => found.metric.le), counts: counts.map((row, i) => row.map((_, j) => own(i, j))) };
}
