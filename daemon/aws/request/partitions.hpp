// AWS's partitions: which DNS suffixes a region's endpoints end in. Source: the endpoint rules'
// public partitions document, version 1.1. Pure.
#pragma once

#include <span>
#include <string_view>

namespace gls::aws {

struct Partition {
    std::string_view name;
    std::span<const std::string_view> region_prefixes; // regions read PREFIX-word-digits
    std::string_view global_region;                    // pseudo region, "" where there is none
    std::string_view dns_suffix;
    std::string_view dual_stack_dns_suffix;
    std::string_view implicit_global_region;
    bool supports_fips;
    bool supports_dual_stack;
};

[[nodiscard]] std::span<const Partition> partitions() noexcept;
// By the region's name; regions that match none count as the first partition, `aws`, as the rules
// say.
[[nodiscard]] const Partition& partition_of(std::string_view region) noexcept;

} // namespace gls::aws
