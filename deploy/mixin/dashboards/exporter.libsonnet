// Can the picture be trusted, and what does it take to make it.
local p = import 'panels.libsonnet';

function(config) {
  local stale = config.staleIntervals,
  local either(no, yes) = p.words({ '0': { text: no, color: 'red', index: 0 }, '1': { text: yes, color: 'green', index: 1 } }),
  local age_in_intervals = |||
    (time() - gamelift_streams_snapshot_timestamp_seconds{%(target)s})
    /
    gamelift_streams_sweep_live_interval_seconds{%(target)s}
  |||,

  name: 'exporter',
  title: 'Exporter',
  description: 'Can the picture be trusted, and what does it take to make it: sweeps, calls, budget, credentials, process.',
  // There for the way to the other dashboards and back.
  hidden: ['location', 'stream_group'],
  sections: [
    p.section('Now', [
      p.line(4, [
        p.stat('Down', 'short', 'Exporters that Prometheus cannot scrape.', 'sum(1 - up{%(exporter)s})') + p.none_allowed,
        p.stat('Not fresh', 'short', 'Targets whose picture is old or whose last sweep failed.', 'sum(1 - gamelift_streams_up{%(target)s})') + p.none_allowed,
        p.stat('Oldest picture', 'suffix: intervals', 'Age of the oldest picture as a multiple of the live interval in force.', 'max(%s)' % age_in_intervals) + p.rising(2, stale),
        p.stat('Budget left', 'percentunit', "Share of the day's calls that is left, of the target where it is least. Empty without a budget.", |||
          min(gamelift_streams_api_budget_remaining_requests{%(target)s} / (gamelift_streams_api_budget_requests{%(target)s} > 0))
        |||) + p.falling(config.budgetRatio, 2 * config.budgetRatio),
        p.stat('Credentials', 's', 'Time left to those of the target whose credentials expire first; the daemon renews them 5 minutes ahead. Empty for keys that do not expire.', 'min(gamelift_streams_credentials_expiry_timestamp_seconds{%(target)s} - time())')
        + p.falling(config.credentialsLeftSeconds, 2 * config.credentialsLeftSeconds),
        p.stat('Certificate', 's', 'Time left to the serving certificate that ends first. Empty without TLS.', 'min(gamelift_streams_exporter_certificate_expiry_timestamp_seconds{%(exporter)s} - time())')
        + p.falling(config.certificateLeftSeconds, 2 * config.certificateLeftSeconds),
        p.stat('Last reload', 'short', 'Failed: the settings on disk were refused, the old ones are in force, and a restart would fail.', 'min(gamelift_streams_exporter_config_last_reload_successful{%(exporter)s})') + either('failed', 'good'),
        p.stat('State kept', 'short', 'No: the state file takes no writes, and a restart would lose starts and ends. Empty without a state file.', 'min(gamelift_streams_state_writable{%(exporter)s})') + either('no', 'yes'),
      ]),
    ]),
    p.section('Age', [
      p.line(9, [
        p.graph('Age of the picture, in intervals', 'short', 'As a multiple of the live interval in force. Past the line it counts as stale.', [
          p.query('max by (target, instance) (%s)' % age_in_intervals, '{{target}} {{instance}}'),
        ]) + p.limit(stale),
        p.graph('Since the last good sweep', 's', 'Time since the first call of the last sweep that succeeded, by kind.', [
          p.query('max by (target, kind) (time() - gamelift_streams_last_successful_sweep_timestamp_seconds{%(target)s})', '{{target}} {{kind}}'),
          p.query('max by (target) (time() - gamelift_streams_inventory_last_success_timestamp_seconds{%(target)s})', '{{target}} inventory'),
        ]),
        p.graph('Intervals in force', 's', 'Intervals of sweeps, a stretch by the daily budget included.', [
          p.query('max by (target) (gamelift_streams_sweep_live_interval_seconds{%(target)s})', '{{target}} live'),
          p.query('max by (target) (gamelift_streams_sweep_full_interval_seconds{%(target)s})', '{{target}} full'),
        ]),
      ]),
    ]),
    p.section('Sweeps', [
      p.line(9, [
        p.graph('Sweeps an hour', 'short', 'Sweeps begun an hour at the present rate, failed ones included.', [
          p.query('3600 * sum by (target, kind) (rate(gamelift_streams_sweeps_total{%(target)s}[$__rate_interval]))', '{{target}} {{kind}}'),
        ]) + { interval: '5m' },
        p.graph('Sweeps failed', 'short', 'Sweeps that failed and so changed nothing, an hour at the present rate, by reason; with them the failed readings of the inventory.', [
          p.query('3600 * sum by (target, kind, reason) (rate(gamelift_streams_sweep_failures_total{%(target)s}[$__rate_interval]))', '{{target}} {{kind}} {{reason}}'),
          p.query('3600 * sum by (target, reason) (rate(gamelift_streams_inventory_failures_total{%(target)s}[$__rate_interval]))', '{{target}} inventory {{reason}}'),
        ]) + { interval: '5m' },
        p.graph('Duration of sweeps, p90', 's', 'From first call to end, failed ones included. A live sweep longer than its interval delays the next one.', [
          p.query('histogram_quantile(0.90, sum by (le, target, kind) (rate(gamelift_streams_sweep_duration_seconds_bucket{%(target)s}[$__rate_interval])))', '{{target}} {{kind}}'),
        ]) + { interval: '5m' },
      ]),
      p.line(9, [
        p.graph('Last sweep: calls and pages', 'short', 'Requests made and pages read by the last sweep that ended. More requests than pages are look-ups and retries.', [
          p.query('max by (target, kind) (gamelift_streams_last_sweep_api_requests{%(target)s})', '{{target}} {{kind}} requests'),
          p.query('max by (target, kind) (gamelift_streams_last_sweep_pages{%(target)s})', '{{target}} {{kind}} pages'),
        ]),
        p.graph('Sessions read and known', 'short', 'Sessions that the last sweep read, and those that the daemon knows and counts.', [
          p.query('max by (target, kind) (gamelift_streams_last_sweep_sessions{%(target)s})', '{{target}} {{kind}} read'),
          p.query('max by (target) (gamelift_streams_tracked_sessions{%(target)s})', '{{target}} known'),
        ]),
        p.graph('Delays, duplicates, removals a minute', 'cpm', 'Sweeps that started late; sessions met twice within one sweep; sessions that AWS no longer knows.', [
          p.query('60 * sum by (target) (rate(gamelift_streams_sweeps_delayed_total{%(target)s}[$__rate_interval]))', '{{target}} delayed sweeps'),
          p.query('60 * sum by (target) (rate(gamelift_streams_sweep_duplicate_sessions_total{%(target)s}[$__rate_interval]))', '{{target}} duplicate sessions'),
          p.query('60 * sum by (target) (rate(gamelift_streams_sessions_removed_total{%(target)s}[$__rate_interval]))', '{{target}} removed sessions'),
        ]) + { interval: '5m' },
      ]),
    ]),
    p.section('Calls', [
      p.line(9, [
        p.graph('Calls by operation', 'reqps', 'Requests to AWS, retries included.', [
          p.query('sum by (operation) (rate(gamelift_streams_api_requests_total{%(target)s}[$__rate_interval]))', '{{operation}}'),
        ]) + p.stacked,
        p.graph('Calls that failed', 'reqps', 'Requests that AWS refused or that had no answer, by AWS error code or kind of failure. ResourceNotFoundException is an ordinary answer to a look-up.', [
          p.query('sum by (operation, code) (rate(gamelift_streams_api_requests_total{%(target)s,code!="200"}[$__rate_interval]))', '{{operation}} {{code}}'),
        ]),
        p.graph('Duration of calls', 's', 'From the start of a request to the end of its answer or failure.', [
          p.query('histogram_quantile(%s, sum by (le, operation) (rate(gamelift_streams_api_request_duration_seconds_bucket{%%(target)s}[$__rate_interval])))' % q, '{{operation}} p' + q[2:])
          for q in ['0.50', '0.99']
        ]),
      ]),
      p.line(9, [
        p.graph('Retries', 'reqps', 'Requests that repeat one that failed, by the reason of the failure.', [
          p.query('sum by (operation, reason) (rate(gamelift_streams_api_retries_total{%(target)s}[$__rate_interval]))', '{{operation}} {{reason}}'),
        ]),
        p.graph('Share of time spent waiting to retry', 'percentunit', 'Of each second, the part spent waiting before requests were repeated.', [
          p.query('sum by (target, reason) (rate(gamelift_streams_api_backoff_seconds_total{%(target)s}[$__rate_interval]))', '{{target}} {{reason}}'),
        ]) + p.share,
      ]),
    ]),
    p.section('Pace and budget', [
      p.line(9, [
        p.graph('Pace', 'reqps', 'Requests made, and the pace of the list call in force: lower than the setting after AWS has throttled.', [
          p.query('sum by (target) (rate(gamelift_streams_api_requests_total{%(target)s}[$__rate_interval]))', '{{target}} made'),
          p.query('max by (target) (gamelift_streams_api_rate_limit_requests_per_second{%(target)s})', '{{target}} allowed'),
        ]),
        p.graph('Budget left today', 'short', 'Requests left of the current day (UTC). Empty without a budget.', [
          p.query('min by (target) (gamelift_streams_api_budget_remaining_requests{%(target)s})', '{{target}} left'),
          p.query('max by (target) (gamelift_streams_api_budget_requests{%(target)s})', '{{target}} a day'),
        ]),
        p.graph('Time left to credentials', 's', 'Time left to the credentials in use, by where they come from.', [
          p.query('min by (target, source) (gamelift_streams_credentials_expiry_timestamp_seconds{%(target)s} - time())', '{{target}} {{source}}'),
        ]) + p.limit(config.credentialsLeftSeconds),
      ]),
    ]),
    p.section('What was read', [
      p.line(7, [
        p.table('Values summed under "other"', 'short', 'Distinct label values that are no longer shown apart. Sums stay right.', [
          ['Values', 'max by (target, label) (gamelift_streams_label_values_folded{%(target)s}) > 0'],
        ]),
        p.table('Values this version does not know', 'short', 'Counted as UNKNOWN since the exporter started. Look for a newer one.', [
          ['Values', 'sum by (target, field) (gamelift_streams_unknown_values_total{%(target)s}) > 0'],
        ]),
        p.table('Accounts', 'short', 'Which AWS account each target is.', [
          ['', 'max by (target, region, account_id) (gamelift_streams_target_info{%(target)s})'],
        ]) + p.column('account_id', 'string'), // twelve digits, and no number
      ]),
    ]),
    p.section('Process', [
      p.line(8, [
        p.graph('CPU', 'percentunit', 'Of one core.', [
          p.query('sum by (instance) (rate(process_cpu_seconds_total{%(exporter)s}[$__rate_interval]))', '{{instance}}'),
        ]),
        p.graph('Memory', 'bytes', 'Resident and virtual memory.', [
          p.query('max by (instance) (process_resident_memory_bytes{%(exporter)s})', '{{instance}} resident'),
          p.query('max by (instance) (process_virtual_memory_bytes{%(exporter)s})', '{{instance}} virtual'),
        ]),
        p.graph('Open files', 'percentunit', 'Open file descriptors as a share of those allowed.', [
          p.query('max by (instance) (process_open_fds{%(exporter)s} / process_max_fds{%(exporter)s})', '{{instance}}'),
        ]) + p.share + p.limit(0.8),
      ]),
      p.line(8, [
        p.graph('Requests served', 'reqps', 'HTTP requests answered, by route and status code.', [
          p.query('sum by (path, code) (rate(gamelift_streams_exporter_http_requests_total{%(exporter)s}[$__rate_interval]))', '{{path}} {{code}}'),
        ]),
        p.graph('Up for', 's', 'Time since the process started; a drop is a restart.', [
          p.query('time() - max by (instance) (process_start_time_seconds{%(exporter)s})', '{{instance}}'),
        ]),
        p.table('Builds', 's', 'What runs where, and how long ago its settings were taken up.', [
          ['', 'max by (instance, version, revision, compiler) (gamelift_streams_exporter_build_info{%(exporter)s})'],
          ['Settings age', 'time() - max by (instance) (gamelift_streams_exporter_config_last_reload_success_timestamp_seconds{%(exporter)s})'],
        ]) + p.widths({ revision: 165, 'Settings age': 120 }) + p.columns(10),
      ]),
    ]),
  ],
}
