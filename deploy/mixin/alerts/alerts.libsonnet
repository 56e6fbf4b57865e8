// alert(): what every alert has. `wait` is how long the condition must hold.
{
  local config = $._config {
    // As one number: 14.4 * (1 - 0.99) is not quite 0.144 in floating point.
    fastBurnRatio: $._config.fastBurn * (1 - $._config.sessionObjective),
    slowBurnRatio: $._config.slowBurn * (1 - $._config.sessionObjective),
  },
  local alert(name, severity, wait, expr, summary, description) = {
    alert: 'GameLiftStreams' + name,
    expr: expr % config,
    'for': if config.forEvery == null then wait else config.forEvery,
    labels: { severity: severity },
    annotations: {
      summary: summary,
      description: description,
      runbook_url: '%s#gameliftstreams%s' % [config.runbookUrl, std.asciiLower(name)],
    },
  },
  local files = [
    import 'exporter.libsonnet',
    import 'sweeps.libsonnet',
    import 'calls.libsonnet',
    import 'sessions.libsonnet',
    import 'errors.libsonnet',
    import 'capacity.libsonnet',
  ],

  prometheusAlerts+:: {
    groups+: [file(alert) for file in files],
  },
}
