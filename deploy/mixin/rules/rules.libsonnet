// Aggregations drop labels by name (without), never by listing what stays: the labels that a target's
// settings or the scrape add survive, and alerts can be routed by them.
{
  local files = [
    import 'sessions.libsonnet',
    import 'capacity.libsonnet',
    import 'calls.libsonnet',
  ],
  local config = $._config,

  prometheusRules+:: {
    groups+: [file(config) for file in files],
  },
}
