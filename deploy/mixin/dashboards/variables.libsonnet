// The variables that every dashboard has, so that a choice survives the way from one to the other. A
// dashboard hides those that its panels do not use.
local source = { type: 'prometheus', uid: '${datasource}' };

// `every`: what "All" stands for; without it, the values found. Series without the label match '.*' too.
local choice(name, label, query, every=null) = {
  type: 'query',
  name: name,
  label: label,
  datasource: source,
  query: { query: query, refId: name },
  definition: query,
  refresh: 2,
  sort: 1,
  multi: true,
  includeAll: true,
  [if every != null then 'allValue']: every,
  current: { selected: true, text: ['All'], value: ['$__all'] },
};

local exporter = 'job=~"$job",instance=~"$instance"';
local target = exporter + ',target=~"$target",region=~"$region"';

function(hidden) [
  variable { hide: if std.member(hidden, variable.name) then 2 else 0 }
  for variable in [
    { type: 'datasource', name: 'datasource', label: 'Data source', query: 'prometheus', refresh: 1 },
    choice('job', 'Job', 'label_values(gamelift_streams_exporter_build_info, job)'),
    choice('instance', 'Instance', 'label_values(gamelift_streams_exporter_build_info{job=~"$job"}, instance)'),
    choice('region', 'Region', 'label_values(gamelift_streams_up{%s}, region)' % exporter),
    choice('target', 'Target', 'label_values(gamelift_streams_up{%s,region=~"$region"}, target)' % exporter),
    choice('location', 'Location', 'label_values(gamelift_streams_sessions{%s}, location)' % target, '.*'),
    // One of the two families may be switched off.
    choice(
      'stream_group',
      'Stream group',
      'label_values({__name__=~"gamelift_streams_stream_group_(info|sessions)",%s}, stream_group)' % target,
      '.*'
    ),
  ]
]
