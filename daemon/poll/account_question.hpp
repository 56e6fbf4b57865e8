// Whose sessions these are, where no ARN has told it because nothing is listed. Asked between two
// sweeps, which must not wait for long: a network without a way to STS is no reason to see less.
#pragma once

#include "base/clock.hpp"
#include "poll/failure_log.hpp"
#include "poll/target_facts.hpp"

#include <optional>
#include <string>

namespace gls::poll {

class AccountQuestion {
public:
    AccountQuestion(TargetFacts& facts, Clock& clock, FailureLog& failures)
        : facts_{facts}, clock_{clock}, failures_{failures} {}

    // None: not told, or asked too short a while ago. One caller at a time gets an answer.
    [[nodiscard]] Task<std::optional<std::string>> ask();

private:
    TargetFacts& facts_;
    Clock& clock_;
    FailureLog& failures_;
    std::optional<SteadyTime> not_before_;
};

} // namespace gls::poll
