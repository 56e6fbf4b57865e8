// Room for players, and what is paid for without them.
local p = import 'panels.libsonnet';

// A location without on-demand capacity has no more than what is always on.
local limit = |||
  (
    gamelift_streams_stream_group_capacity_maximum{%(group)s} > 0
    or
    gamelift_streams_stream_group_capacity_always_on{%(group)s} > 0
  )
|||;
local used = '(gamelift_streams_stream_group_capacity_allocated{%(group)s} - gamelift_streams_stream_group_capacity_idle{%(group)s})';
local capacity(kind) = 'gamelift_streams_stream_group_capacity_%s{%%(group)s}' % kind;
local by_class(expr) =
  'sum by (stream_class) (%s * on (job, instance, target, stream_group) group_left (stream_class) max by (job, instance, target, stream_group, stream_class) (gamelift_streams_stream_group_info{%%(target)s}))' % expr;
local idle_share(by) = 'sum %(by)s(%(idle)s) / (sum %(by)s(%(allocated)s) > 0)'
                       % { by: by, idle: capacity('idle'), allocated: capacity('allocated') };

function(config) {
  name: 'capacity',
  title: 'Capacity and cost',
  description: 'Room for players in each stream group and location, and capacity that is paid for and streams nothing.',
  hidden: [],
  sections: [
    p.section('Now', [
      p.line(4, [
        p.stat('Allocated', 'short', 'Streams that could run now. AWS bills each, whether it streams or not.', 'sum(%s)' % capacity('allocated')),
        p.stat('In use', 'short', 'Allocated streams that are not idle.', 'sum(%s)' % used),
        p.stat('Idle', 'short', 'Allocated streams that nobody uses.', 'sum(%s)' % capacity('idle')),
        p.stat('Idle share', 'percentunit', 'Idle streams as a share of what is paid for.', idle_share(''))
        + p.rising(config.idleRatio / 2, config.idleRatio),
        p.stat('Not yet allocated', 'short', 'Streams that were requested and that AWS has not given yet.', |||
          sum(clamp_min(gamelift_streams_stream_group_capacity_requested{%(group)s} - gamelift_streams_stream_group_capacity_allocated{%(group)s}, 0))
        |||) + p.none_allowed + p.columns(4),
        p.stat('Fullest place', 'percentunit', 'Streams in use as a share of the limit, in the stream group and location where it is highest. At 100 % new players are turned away.', 'max(%s / %s)' % [used, limit])
        + p.rising(0.8, 1) + p.columns(4),
        p.stat('Next group expires in', 's', 'An expired stream group starts no sessions and cannot be renewed.', 'min(gamelift_streams_stream_group_expiry_timestamp_seconds{%(target)s,stream_group=~"$stream_group"} - time())')
        + p.falling(config.groupLeftSeconds, 2 * config.groupLeftSeconds) + p.columns(4),
      ]),
    ]),
    p.section('Room for players', [
      p.line(9, [
        p.graph('Use of the limit', 'percentunit', 'Streams in use as a share of the maximum capacity, or of the always-on capacity where there is no other. At the line new players are turned away.', [
          p.query('max by (stream_group, location) (%s / %s)' % [used, limit], '{{stream_group}} {{location}}'),
        ]) + p.limit(1) + p.crossing + { fieldConfig+: { defaults+: { min: 0 } } },
        p.graph('Capacity and sessions', 'short', 'Allocated, idle and requested streams over all chosen groups and locations, beside the sessions that have not ended.', [
          p.query('sum(%s)' % capacity('allocated'), 'allocated'),
          p.query('sum(%s)' % capacity('idle'), 'idle'),
          p.query('sum(%s)' % capacity('requested'), 'requested'),
          p.query('sum(gamelift_streams_stream_group_sessions{%(group)s,%(live)s})', 'live sessions'),
        ]),
      ]),
      p.line(10, [
        p.table('Stream groups and locations', 'short', 'What is allocated, idle, requested and allowed in each place.', [
          [column[0], 'max by (target, stream_group, location) (%s)' % capacity(column[1])]
          for column in [
            ['Allocated', 'allocated'],
            ['Idle', 'idle'],
            ['Requested', 'requested'],
            ['Maximum', 'maximum'],
            ['Target idle', 'target_idle'],
            ['Always on', 'always_on'],
          ]
        ]) + p.sorted('Allocated'),
      ]),
    ]),
    p.section('Cost', [
      p.line(9, [
        p.graph('Idle share by stream group', 'percentunit', 'Idle streams as a share of the allocated ones. Above the line for a day, the alert about idle capacity fires.', [
          p.query(idle_share('by (stream_group) '), '{{stream_group}}'),
        ]) + p.share + p.limit(config.idleRatio),
        p.graph('Allocated streams by class', 'short', "The mean over the time shown, times its hours, times AWS's price of a stream hour of that class, is what was paid.", [
          p.query(by_class(capacity('allocated')), '{{stream_class}}'),
        ]) + p.stacked,
        p.graph('Idle streams by class', 'short', "The mean over the time shown, times its hours, times AWS's price of a stream hour of that class, was paid for nothing.", [
          p.query(by_class(capacity('idle')), '{{stream_class}}'),
        ]) + p.stacked,
      ]),
      p.line(9, [
        p.graph('Idle streams by location', 'short', 'Allocated streams that nobody uses.', [
          p.query('sum by (location) (%s)' % capacity('idle'), '{{location}}'),
        ]) + p.stacked,
        p.graph('Calls an hour', 'short', 'What watching costs: requests to AWS an hour at the present rate, retries included.', [
          p.query('3600 * sum by (target) (rate(gamelift_streams_api_requests_total{%(target)s}[$__rate_interval]))', '{{target}}'),
        ]) + p.stacked + { interval: '5m' },
      ]),
    ]),
    p.section('State of stream groups', [
      p.line(8, [
        p.table('Status of stream groups', 'short', 'The current status of each group.', [
          ['', 'max by (target, stream_group, status) (gamelift_streams_stream_group_status{%(target)s,stream_group=~"$stream_group"}) == 1'],
        ]),
        p.table('Status of locations', 'short', 'The current status of each location of a group.', [
          ['', 'max by (target, stream_group, location, status) (gamelift_streams_stream_group_location_status{%(group)s}) == 1'],
        ]),
      ]),
      p.line(8, [
        p.table('Status of applications', 'short', 'The current status of each application.', [
          ['', 'max by (target, application, status) (gamelift_streams_application_status{%(target)s}) == 1'],
        ]),
        p.table('Groups expire in', 's', 'Time left to each stream group.', [
          ['Left', 'min by (target, stream_group) (gamelift_streams_stream_group_expiry_timestamp_seconds{%(target)s,stream_group=~"$stream_group"} - time())'],
        ]) + p.falling(config.groupLeftSeconds, 2 * config.groupLeftSeconds)
        + p.coloured('Left'),
      ]),
    ]),
  ],
}
