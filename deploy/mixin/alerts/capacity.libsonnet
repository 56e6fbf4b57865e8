// Room for players, and what it costs.
function(alert) {
  name: 'gamelift_streams_capacity',
  rules: [
    alert(
      'CapacityExhausted',
      'critical',
      '10m',
      'stream_group_location:gamelift_streams_capacity_used:ratio{%(selector)s} >= 1',
      'Stream group {{ $labels.stream_group }} has no capacity left in {{ $labels.location }}.',
      'Every stream that {{ $labels.stream_group }} of {{ $labels.target }} may run in {{ $labels.location }} is in use. New players are turned away or sent elsewhere. Raise its maximum capacity; the account quota may have to follow.'
    ),
    alert(
      'CapacityNotAllocated',
      'warning',
      '30m',
      |||
        gamelift_streams_stream_group_capacity_requested{%(selector)s}
        -
        gamelift_streams_stream_group_capacity_allocated{%(selector)s}
        > 0
      |||,
      'AWS has not given {{ $value | humanize }} of the streams requested for {{ $labels.stream_group }} in {{ $labels.location }}.',
      'Always-on capacity was requested for {{ $labels.stream_group }} of {{ $labels.target }} in {{ $labels.location }} and has not come for half an hour. AWS may be short of that stream class there.'
    ),
    alert(
      'IdleCapacity',
      'info',
      '1h',
      |||
        avg_over_time(stream_group_location:gamelift_streams_capacity_idle:ratio{%(selector)s}[%(idleWindow)s]) > %(idleRatio)g
        and
        avg_over_time(gamelift_streams_stream_group_capacity_allocated{%(selector)s}[%(idleWindow)s]) >= %(idleFewestAllocated)d
        and
        stream_group_location:gamelift_streams_capacity_idle:ratio{%(selector)s} offset %(idleWindow)s
      |||,
      '{{ $value | humanizePercentage }} of the capacity of {{ $labels.stream_group }} in {{ $labels.location }} idled all day.',
      'You pay for allocated capacity whether it streams or not. Lower the always-on or target-idle capacity of {{ $labels.stream_group }} of {{ $labels.target }} in {{ $labels.location }}.'
    ),
    alert(
      'StreamGroupUnhealthy',
      'warning',
      '10m',
      'gamelift_streams_stream_group_status{%(selector)s,status=~"ERROR|ACTIVE_WITH_ERRORS"} == 1',
      'Stream group {{ $labels.stream_group }} is in status {{ $labels.status }}.',
      'AWS could not set up {{ $labels.stream_group }} of {{ $labels.target }} ({{ $labels.region }}) in at least one location. Sessions there cannot start. The console shows the status reason.'
    ),
    alert(
      'StreamGroupExpiring',
      'warning',
      '1h',
      'gamelift_streams_stream_group_expiry_timestamp_seconds{%(selector)s} - time() < %(groupLeftSeconds)d',
      'Stream group {{ $labels.stream_group }} expires in {{ $value | humanizeDuration }}.',
      'An expired stream group starts no sessions and cannot be renewed. Create a new one in place of {{ $labels.stream_group }} of {{ $labels.target }} ({{ $labels.region }}) and move your players.'
    ),
  ],
}
