// One chain: the pages of one filter, from no token to no token, each handed on as soon as it is
// read; and the look-up of one session. I/O through aws::Api alone.
#pragma once

#include "aws/call.hpp"
#include "base/task.hpp"
#include "streams/page_guard.hpp"
#include "streams/page_json.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace gls::streams {

struct Filter {
    std::string stream_group{}; // "": the whole account (ListStreamSessionsByAccount)
    std::optional<Status> status{};
    std::optional<ExportStatus> export_status{};
};

// Called synchronously, in the order read. Views are valid inside the call only.
class SessionSink {
public:
    virtual ~SessionSink() = default;
    // One page (it may be empty), or one session looked up.
    virtual void sessions(std::span<const SessionView> read) = 0;
    // After each call of a chain, a failed one too: its attempts, and how long the last was under
    // way.
    virtual void answered(unsigned /*attempts*/, milliseconds /*took*/) {}
    // An expired token: the chain begins anew. What was handed over stays true, it was read in
    // time.
    virtual void chain_restarted() {}
    // Asked after each page that has a successor. False: the list brings nothing new any more, and
    // the chain ends as malformed.
    [[nodiscard]] virtual bool goes_on() const { return true; }
};

// What a chain did, to its end or until it failed.
struct Chain {
    std::uint64_t pages{0};
    std::uint64_t sessions{0}; // items, those met twice included
    std::uint64_t attempts{0}; // requests, retries and those of the call that failed included
    std::optional<Error> failure{};
};

// Failures: those of Api::call, and malformed for a page that cannot be read, a token that comes
// again, a chain past its limits. A token expired is begun anew once. `api`, `reader` and `sink`
// outlive the task.
[[nodiscard]] Task<Chain> list_pages(aws::Api& api, PageReader& reader, SessionSink& sink,
                                     Filter filter, aws::Urgency urgency,
                                     PageLimits limits = PageLimits());

struct LookedUp {
    bool found{false}; // false without failure: AWS does not know the session any more
    std::uint64_t attempts{0};
    std::optional<Error> failure{};
};

// GetStreamSession; what is found goes to the sink. An answer about another session is malformed.
[[nodiscard]] Task<LookedUp> look_up_session(aws::Api& api, PageReader& reader, SessionSink& sink,
                                             std::string stream_group, std::string session_id);

} // namespace gls::streams
