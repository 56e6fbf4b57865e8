// What an installation may want to change. Import mixin.libsonnet and override:
//   (import 'mixin.libsonnet') + { _config+:: { selector: 'job="streams"' } }
{
  _config+:: {
    // Which series are the exporter's. Every expression carries it.
    selector: 'job="gamelift_streams"',

    // Where your people open runbooks.md; the alert's name in lower case is the anchor. As shipped it
    // names the file in this repository; with an https:// address pagers show a link.
    runbookUrl: 'deploy/runbooks.md',

    // Pictures are stale after so many intervals in force, the budget's stretch included.
    staleIntervals: 3,
    // For exporters too old to tell their interval.
    assumedLiveIntervalSeconds: 60,
    assumedFullIntervalSeconds: 3600,

    // Share of sweeps that fail, and how many of them in half an hour.
    sweepFailureRatio: 0.25,
    sweepFailures: 2,
    throttledRatio: 0.05,
    callErrorRatio: 0.1,
    // Less than this share of the day's calls is left, and twice as much of the day.
    budgetRatio: 0.1,
    // The daemon renews at its first call in the last 4 to 5 minutes: 4, less a minute for the scrape. The live
    // interval, which that call may be away, is taken off.
    credentialsLeftSeconds: 180,
    certificateLeftSeconds: 14 * 86400,
    // In a day, while nothing is shown. With pauses of 30 s, 1 min and so on up to the interval of 5 min, the
    // seventh failure in a row comes after three intervals, when the families are withdrawn.
    inventoryFailures: 6,
    // So lately read, an account without stream groups and applications has nothing to show.
    inventoryFreshSeconds: 900,

    // How long a session may stay unchanged. AWS says that on-demand capacity typically takes less
    // than 5 minutes, and lets a client reconnect for an hour at most.
    activatingSeconds: 900,
    terminatingSeconds: 900,
    reconnectingSeconds: 3900,

    reconnectRatio: 0.2,
    // Ratios of fewer sessions than this say nothing.
    fewestSessions: 20,

    // Share of sessions that must not end in ERROR, over 30 days; burn rates as in the SRE workbook.
    sessionObjective: 0.99,
    fastBurn: 14.4,
    slowBurn: 6,
    exportFailureRatio: 0.1,
    fewestExports: 5,
    // Connected sessions now, as a share of those of the hour before.
    collapseRatio: 0.5,

    // Capacity that idles all day, as a share of what is paid for.
    idleRatio: 0.7,
    idleFewestAllocated: 5,
    groupLeftSeconds: 30 * 86400,

    // Rehearsals and tests shorten all waiting: '5s', for instance. Null: each alert has its own.
    forEvery: null,
    // How far alerts look back that compare with earlier, or remember what happens rarely.
    collapseWindow: '1h',
    collapseOffset: '15m',
    idleWindow: '1d',
    unknownWindow: '3h',

    dashboardTags: ['gamelift-streams'],
    dashboardRefresh: '1m',
  },
}
