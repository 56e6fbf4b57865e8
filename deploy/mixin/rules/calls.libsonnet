function(config) {
  local share(codes, window) = |||
    sum without (operation, code) (rate(gamelift_streams_api_requests_total{%(selector)s,%(codes)s}[%(window)s]))
    /
    sum without (operation, code) (rate(gamelift_streams_api_requests_total{%(selector)s}[%(window)s]))
  ||| % { selector: config.selector, codes: codes, window: window },
  local throttled = 'Throttling.*|TooManyRequests.*|RequestLimitExceeded|429',
  // A session that AWS no longer knows is an ordinary answer to a look-up.
  local expected = '200|ResourceNotFoundException',

  name: 'gamelift_streams_calls.rules',
  rules: [
    {
      record: 'target:gamelift_streams_api_requests:increase1h',
      expr: 'sum without (operation, code) (increase(gamelift_streams_api_requests_total{%s}[1h]))'
            % config.selector,
    },
    {
      record: 'target:gamelift_streams_api_requests_throttled:ratio_rate15m',
      expr: share('code=~"%s"' % throttled, '15m'),
    },
    {
      record: 'target:gamelift_streams_api_requests_failed:ratio_rate15m',
      expr: share('code!~"%s|%s"' % [expected, throttled], '15m'),
    },
    {
      record: 'target_kind:gamelift_streams_sweep_failures:increase30m',
      expr: 'sum without (reason) (increase(gamelift_streams_sweep_failures_total{%s}[30m]))' % config.selector,
    },
    {
      record: 'target_kind:gamelift_streams_sweep_failures:ratio_increase30m',
      expr: |||
        target_kind:gamelift_streams_sweep_failures:increase30m{%(selector)s}
        /
        increase(gamelift_streams_sweeps_total{%(selector)s}[30m])
      ||| % config,
    },
  ],
}
