// Four dashboards, from what players meet to what the exporter does; each links to the others.
{
  local config = $._config,
  local dashboard = (import 'dashboard.libsonnet')(config),

  grafanaDashboards+:: {
    'fleet.json': dashboard((import 'fleet.libsonnet')(config)),
    'sessions.json': dashboard((import 'sessions.libsonnet')(config)),
    'capacity.json': dashboard((import 'capacity.libsonnet')(config)),
    'exporter.json': dashboard((import 'exporter.libsonnet')(config)),
  },
}
