// Faults on demand: rules that say which calls go wrong, and how. Keys and kinds: README.md. Pure.
#pragma once

#include "simulator/chance.hpp"
#include "simulator/failure.hpp"
#include "simulator/operation.hpp"

#include <optional>
#include <string>
#include <vector>

namespace gls::simulator {

enum class FaultKind : std::uint8_t {
    throttle,
    status,
    reset,
    hang,
    slow,
    truncate,
    garbage,
    clock_skew,
    expired_credentials,
    deny,
    wrong_items,
    empty_page_with_token,
    short_page,
    repeat_token,
    endless,
    expire_token,
    duplicate,
    unknown_status,
    missing_fields,
    future_timestamps,
    iso_timestamps,
    exponent_timestamps,
};
inline constexpr std::array<std::string_view, 22> fault_kinds{"throttle",
                                                              "status",
                                                              "reset",
                                                              "hang",
                                                              "slow",
                                                              "truncate",
                                                              "garbage",
                                                              "clock_skew",
                                                              "expired_credentials",
                                                              "deny",
                                                              "wrong_items",
                                                              "empty_page_with_token",
                                                              "short_page",
                                                              "repeat_token",
                                                              "endless",
                                                              "expire_token",
                                                              "duplicate",
                                                              "unknown_status",
                                                              "missing_fields",
                                                              "future_timestamps",
                                                              "iso_timestamps",
                                                              "exponent_timestamps"};

struct Fault {
    FaultKind kind{FaultKind::throttle};
    std::string operation{"*"};
    double probability{1};
    std::optional<std::uint64_t> count{};
    std::uint64_t after{0};
    std::optional<double> duration_seconds{};
    int status{0}; // 0: the kind's own
    NameForm form{NameForm::header};
    std::optional<std::uint64_t> retry_after_ms{};
    std::optional<double> seconds{};
    std::size_t bytes_per_second{0};
    std::string variant{};
    std::string text{"HIBERNATING"};
    std::string body{"json"};
    std::uint64_t fired{0};
    std::uint64_t passed{0};
    Millis until{never}; // by steady time
};

class FaultBook {
public:
    explicit FaultBook(std::uint64_t seed) : chance_(seed ^ 0xfa17U) {}

    void add(Fault fault, Millis steady);
    void clear() { faults_.clear(); }
    [[nodiscard]] const std::vector<Fault>& faults() const { return faults_; }
    // The fault of this call, if one comes up. `with_token`: the call carries a NextToken.
    [[nodiscard]] std::optional<Fault> draw(Operation operation, bool with_token, Millis steady);

private:
    std::vector<Fault> faults_;
    Chance chance_;
};

// Faults that need no look at the fleet, as a failure; nothing for the others.
[[nodiscard]] std::optional<Failure> failure_of(const Fault& fault, std::string_view caller_arn,
                                                Operation operation);
// Does what the kind says to an answer that is otherwise right: delivery, body, Retry-After.
void spoil(Reply& reply, const Fault& fault);

} // namespace gls::simulator
