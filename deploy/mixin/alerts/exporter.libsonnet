// The daemon itself: is it there, and did it take what it was given.
function(alert) {
  name: 'gamelift_streams_exporter',
  rules: [
    alert(
      'ExporterDown',
      'critical',
      '5m',
      'up{%(selector)s} == 0',
      'The GameLift Streams exporter on {{ $labels.instance }} cannot be scraped.',
      'Prometheus has had no answer from {{ $labels.instance }} for 5 minutes. The streams themselves may be fine: nobody is watching them. Every other alert of this exporter is blind until it answers.'
    ),
    alert(
      'ExporterAbsent',
      'critical',
      '10m',
      'absent(up{%(selector)s})',
      'Prometheus scrapes no GameLift Streams exporter at all.',
      'There has been no target of this job for 10 minutes: it was removed from the scrape configuration, or service discovery finds nothing. No alert about sessions or capacity can fire.'
    ),
    alert(
      'ReloadFailed',
      'warning',
      '10m',
      'gamelift_streams_exporter_config_last_reload_successful{%(selector)s} == 0',
      'The exporter on {{ $labels.instance }} refused its new settings.',
      'The last reload on {{ $labels.instance }} failed and the old settings are still in force. A restart would not come up with this file. Its log names every mistake with line and column.'
    ),
    alert(
      'StateNotWritable',
      'warning',
      '10m',
      'gamelift_streams_state_writable{%(selector)s} == 0',
      'The exporter on {{ $labels.instance }} cannot write its state file.',
      'Sessions are still counted, but starts, ends and durations of {{ $labels.instance }} are no longer kept: a restart now would lose them. Usually the disk is full or read-only.'
    ),
    alert(
      'CertificateExpiring',
      'warning',
      '1h',
      'gamelift_streams_exporter_certificate_expiry_timestamp_seconds{%(selector)s} - time() < %(certificateLeftSeconds)d',
      'The serving certificate of {{ $labels.instance }} expires in {{ $value | humanizeDuration }}.',
      'Past its expiry Prometheus refuses to scrape {{ $labels.instance }} and all its alerts go blind. Renew the file and reload the exporter.'
    ),
  ],
}
