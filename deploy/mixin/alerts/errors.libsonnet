// How sessions and exports end. Burn rates over two windows: the long one says that it matters, the
// short one that it still goes on, by its last word: where sweeps are further apart, nothing ends in it
// between two of them. Too few ended sessions say nothing.
function(alert) {
  local burn(long, short, limit, fewest) = |||
    location:gamelift_streams_session_errors:ratio_rate%(long)s{%%(selector)s} > %%(%(limit)s)g
    and
    last_over_time(location:gamelift_streams_session_errors:ratio_rate%(short)s{%%(selector)s}[%(long)s]) > %%(%(limit)s)g
    and
    location:gamelift_streams_sessions_ended:increase%(long)s{%%(selector)s} >= %(fewest)s
  ||| % { long: long, short: short, limit: limit, fewest: fewest },

  name: 'gamelift_streams_errors',
  rules: [
    alert(
      'SessionErrorsFast',
      'critical',
      '2m',
      burn('1h', '5m', 'fastBurnRatio', '%(fewestSessions)d'),
      '{{ $value | humanizePercentage }} of the sessions in {{ $labels.location }} end in ERROR.',
      'Measured over an hour and still going on, for {{ $labels.target }} in {{ $labels.location }}. At this pace the error budget of a month is gone in two days. Players see streams fail now.'
    ),
    alert(
      'SessionErrorsSlow',
      'warning',
      '15m',
      burn('6h', '30m', 'slowBurnRatio', '3 * %(fewestSessions)d'),
      '{{ $value | humanizePercentage }} of the sessions in {{ $labels.location }} have ended in ERROR for hours.',
      'Measured over six hours and still going on, for {{ $labels.target }} in {{ $labels.location }}. At this pace the error budget of a month is gone in five days.'
    ),
    alert(
      'ExportFailures',
      'warning',
      '10m',
      |||
        location:gamelift_streams_session_exports_failed:ratio_rate1h{%(selector)s} > %(exportFailureRatio)g
        and
        sum without (account_id, export_status) (increase(gamelift_streams_session_exports_finished_total{%(selector)s}[1h])) >= %(fewestExports)d
      |||,
      '{{ $value | humanizePercentage }} of the exports in {{ $labels.location }} fail.',
      'Files of ended sessions of {{ $labels.target }} in {{ $labels.location }} do not reach their bucket and cannot be exported again later. Check the bucket, its policy and its region.'
    ),
  ],
}
