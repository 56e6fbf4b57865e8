#include "poll/failure_log.hpp"

#include "aws/retry/retry_decision.hpp"

#include <algorithm>

namespace gls::poll {

std::string_view advice_on(ErrorKind kind) noexcept {
    switch (kind) {
    case ErrorKind::denied:
        return "allow gameliftstreams:ListStreamSessionsByAccount and "
               "gameliftstreams:GetStreamSession to "
               "this identity";
    case ErrorKind::not_configured:
    case ErrorKind::credentials:
    case ErrorKind::expired_credentials:
        return "give the daemon credentials: environment, profile, or a role of the machine";
    case ErrorKind::connection:
    case ErrorKind::timeout:
        return "check the region, the route to the endpoint, and any proxy";
    case ErrorKind::tls:
        return "check the endpoint's certificate, and AWS_CA_BUNDLE where it is signed privately";
    case ErrorKind::budget:
        return "raise api.requests_per_day, or lengthen the sweep intervals";
    case ErrorKind::throttled:
        return "lower api.requests_per_second, or ask AWS for a higher quota";
    case ErrorKind::clock_skew:
        return "set the machine's clock";
    default:
        return "";
    }
}

namespace {

std::string_view advice_for(std::string_view what, const Error& error) noexcept {
    const auto kind = error.kind;
    if (aws::are_wrong_keys(error))
        return "give the daemon keys that AWS takes; new ones are read as soon as they are there";
    if (what == "inventory" && kind == ErrorKind::denied)
        return "allow gameliftstreams:ListStreamGroups, gameliftstreams:GetStreamGroup and "
               "gameliftstreams:ListApplications to this identity, or set inventory.interval to 0";
    if (what == "account")
        return "nothing is listed whose ARN would tell it: open a way to STS, or give the target a "
               "role_arn; until then families of sessions and stream groups are absent";
    return advice_on(kind);
}

struct Events {
    std::string_view failed;
    std::string_view recovered;
};

Events events_of(std::string_view what) noexcept {
    if (what == "look_ups") return {"look_ups_failed", "sweep_recovered"};
    if (what == "inventory") return {"inventory_failed", "inventory_recovered"};
    if (what == "account") return {"account_not_known", "account_known"};
    return {"sweep_failed", "sweep_recovered"};
}

} // namespace

void FailureLog::failed(std::string_view what, const Error& error) {
    // The words of a message may change from try to try; the cause has not.
    const std::string cause = std::string{reason_of(error.kind)} + " " + error.code;
    const bool news =
        std::ranges::none_of(causes_, [&](const auto& known) { return known.second == cause; });
    causes_.insert_or_assign(std::string{what}, cause);
    const auto event = events_of(what).failed;
    const Log::Fields fields{{"target", target_},
                             {"kind", what},
                             {"reason", reason_of(error.kind)},
                             {"error", error.message},
                             {"code", error.code},
                             {"request_id", error.request_id},
                             {"advice", advice_for(what, error)}};
    if (news) {
        log_.warn(event, fields);
    } else {
        log_.debug(event, fields);
    }
}

void FailureLog::went_well(std::string_view what) {
    const auto known = causes_.find(what);
    if (known == causes_.end()) return;
    causes_.erase(known);
    log_.info(events_of(what).recovered, {{"target", target_}, {"kind", what}});
}

} // namespace gls::poll
