// The kinds of panel that the dashboards are made of.
local source = { type: 'prometheus', uid: '${datasource}' };

// Expressions name what they select by one of these: %(exporter)s, %(target)s, %(place)s, %(group)s.
local exporter = 'job=~"$job",instance=~"$instance"';
local target = exporter + ',target=~"$target",region=~"$region"';
local place = target + ',location=~"$location"';
local selectors = {
  exporter: exporter,
  target: target,
  place: place,
  group: place + ',stream_group=~"$stream_group"',
  live: 'status=~"ACTIVATING|ACTIVE|CONNECTED|PENDING_CLIENT_RECONNECTION|RECONNECTING|TERMINATING"',
};

local panel(type, title, unit, description, queries) = {
  type: type,
  title: title,
  description: description,
  datasource: source,
  targets: [queries[i] { refId: std.char(std.codepoint('A') + i) } for i in std.range(0, std.length(queries) - 1)],
  fieldConfig: { defaults: { unit: unit }, overrides: [] },
};

{
  query(expr, legend=''):: {
    datasource: source,
    expr: expr % selectors,
    legendFormat: legend,
    range: true,
    instant: false,
    format: 'time_series',
  },
  now:: { range: false, instant: true },

  section(title, lines):: { title: title, lines: lines },
  line(height, panels):: { height: height, panels: panels },

  // One number, as of now.
  // Without limits it has no opinion: Grafana's own default turns red at 80.
  stat(title, unit, description, expr):: panel('stat', title, unit, description, [self.query(expr) + self.now]) {
    fieldConfig+: { defaults+: { color: { mode: 'fixed', fixedColor: 'text' } } },
    options: {
      reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
      colorMode: 'value',
      graphMode: 'none',
      textMode: 'value',
    },
  },

  // Lines over time; the table below says where each stands.
  graph(title, unit, description, queries):: panel('timeseries', title, unit, description, queries) {
    interval: '1m',
    fieldConfig+: { defaults+: {
      color: { mode: 'palette-classic' },
      custom: { lineWidth: 1, fillOpacity: 10, showPoints: 'never' },
    } },
    options: {
      tooltip: { mode: 'multi', sort: 'desc' },
      legend: { showLegend: true, displayMode: 'table', placement: 'bottom', calcs: ['lastNotNull', 'max', 'mean'] },
    },
  },
  stacked:: { fieldConfig+: { defaults+: { custom+: { stacking: { mode: 'normal', group: 'A' }, fillOpacity: 40 } } } },
  // Where many lines cross, what is below them is mud.
  crossing:: { fieldConfig+: { defaults+: { custom+: { fillOpacity: 0 } } } },

  // Where the durations of a histogram lie.
  heatmap(title, unit, description, expr)::
    panel('heatmap', title, unit, description, [self.query(expr, '{{le}}') { format: 'heatmap' }]) {
      interval: '1m',
      options: {
        calculate: false,
        yAxis: { unit: unit },
        cellGap: 1,
        color: { mode: 'scheme', scheme: 'Oranges', steps: 64 },
        tooltip: { show: true, yHistogram: true },
      },
    },

  // One row for each set of labels, one column for each label and for each query: [[column, expr], ...].
  table(title, unit, description, columns):: panel(
    'table', title, unit, description, [self.query(column[1]) + self.now + { format: 'table' } for column in columns]
  ) {
    local name(i) = if std.length(columns) == 1 then 'Value' else 'Value #' + std.char(std.codepoint('A') + i),
    options: { showHeader: true, cellHeight: 'sm' },
    fieldConfig+: { defaults+: { custom+: { minWidth: 80 } } },
    transformations: [
      { id: 'merge', options: {} },
      {
        id: 'organize',
        options: {
          excludeByName: { Time: true } + { [name(i)]: true for i in std.range(0, std.length(columns) - 1) if columns[i][0] == '' },
          renameByName: { [name(i)]: columns[i][0] for i in std.range(0, std.length(columns) - 1) if columns[i][0] != '' },
        },
      },
    ],
  },
  column(name, unit):: {
    fieldConfig+: {
      overrides+: [{ matcher: { id: 'byName', options: name }, properties: [{ id: 'unit', value: unit }] }],
    },
  },
  // Columns that hold more than an even share of the table has room for: { name: pixels }.
  widths(pixels):: {
    fieldConfig+: {
      overrides+: [
        { matcher: { id: 'byName', options: name }, properties: [{ id: 'custom.minWidth', value: pixels[name] }] }
        for name in std.objectFields(pixels)
      ],
    },
  },
  // Its text has the colour of the limits.
  coloured(name):: {
    fieldConfig+: {
      overrides+: [{
        matcher: { id: 'byName', options: name },
        properties: [{ id: 'custom.cellOptions', value: { type: 'color-text' } }],
      }],
    },
  },
  sorted(name):: { options+: { sortBy: [{ displayName: name, desc: true }] } },

  columns(width):: { columns:: width },
  share:: { fieldConfig+: { defaults+: { min: 0, max: 1 } } },

  // Green up to `warn`, orange up to `bad`, red from there; falling() is for what must not run out.
  local steps(colors, values) = {
    fieldConfig+: { defaults+: {
      color: { mode: 'thresholds' },
      thresholds: { mode: 'absolute', steps: [{ color: colors[i], value: values[i] } for i in std.range(0, 2)] },
    } },
  },
  rising(warn, bad):: steps(['green', 'orange', 'red'], [null, warn, bad]),
  falling(bad, warn):: steps(['red', 'orange', 'green'], [null, bad, warn]),
  none_allowed:: {
    fieldConfig+: { defaults+: {
      color: { mode: 'thresholds' },
      thresholds: { mode: 'absolute', steps: [{ color: 'green', value: null }, { color: 'red', value: 1 }] },
    } },
  },
  // On a graph the colours of its lines stay; the limit is a line of its own.
  limit(value):: {
    fieldConfig+: { defaults+: {
      custom+: { thresholdsStyle: { mode: 'dashed' } },
      thresholds: { mode: 'absolute', steps: [{ color: 'transparent', value: null }, { color: 'red', value: value }] },
    } },
  },
  words(texts):: {
    fieldConfig+: { defaults+: { mappings: [{ type: 'value', options: texts }] } },
  },
}
