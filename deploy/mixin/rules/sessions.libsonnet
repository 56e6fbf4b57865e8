function(config) {
  local live = 'ACTIVATING|ACTIVE|CONNECTED|PENDING_CLIENT_RECONNECTION|RECONNECTING|TERMINATING',
  local perLocation = 'account_id, stream_group, status, status_reason',
  local perTarget = perLocation + ', location',

  local ended(window, without, errors) =
    'sum without (%s) (rate(gamelift_streams_sessions_ended_total{%s%s}[%s]))'
    % [without, config.selector, if errors then ',status="ERROR"' else '', window],
  // None where no session has ended, as in a short window between two sweeps.
  local errorRatio(window) = [
    {
      record: 'location:gamelift_streams_session_errors:ratio_rate' + window,
      expr: '%s\n/\n(%s > 0)' % [ended(window, perLocation, true), ended(window, perLocation, false)],
    },
    {
      record: 'target:gamelift_streams_session_errors:ratio_rate' + window,
      expr: '%s\n/\n(%s > 0)' % [ended(window, perTarget, true), ended(window, perTarget, false)],
    },
  ],
  local increase(window) = {
    record: 'location:gamelift_streams_sessions_ended:increase' + window,
    expr: 'sum without (%s) (increase(gamelift_streams_sessions_ended_total{%s}[%s]))'
          % [perLocation, config.selector, window],
  },

  name: 'gamelift_streams_sessions.rules',
  rules: [
           {
             record: 'location_status:gamelift_streams_sessions:sum',
             expr: 'sum without (account_id) (gamelift_streams_sessions{%s})' % config.selector,
           },
           {
             record: 'location:gamelift_streams_sessions_live:sum',
             expr: 'sum without (account_id, status) (gamelift_streams_sessions{%s,status=~"%s"})'
                   % [config.selector, live],
           },
           {
             record: 'target:gamelift_streams_sessions_live:sum',
             expr: 'sum without (location) (location:gamelift_streams_sessions_live:sum{%s})' % config.selector,
           },
           {
             record: 'target:gamelift_streams_sessions_connected:sum',
             expr: 'sum without (account_id, status, location) (gamelift_streams_sessions{%s,status="CONNECTED"})'
                   % config.selector,
           },
           {
             record: 'location:gamelift_streams_sessions_reconnecting:ratio',
             expr: |||
               sum without (account_id, status) (gamelift_streams_sessions{%(selector)s,status=~"PENDING_CLIENT_RECONNECTION|RECONNECTING"})
               /
               sum without (account_id, status) (gamelift_streams_sessions{%(selector)s,status=~"CONNECTED|PENDING_CLIENT_RECONNECTION|RECONNECTING"})
             ||| % config,
           },
           // Measured at the picture's own time, so that an old picture does not look like an old session.
           {
             record: 'location_status:gamelift_streams_session_unchanged_seconds:max',
             expr: |||
               gamelift_streams_snapshot_timestamp_seconds{%(selector)s}
               - on (job, instance, target) group_right ()
               gamelift_streams_oldest_session_updated_timestamp_seconds{%(selector)s}
             ||| % config,
           },
           {
             record: 'location:gamelift_streams_sessions_started:rate5m',
             expr: 'sum without (account_id, stream_group) (rate(gamelift_streams_sessions_started_total{%s}[5m]))'
                   % config.selector,
           },
           {
             record: 'location:gamelift_streams_session_exports_failed:ratio_rate1h',
             expr: |||
               sum without (account_id, export_status) (rate(gamelift_streams_session_exports_finished_total{%(selector)s,export_status="FAILED"}[1h]))
               /
               sum without (account_id, export_status) (rate(gamelift_streams_session_exports_finished_total{%(selector)s}[1h]))
             ||| % config,
           },
         ] + std.flattenArrays([errorRatio(window) for window in ['5m', '30m', '1h', '6h']])
         + [increase('1h'), increase('6h')],
}
