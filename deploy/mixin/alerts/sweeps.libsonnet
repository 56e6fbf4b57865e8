// How good the picture is. Ages compare with the interval in force, so that an interval which the
// budget has stretched is no fault.
function(alert) {
  name: 'gamelift_streams_sweeps',
  rules: [
    alert(
      'PictureStale',
      'critical',
      '5m',
      |||
        time() - gamelift_streams_snapshot_timestamp_seconds{%(selector)s}
        > %(staleIntervals)d * (
          gamelift_streams_sweep_live_interval_seconds{%(selector)s}
          or
          gamelift_streams_snapshot_timestamp_seconds{%(selector)s} * 0 + %(assumedLiveIntervalSeconds)d
        )
      |||,
      'The picture of {{ $labels.target }} is {{ $value | humanizeDuration }} old.',
      'No sweep of {{ $labels.target }} ({{ $labels.region }}) by {{ $labels.instance }} has succeeded for more than three intervals. Session counts are old or already withdrawn. Players may be fine; you cannot see them.'
    ),
    // A first sweep that reads page after page and has not failed yet is no fault, however long the list.
    alert(
      'PictureMissing',
      'critical',
      '15m',
      |||
        gamelift_streams_up{%(selector)s} == 0
        unless
        gamelift_streams_snapshot_timestamp_seconds{%(selector)s}
        unless on (job, instance, target) (
          rate(gamelift_streams_api_requests_total{%(selector)s,operation=~"ListStreamSessions.*",code="200"}[5m]) > 0
          unless on (job, instance, target)
          gamelift_streams_sweep_failures_total{%(selector)s} > 0
        )
      |||,
      'There has never been a picture of {{ $labels.target }}.',
      'The exporter {{ $labels.instance }} runs, but no sweep of {{ $labels.target }} ({{ $labels.region }}) has succeeded since it started: one has failed, or AWS does not answer. Most often the credentials or the policy are wrong; for a long list sweep.timeout or the daily budget may be too small.'
    ),
    alert(
      'FullSweepStale',
      'warning',
      '10m',
      |||
        time() - gamelift_streams_last_successful_sweep_timestamp_seconds{%(selector)s,kind="full"}
        > ignoring (kind) group_left () (%(staleIntervals)d * (
          gamelift_streams_sweep_full_interval_seconds{%(selector)s}
          or ignoring (kind)
          gamelift_streams_last_successful_sweep_timestamp_seconds{%(selector)s,kind="full"} * 0 + %(assumedFullIntervalSeconds)d
        ))
      |||,
      'The whole session list of {{ $labels.target }} was last read {{ $value | humanizeDuration }} ago.',
      'Live sessions of {{ $labels.target }} ({{ $labels.region }}) are still counted, but ended sessions and exports have missed three full sweeps and are withdrawn from the metrics of {{ $labels.instance }}.'
    ),
    // Where none has failed yet, the first one is still under way.
    alert(
      'FullSweepMissing',
      'warning',
      '10m',
      |||
        time() - process_start_time_seconds{%(selector)s}
        > on (job, instance) group_right ()
        (
          %(staleIntervals)d * gamelift_streams_sweep_full_interval_seconds{%(selector)s}
          and on (job, instance, target)
          gamelift_streams_sweep_failures_total{%(selector)s,kind="full"} > 0
          unless on (job, instance, target)
          gamelift_streams_last_successful_sweep_timestamp_seconds{%(selector)s,kind="full"}
        )
      |||,
      'The whole session list of {{ $labels.target }} has never been read.',
      'In the {{ $value | humanizeDuration }} since {{ $labels.instance }} started, every full sweep of {{ $labels.target }} ({{ $labels.region }}) has failed. Live sessions are counted; ended sessions and exports are missing. Most often sweep.timeout or the daily budget is too small for the list.'
    ),
    alert(
      'SweepsFailing',
      'warning',
      '5m',
      |||
        target_kind:gamelift_streams_sweep_failures:ratio_increase30m{%(selector)s} > %(sweepFailureRatio)g
        and
        target_kind:gamelift_streams_sweep_failures:increase30m{%(selector)s} > %(sweepFailures)g
      |||,
      '{{ $value | humanizePercentage }} of the {{ $labels.kind }} sweeps of {{ $labels.target }} fail.',
      'Over half an hour the {{ $labels.kind }} sweeps of {{ $labels.target }} ({{ $labels.region }}) by {{ $labels.instance }} failed this often. Failed sweeps change nothing, so the picture is older than it should be. The reason is on the status page and in sweep_failures_total.'
    ),
    alert(
      'InventoryFailing',
      'warning',
      '5m',
      |||
        sum without (reason) (increase(gamelift_streams_inventory_failures_total{%(selector)s}[1d])) > %(inventoryFailures)g
        unless on (job, instance, target) (
          gamelift_streams_stream_group_info{%(selector)s}
          or
          gamelift_streams_application_info{%(selector)s}
          or
          time() - gamelift_streams_inventory_last_success_timestamp_seconds{%(selector)s} < %(inventoryFreshSeconds)d
        )
      |||,
      'Stream groups of {{ $labels.target }} could not be read {{ $value | humanize }} times in a day and are not shown.',
      'Capacity, stream groups and applications of {{ $labels.target }} ({{ $labels.region }}) are withdrawn by {{ $labels.instance }}, after three intervals without a good reading, so the capacity alerts are blind. Sessions are not affected.'
    ),
    alert(
      'UnknownValue',
      'info',
      '0s',
      |||
        increase(gamelift_streams_unknown_values_total{%(selector)s}[%(unknownWindow)s]) > 0
        or
        (gamelift_streams_unknown_values_total{%(selector)s} > 0 unless gamelift_streams_unknown_values_total{%(selector)s} offset %(unknownWindow)s)
      |||,
      'AWS sent a {{ $labels.field }} that this exporter does not know.',
      'Sessions of {{ $labels.target }} ({{ $labels.region }}) with it are counted as UNKNOWN by {{ $labels.instance }}. Nothing is lost; look for a newer exporter.'
    ),
    alert(
      'LabelsFolded',
      'info',
      '30m',
      'gamelift_streams_label_values_folded{%(selector)s} > 0',
      '{{ $value | humanize }} values of {{ $labels.label }} of {{ $labels.target }} are summed under "other".',
      'The sums of {{ $labels.target }} ({{ $labels.region }}) stay right, but {{ $labels.instance }} no longer shows each {{ $labels.label }} apart. Raise metrics.max_values_per_label if Prometheus can take the series.'
    ),
  ],
}
