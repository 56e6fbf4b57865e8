// What AWS says to the exporter.
function(alert) {
  name: 'gamelift_streams_calls',
  rules: [
    alert(
      'AccessDenied',
      'critical',
      '5m',
      'increase(gamelift_streams_api_requests_total{%(selector)s,code=~"AccessDenied.*|UnrecognizedClient.*|InvalidClientTokenId|SignatureDoesNotMatch|InvalidSignature.*"}[15m]) > 0',
      'AWS refuses {{ $labels.operation }} to the exporter of {{ $labels.target }}.',
      'The identity that {{ $labels.instance }} uses for {{ $labels.target }} ({{ $labels.region }}) is answered {{ $labels.code }}. A policy, a role or a key was changed. Compare with deploy/iam-policy.json.'
    ),
    alert(
      'Throttled',
      'warning',
      '15m',
      'target:gamelift_streams_api_requests_throttled:ratio_rate15m{%(selector)s} > %(throttledRatio)g',
      'AWS throttles {{ $value | humanizePercentage }} of the calls for {{ $labels.target }}.',
      'Something in the account uses up the 20 calls a second in {{ $labels.region }}; your own game backend may be throttled too. The exporter {{ $labels.instance }} has slowed down by itself.'
    ),
    alert(
      'CallErrors',
      'warning',
      '15m',
      'target:gamelift_streams_api_requests_failed:ratio_rate15m{%(selector)s} > %(callErrorRatio)g',
      '{{ $value | humanizePercentage }} of the calls for {{ $labels.target }} fail.',
      'Calls of {{ $labels.instance }} to GameLift Streams in {{ $labels.region }} for {{ $labels.target }} fail for another reason than throttling: AWS, the network, or a proxy. The codes are in api_requests_total.'
    ),
    alert(
      'BudgetNearlySpent',
      'warning',
      '5m',
      |||
        (gamelift_streams_api_budget_remaining_requests{%(selector)s} / gamelift_streams_api_budget_requests{%(selector)s} < %(budgetRatio)g)
        and
        (gamelift_streams_api_budget_remaining_requests{%(selector)s} / gamelift_streams_api_budget_requests{%(selector)s} < 0.5 * (1 - time() %% 86400 / 86400))
      |||,
      'Only {{ $value | humanizePercentage }} of the calls that {{ $labels.target }} may make today are left.',
      'The daily budget of {{ $labels.target }} ({{ $labels.region }}) goes faster than the day, so {{ $labels.instance }} sweeps ever more rarely until midnight UTC. The picture is right but older.'
    ),
    // The daemon renews at a call. Where those are far apart, keys may end between two and nobody minds; so the
    // limit falls with the interval, below nothing.
    alert(
      'CredentialsExpiring',
      'warning',
      '1m',
      |||
        gamelift_streams_credentials_expiry_timestamp_seconds{%(selector)s} - time()
        < on (job, instance, target) group_left ()
        (%(credentialsLeftSeconds)d - gamelift_streams_sweep_live_interval_seconds{%(selector)s})
      |||,
      'The credentials for {{ $labels.target }} have {{ $value | humanizeDuration }} left and are not renewed.',
      'The exporter {{ $labels.instance }} should have renewed its keys for {{ $labels.target }} ({{ $labels.region }}, source {{ $labels.source }}) by now. Once they have expired every sweep fails. Its log says why the source gave no new ones.'
    ),
  ],
}
