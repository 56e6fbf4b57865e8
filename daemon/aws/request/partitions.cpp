#include "aws/request/partitions.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <array>

namespace gls::aws {

namespace {

constexpr std::array<std::string_view, 9> aws_regions{"us", "eu", "ap", "sa", "ca",
                                                      "me", "af", "il", "mx"};
constexpr std::array<std::string_view, 1> china_regions{"cn"};
constexpr std::array<std::string_view, 1> sovereign_regions{"eusc-de"};
constexpr std::array<std::string_view, 1> iso_regions{"us-iso"};
constexpr std::array<std::string_view, 1> isob_regions{"us-isob"};
constexpr std::array<std::string_view, 1> isoe_regions{"eu-isoe"};
constexpr std::array<std::string_view, 1> isof_regions{"us-isof"};
constexpr std::array<std::string_view, 1> gov_regions{"us-gov"};

// name, regions, pseudo region, DNS suffix, dual-stack suffix, implicit global region, FIPS, dual
// stack
constexpr std::array<Partition, 8> partition_table{{
    {"aws", aws_regions, "aws-global", "amazonaws.com", "api.aws", "us-east-1", true, true},
    {"aws-cn", china_regions, "aws-cn-global", "amazonaws.com.cn", "api.amazonwebservices.com.cn",
     "cn-northwest-1", true, true},
    {"aws-eusc", sovereign_regions, "", "amazonaws.eu", "api.amazonwebservices.eu",
     "eusc-de-east-1", true, true},
    {"aws-iso", iso_regions, "aws-iso-global", "c2s.ic.gov", "api.aws.ic.gov", "us-iso-east-1",
     true, true},
    {"aws-iso-b", isob_regions, "aws-iso-b-global", "sc2s.sgov.gov", "api.aws.scloud",
     "us-isob-east-1", true, true},
    {"aws-iso-e", isoe_regions, "aws-iso-e-global", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk",
     "eu-isoe-west-1", true, true},
    {"aws-iso-f", isof_regions, "aws-iso-f-global", "csp.hci.ic.gov", "api.aws.hci.ic.gov",
     "us-isof-south-1", true, true},
    {"aws-us-gov", gov_regions, "aws-us-gov-global", "amazonaws.com", "api.aws", "us-gov-west-1",
     true, true},
}};

constexpr bool is_word(char c) noexcept {
    return is_letter_or_digit(c) || c == '_';
}

// PREFIX-word-digits, as the partitions' regular expressions have it.
constexpr bool matches(std::string_view region, std::string_view prefix) noexcept {
    if (!region.starts_with(prefix)) return false;
    region.remove_prefix(prefix.size());
    if (!region.starts_with('-')) return false;
    region.remove_prefix(1);
    const std::size_t dash = region.find('-');
    if (dash == std::string_view::npos) return false;
    const std::string_view word = region.substr(0, dash);
    const std::string_view number = region.substr(dash + 1);
    return !word.empty() && std::ranges::all_of(word, is_word) && !number.empty() &&
           std::ranges::all_of(number, is_digit);
}
static_assert(matches("us-east-1", "us") && matches("us-gov-west-1", "us-gov"));
static_assert(!matches("us-gov-west-1", "us") && !matches("us-east-", "us") &&
              !matches("us--1", "us"));

} // namespace

std::span<const Partition> partitions() noexcept {
    return partition_table;
}

const Partition& partition_of(std::string_view region) noexcept {
    for (const Partition& partition : partition_table) {
        if (!region.empty() && region == partition.global_region) return partition;
        for (const std::string_view prefix : partition.region_prefixes) {
            if (matches(region, prefix)) return partition;
        }
    }
    return partition_table.front();
}

} // namespace gls::aws
