// Any bytes as a page and as one session: read or refused, never more. What is read stays within
// its bounds, and reading the same bytes again gives the same.
#include "streams/page_json.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void check(const gls::streams::SessionView& session) {
    require(!session.arn.empty() && session.arn.size() <= 1024);
    require(session.key == gls::streams::key_of(session.arn));
    for (const std::string_view label :
         {session.stream_group, session.application, session.location, session.account_id})
        require(!label.empty() && label.size() <= 128);
    require(session.status_reason.size() <= 128 && session.status_text.size() <= 128);
    for (const auto& time : {session.created_at, session.last_updated_at})
        require(!time ||
                (gls::unix_seconds(*time) >= 0 && gls::unix_seconds(*time) <= 32503680000.0));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static gls::streams::PageReader reader; // its buffers are used again, as in the daemon
    std::string text{reinterpret_cast<const char*>(data), size};
    std::size_t sessions = 0;
    const auto page = reader.read_page(text);
    if (page) {
        for (const gls::streams::SessionView& session : page->sessions)
            check(session);
        sessions = page->sessions.size();
        require(page->next_token.size() <= (16U << 10U));
    }
    const auto again = reader.read_page(text);
    require(again.has_value() == page.has_value());
    if (again) require(again->sessions.size() == sessions && again->next_token == page->next_token);
    if (const auto session = reader.read_session(text)) check(*session);
    return 0;
}
