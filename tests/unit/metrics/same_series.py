"""same_series.py TEXT OPENMETRICS: both parse strictly and hold the same samples, but for _created."""
import sys

from prometheus_client.openmetrics.parser import text_string_to_metric_families as open_metrics
from prometheus_client.parser import text_string_to_metric_families as text


def series(parse, path, skip=""):
    families = list(parse(open(path, encoding="utf-8").read()))
    names = [family.name for family in families]
    assert len(names) == len(set(names)), "a family in two places"
    samples = [(s.name, tuple(sorted(s.labels.items()))) for f in families for s in f.samples
               if not (skip and s.name.endswith(skip))]
    assert len(samples) == len(set(samples)), "a series twice"
    return set(samples)


old, new = series(text, sys.argv[1]), series(open_metrics, sys.argv[2], "_created")
assert old == new, f"only in one format: {sorted(old ^ new)[:10]}"
assert ("target", "eu \"west\" \\ 1") in {pair for _, labels in new for pair in labels}
print(f"{len(new)} series, the same in both formats")
