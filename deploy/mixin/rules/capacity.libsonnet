function(config) {
  name: 'gamelift_streams_capacity.rules',
  rules: [
    // A location without on-demand capacity has no more than what is always on.
    {
      record: 'stream_group_location:gamelift_streams_capacity_limit:max',
      expr: |||
        gamelift_streams_stream_group_capacity_maximum{%(selector)s} > 0
        or
        gamelift_streams_stream_group_capacity_always_on{%(selector)s} > 0
      ||| % config,
    },
    {
      record: 'stream_group_location:gamelift_streams_capacity_used:sum',
      expr: |||
        gamelift_streams_stream_group_capacity_allocated{%(selector)s}
        -
        gamelift_streams_stream_group_capacity_idle{%(selector)s}
      ||| % config,
    },
    {
      record: 'stream_group_location:gamelift_streams_capacity_used:ratio',
      expr: |||
        stream_group_location:gamelift_streams_capacity_used:sum{%(selector)s}
        /
        stream_group_location:gamelift_streams_capacity_limit:max{%(selector)s}
      ||| % config,
    },
    // What is paid for and streams nothing.
    {
      record: 'stream_group_location:gamelift_streams_capacity_idle:ratio',
      expr: |||
        gamelift_streams_stream_group_capacity_idle{%(selector)s}
        /
        (gamelift_streams_stream_group_capacity_allocated{%(selector)s} > 0)
      ||| % config,
    },
  ],
}
