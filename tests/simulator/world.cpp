#include "simulator/world.hpp"

namespace gls::simulator {

World::World(Settings chosen, const TimeSource& source)
    : settings(std::move(chosen)), time(source),
      clock(service_now() + static_cast<Millis>(1000 * settings.fleet_offset_seconds),
            settings.speed, time.steady()),
      fleet(std::make_unique<Fleet>(settings.fleet, clock.now(time.steady()))),
      keys(settings.fleet.seed, settings.credential_ttl_seconds), signatures(keys),
      streams(settings.fleet.seed, settings.token_ttl_seconds),
      sts(keys, settings.external_id, settings.web_identity_token),
      metadata(
          keys,
          {settings.account_id, settings.region, settings.instance_role, settings.container_token},
          settings.fleet.seed),
      limit(settings.rate_limit), faults(settings.fleet.seed) {
    keys.add({settings.access_key_id, settings.secret_access_key, "", settings.account_id,
              "arn:aws:iam::" + settings.account_id + ":user/simulator"});
}

void World::be_born(const FleetSizes& sizes) {
    settings.fleet = sizes;
    fleet = std::make_unique<Fleet>(sizes, clock.now(time.steady()));
    ++births;
    streams.refuse_tokens_so_far(settings.fleet.seed + births);
}

} // namespace gls::simulator
