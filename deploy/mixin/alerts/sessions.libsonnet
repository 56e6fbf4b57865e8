// What players meet now.
function(alert) {
  local stuck(name, status, limit, description) = alert(
    name,
    'warning',
    '5m',
    'location_status:gamelift_streams_session_unchanged_seconds:max{%%(selector)s,status="%s"} > %%(%s)d' % [status, limit],
    'A session in {{ $labels.location }} has been %s for {{ $value | humanizeDuration }}.' % status,
    description
  ),

  name: 'gamelift_streams_sessions',
  rules: [
    stuck(
      'StuckActivating',
      'ACTIVATING',
      'activatingSeconds',
      'Players of {{ $labels.target }} in {{ $labels.location }} wait for a stream that does not start. Either there is no capacity, or the application does not come up.'
    ),
    stuck(
      'StuckTerminating',
      'TERMINATING',
      'terminatingSeconds',
      'A session of {{ $labels.target }} in {{ $labels.location }} does not end. It holds capacity that you pay for, and files to be exported come late.'
    ),
    stuck(
      'StuckReconnecting',
      'PENDING_CLIENT_RECONNECTION',
      'reconnectingSeconds',
      'AWS lets a client reconnect for an hour at most, yet a session of {{ $labels.target }} in {{ $labels.location }} still waits and holds capacity.'
    ),
    alert(
      'ReconnectsHigh',
      'warning',
      '10m',
      |||
        location:gamelift_streams_sessions_reconnecting:ratio{%(selector)s} > %(reconnectRatio)g
        and
        location:gamelift_streams_sessions_live:sum{%(selector)s} >= %(fewestSessions)d
      |||,
      '{{ $value | humanizePercentage }} of the players in {{ $labels.location }} have lost their connection.',
      'Clients of {{ $labels.target }} in {{ $labels.location }} drop and try to come back, far more than usual. Suspect the network path to that location, or a client release.'
    ),
    alert(
      'ConnectedCollapsed',
      'critical',
      '5m',
      |||
        target:gamelift_streams_sessions_connected:sum{%(selector)s}
        < %(collapseRatio)g * (
          avg_over_time(target:gamelift_streams_sessions_connected:sum{%(selector)s}[%(collapseWindow)s] offset %(collapseOffset)s)
          >= %(fewestSessions)d
        )
      |||,
      'Connected players of {{ $labels.target }} have fallen to {{ $value | humanize }}.',
      'That is less than half of the hour before, in {{ $labels.region }}, and faster than any evening ends. Players of {{ $labels.target }} were disconnected or can no longer connect.'
    ),
  ],
}
