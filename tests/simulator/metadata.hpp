// Where credentials come from on a machine: the instance metadata service, version 2 only, and the
// container credentials endpoint of ECS and EKS Pod Identity. Pure.
#pragma once

#include "simulator/credentials.hpp"
#include "simulator/http.hpp"
#include "simulator/operation.hpp"

#include <map>
#include <string>

namespace gls::simulator {

struct MetadataSettings {
    std::string account_id;
    std::string region;
    std::string instance_role;   // empty: none
    std::string container_token; // demanded in Authorization
};

class Metadata {
public:
    Metadata(KeyBook& keys, MetadataSettings settings, std::uint64_t seed)
        : keys_(keys), settings_(std::move(settings)), chance_(seed ^ 0x1ad5U) {}

    [[nodiscard]] Reply answer(const Request& request, const Destination& destination, Millis now);

private:
    [[nodiscard]] Reply new_token(const Request& request, Millis now);
    [[nodiscard]] Reply instance(const Destination& destination, Millis now);
    [[nodiscard]] Reply container(const Request& request, Millis now);
    const Key& current(std::string& kept, const std::string& role, Millis now);

    KeyBook& keys_;
    MetadataSettings settings_;
    Chance chance_;
    std::map<std::string, Millis> tokens_; // until
    std::string instance_key_;             // ids of the keys handed out last
    std::string container_key_;
};

} // namespace gls::simulator
