// What happens to sessions: how they start, how long they live, why they end, which ones hang.
local p = import 'panels.libsonnet';

local quantiles(family) = [
  p.query('histogram_quantile(%s, sum by (le) (rate(%s_bucket{%%(place)s}[$__rate_interval])))' % [q, family], 'p' + q[2:])
  for q in ['0.50', '0.90', '0.99']
];
local by_location(family) = [
  p.query('histogram_quantile(0.90, sum by (le, location) (rate(%s_bucket{%%(place)s}[$__rate_interval])))' % family, '{{location}}'),
];
local buckets(family) = 'sum by (le) (increase(%s_bucket{%%(place)s}[$__rate_interval]))' % family;
// At the picture's own time, so that an old picture does not look like an old session.
local since(family, status) =
  'max by (target, location, status) (gamelift_streams_snapshot_timestamp_seconds{%%(target)s} - on (job, instance, target) group_right () gamelift_streams_oldest_session_%s_timestamp_seconds{%%(place)s,%s})'
  % [family, status];
local duration = 'gamelift_streams_session_duration_seconds';
local activation = 'gamelift_streams_session_activation_duration_seconds';

function(config) {
  name: 'sessions',
  title: 'Sessions in depth',
  description: 'How sessions start, how long they live, why they end, which of them hang, and what becomes of their exports.',
  hidden: [],
  sections: [
    p.section('Starts and ends', [
      p.line(9, [
        p.graph('Starts a minute', 'cpm', 'Sessions started, by location.', [
          p.query('60 * sum by (location) (rate(gamelift_streams_sessions_started_total{%(group)s}[$__rate_interval]))', '{{location}}'),
        ]) + p.stacked,
        p.graph('Ends a minute by status', 'cpm', 'Sessions ended, by the status they ended in.', [
          p.query('60 * sum by (status) (rate(gamelift_streams_sessions_ended_total{%(group)s}[$__rate_interval]))', '{{status}}'),
        ]) + p.stacked,
      ]),
      p.line(9, [
        p.graph('Ends a minute by reason', 'cpm', "Sessions ended, by status and AWS's reason for it.", [
          p.query('60 * sum by (status, status_reason) (rate(gamelift_streams_sessions_ended_total{%(group)s}[$__rate_interval]))', '{{status}} {{status_reason}}'),
        ]) + p.stacked,
        p.graph('Ended in error by stream group', 'percentunit', 'Share of the ending sessions that end in ERROR. The line is what the objective allows.', [
          p.query(|||
            sum by (stream_group) (rate(gamelift_streams_sessions_ended_total{%(group)s,status="ERROR"}[$__rate_interval]))
            /
            sum by (stream_group) (rate(gamelift_streams_sessions_ended_total{%(group)s}[$__rate_interval]))
          |||, '{{stream_group}}'),
        ]) + p.share + p.limit(1 - config.sessionObjective) + { interval: '5m' },
      ]),
      p.line(9, [
        p.graph('Changes of status a minute', 'cpm', 'From one status to another between two sweeps; what lies between them is not seen. Locations and groups are not told apart.', [
          p.query('60 * sum by (from, to) (rate(gamelift_streams_session_transitions_total{%(target)s}[$__rate_interval]))', '{{from}} to {{to}}'),
        ]) + p.crossing,
        p.graph('Sessions with a reason now', 'short', 'Sessions that AWS lists with a status reason, ended ones included.', [
          p.query('sum by (status, status_reason) (gamelift_streams_session_status_reasons{%(place)s})', '{{status}} {{status_reason}}'),
        ]),
      ]),
    ]),
    p.section('How long players wait', [
      p.line(9, [
        p.graph('Time to activate', 's', 'From creation to ACTIVE, of sessions that a sweep has met there.', quantiles(activation)) + p.limit(config.activatingSeconds),
        p.graph('Time to activate by location, p90', 's', 'Nine of ten sessions are quicker.', by_location(activation)),
        p.heatmap('Time to activate, spread', 's', 'How many sessions took how long to activate.', buckets(activation)),
      ]),
    ]),
    p.section('How long they play', [
      p.line(9, [
        p.graph('Duration of sessions', 's', 'From creation to end, of sessions that have ended.', quantiles(duration)),
        p.graph('Duration by location, p90', 's', 'Nine of ten sessions are shorter.', by_location(duration)),
        p.heatmap('Duration, spread', 's', 'How many of the ended sessions lasted how long. Many in the lowest bands are sessions that never worked.', buckets(duration)),
      ]),
    ]),
    p.section('Stuck ones', [
      p.line(7, [
        p.table('Longest without a change', 's', 'For each location and passing status, how long its most patient session has not changed. Ids of sessions are in the AWS console.', [
          ['Unchanged for', since('updated', 'status=~"ACTIVATING|PENDING_CLIENT_RECONNECTION|RECONNECTING|TERMINATING"')],
        ]) + p.rising(config.activatingSeconds, config.reconnectingSeconds) + p.sorted('Unchanged for')
        + p.coloured('Unchanged for'),
      ]),
      p.line(9, [
        p.graph('Longest without a change, over time', 's', 'Lines that rise with the clock are sessions that hang.', [
          p.query(since('updated', 'status=~"ACTIVATING|PENDING_CLIENT_RECONNECTION|RECONNECTING|TERMINATING"'), '{{target}} {{location}} {{status}}'),
        ]) + p.limit(config.activatingSeconds) + p.crossing,
        p.graph('Oldest live session', 's', 'Age of the oldest session that has not ended, since its creation.', [
          p.query(since('created', '%(live)s'), '{{target}} {{location}} {{status}}'),
        ]) + p.crossing,
      ]),
    ]),
    p.section('Exports', [
      p.line(9, [
        p.graph('Exports by status', 'short', 'Listed sessions by what has become of their exported files. Those without an export are left out.', [
          p.query('sum by (export_status) (gamelift_streams_session_exports{%(place)s,export_status!="NONE"})', '{{export_status}}'),
        ]) + p.stacked,
        p.graph('Exports finished a minute', 'cpm', 'Exports that succeeded or failed.', [
          p.query('60 * sum by (export_status) (rate(gamelift_streams_session_exports_finished_total{%(place)s}[$__rate_interval]))', '{{export_status}}'),
        ]) + p.stacked,
        p.graph('Exports failed by location', 'percentunit', 'Share of the finished exports that failed. The line is where the alert begins.', [
          p.query(|||
            sum by (location) (rate(gamelift_streams_session_exports_finished_total{%(place)s,export_status="FAILED"}[$__rate_interval]))
            /
            sum by (location) (rate(gamelift_streams_session_exports_finished_total{%(place)s}[$__rate_interval]))
          |||, '{{location}}'),
        ]) + p.share + p.limit(config.exportFailureRatio) + { interval: '5m' },
      ]),
    ]),
  ],
}
