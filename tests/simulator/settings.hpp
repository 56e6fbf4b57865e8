// What the flags say; README.md explains each.
#pragma once

#include "simulator/inventory.hpp"

#include <cstdint>
#include <string>

namespace gls::simulator {

struct Settings {
    std::string listen_address{"127.0.0.1:0"};
    std::string tls_certificate;
    std::string tls_key;
    bool gzip{false};
    FleetSizes fleet;
    double speed{1};
    double fleet_offset_seconds{0};
    double clock_offset_seconds{0};
    double rate_limit{20};
    double token_ttl_seconds{3600};
    std::string access_key_id{"AKIDSIMULATOR"};
    std::string secret_access_key{"SECRET-MARKER-simulator-key"};
    std::string account_id{"111122223333"};
    std::string region{"us-west-2"};
    double credential_ttl_seconds{0};
    std::string external_id;
    std::string web_identity_token{"SECRET-MARKER-web-identity-token"};
    std::string container_token{"SECRET-MARKER-container-token"};
    std::string instance_role{"simulator-instance-role"};
};

// Why a fleet of these sizes cannot be; empty when it can.
[[nodiscard]] std::string fault_of(const FleetSizes& sizes);

} // namespace gls::simulator
