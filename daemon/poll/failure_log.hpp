// Says what is wrong once, with what to do about it, and once more when it is over; the same cause
// sweep after sweep goes to the debug log. Counters and `up` carry on meanwhile.
#pragma once

#include "base/error.hpp"
#include "base/log.hpp"
#include "state/sweep_kind.hpp"

#include <map>
#include <string>
#include <string_view>

namespace gls::poll {

// One short sentence on what the operator can do; "" where waiting is all there is to do.
[[nodiscard]] std::string_view advice_on(ErrorKind kind) noexcept;

class FailureLog {
public:
    FailureLog(Log& log, std::string target) : log_{log}, target_{std::move(target)} {}
    // `what`: "live", "full", "look_ups", "inventory" or "account".
    void failed(std::string_view what, const Error& error);
    void went_well(std::string_view what);

private:
    Log& log_;
    std::string target_;
    std::map<std::string, std::string, std::less<>> causes_; // of what is failing now
};

} // namespace gls::poll
