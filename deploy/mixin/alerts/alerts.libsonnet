// alert(): what every alert has. `wait` is how long the condition must hold.
{
  local config = $._config,
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
