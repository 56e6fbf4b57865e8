// Is it healthy now; where not; which application or stream group.
local p = import 'panels.libsonnet';

function(config) {
  name: 'fleet',
  title: 'Fleet',
  description: 'Is the fleet healthy now, where is it not, and which application or stream group is it.',
  hidden: [],
  sections: [
    p.section('Now', [
      p.line(4, [
        p.stat('Pictures not fresh', 'short', 'Targets whose picture is old or whose last sweep failed. Once a picture is older than sweep.stale_after (three live intervals), its live sessions are missing from all other panels.', 'sum(1 - gamelift_streams_up{%(target)s})')
        + p.none_allowed + p.columns(4),
        p.stat('Oldest picture', 's', 'Time since the first call of the sweep that everything here shows, of the target where it is longest.', 'max(time() - gamelift_streams_snapshot_timestamp_seconds{%(target)s})')
        + p.rising(2 * config.assumedLiveIntervalSeconds, config.staleIntervals * config.assumedLiveIntervalSeconds),
        p.stat('Live sessions', 'short', 'Sessions that have not ended, from ACTIVATING to TERMINATING.', 'sum(gamelift_streams_sessions{%(place)s,%(live)s})'),
        p.stat('Connected', 'short', 'Players in a stream: sessions in CONNECTED.', 'sum(gamelift_streams_sessions{%(place)s,status="CONNECTED"})'),
        p.stat('Waiting for a stream', 'short', 'Sessions in ACTIVATING: players who look at a loading screen.', 'sum(gamelift_streams_sessions{%(place)s,status="ACTIVATING"})') + p.columns(4),
        p.stat('Lost their connection', 'percentunit', 'Share of the connected players whose client has dropped and may come back.', |||
          sum(gamelift_streams_sessions{%(place)s,status=~"PENDING_CLIENT_RECONNECTION|RECONNECTING"})
          /
          sum(gamelift_streams_sessions{%(place)s,status=~"CONNECTED|PENDING_CLIENT_RECONNECTION|RECONNECTING"})
        |||) + p.rising(config.reconnectRatio / 2, config.reconnectRatio) + p.columns(4),
        p.stat('Ended in error', 'percentunit', 'Share of the sessions ending now that end in ERROR.', |||
          (sum(rate(gamelift_streams_sessions_ended_total{%(group)s,status="ERROR"}[$__rate_interval])) or vector(0))
          /
          (sum(rate(gamelift_streams_sessions_ended_total{%(group)s}[$__rate_interval])) > 0)
        |||) + p.rising(1 - config.sessionObjective, config.slowBurn * (1 - config.sessionObjective)) + { interval: '5m' },
      ]),
      p.line(9, [
        p.graph('Live sessions by status', 'short', 'Sessions that have not ended, as of each sweep.', [
          p.query('sum by (status) (gamelift_streams_sessions{%(place)s,%(live)s})', '{{status}}'),
        ]) + p.stacked + p.columns(15),
        p.table('Alerts firing', 'short', 'Alerts of the shipped rules that fire for this job. Their runbooks are linked from the alerts.', [
          ['', 'max by (alertname, severity, target) (ALERTS{job=~"$job",alertname=~"GameLiftStreams.+",alertstate="firing"})'],
        ]) + p.widths({ alertname: 300 }) + p.columns(9),
      ]),
      p.line(8, [
        p.table('Targets', 'short', 'Every target, whether its picture is fresh, how old it is and what it shows.', [
          ['Fresh', 'min by (target, region) (gamelift_streams_up{%(target)s})'],
          ['Age', 'max by (target, region) (time() - gamelift_streams_snapshot_timestamp_seconds{%(target)s})'],
          ['Live', 'sum by (target, region) (gamelift_streams_sessions{%(place)s,%(live)s})'],
          ['Connected', 'sum by (target, region) (gamelift_streams_sessions{%(place)s,status="CONNECTED"})'],
        ]) + p.column('Age', 's') + p.column('Fresh', 'bool_yes_no'),
      ]),
    ]),
    p.section('Where', [
      p.line(9, [
        p.graph('Live sessions by location', 'short', 'Sessions that have not ended, by the location that streams them.', [
          p.query('sum by (location) (gamelift_streams_sessions{%(place)s,%(live)s})', '{{location}}'),
        ]) + p.stacked,
        p.graph('Waiting for a stream by location', 'short', 'Sessions in ACTIVATING. A location that grows while others stay has no capacity, or its application does not come up.', [
          p.query('sum by (location) (gamelift_streams_sessions{%(place)s,status="ACTIVATING"})', '{{location}}'),
        ]),
      ]),
      p.line(9, [
        p.graph('Lost their connection by location', 'percentunit', 'Share of the connected players whose client has dropped and may come back. The line is where the alert begins.', [
          p.query(|||
            sum by (location) (gamelift_streams_sessions{%(place)s,status=~"PENDING_CLIENT_RECONNECTION|RECONNECTING"})
            /
            sum by (location) (gamelift_streams_sessions{%(place)s,status=~"CONNECTED|PENDING_CLIENT_RECONNECTION|RECONNECTING"})
          |||, '{{location}}'),
        ]) + p.share + p.limit(config.reconnectRatio),
        p.graph('Ended in error by location', 'percentunit', 'Share of the ending sessions that end in ERROR. The line is what the objective allows.', [
          p.query(|||
            sum by (location) (rate(gamelift_streams_sessions_ended_total{%(group)s,status="ERROR"}[$__rate_interval]))
            /
            sum by (location) (rate(gamelift_streams_sessions_ended_total{%(group)s}[$__rate_interval]))
          |||, '{{location}}'),
        ]) + p.share + p.limit(1 - config.sessionObjective) + { interval: '5m' },
      ]),
    ]),
    p.section('By application and stream group', [
      p.line(9, [
        p.graph('Live sessions by application', 'short', 'Sessions that have not ended. Locations and stream groups are not told apart here.', [
          p.query('sum by (application) (gamelift_streams_application_sessions{%(target)s,%(live)s})', '{{application}}'),
        ]) + p.stacked,
        p.graph('Live sessions by stream group', 'short', 'Sessions that have not ended.', [
          p.query('sum by (stream_group) (gamelift_streams_stream_group_sessions{%(group)s,%(live)s})', '{{stream_group}}'),
        ]) + p.stacked,
      ]),
      p.line(8, [
        p.table('Applications', 'short', 'What the ids stand for, and the live sessions of each.', [
          ['', 'max by (target, application, description, runtime) (gamelift_streams_application_info{%(target)s})'],
          ['Live', 'sum by (target, application) (gamelift_streams_application_sessions{%(target)s,%(live)s})'],
        ]) + p.widths({ runtime: 160 }) + p.sorted('Live'),
        p.table('Stream groups', 'short', 'What the ids stand for, and the live sessions of each.', [
          ['', 'max by (target, stream_group, description, stream_class) (gamelift_streams_stream_group_info{%(target)s,stream_group=~"$stream_group"})'],
          ['Live', 'sum by (target, stream_group) (gamelift_streams_stream_group_sessions{%(group)s,%(live)s})'],
        ]) + p.sorted('Live'),
      ]),
    ]),
  ],
}
