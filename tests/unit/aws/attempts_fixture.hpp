// The loop of attempts with everything around it faked.
#pragma once

#include "aws/call/attempts.hpp"
#include "call_fixture.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gls::aws::test {

using gls::test::ScriptedTransport;

struct AttemptsFixture : CallFixture {
    Result<Exchange> run() {
        if (!attempts) attempts.emplace(settings, parts());
        Attempt attempt;
        attempt.operation = "ListStreamSessionsByAccount";
        attempt.urgency = Urgency::live;
        attempt.request.target = "/streamsessions?MaxResults=100";
        return gls::test::run_coroutine(context, clock, attempts->run(std::move(attempt)));
    }
    [[nodiscard]] std::string_view sent_header(std::size_t request, std::string_view name) const {
        return ScriptedTransport::header_of(transport.requests().at(request), name);
    }
    std::optional<Attempts> attempts;
};

inline std::string http_date_2026() {
    return "Thu, 01 Jan 2026 00:00:00 GMT";
}

} // namespace gls::aws::test
