#include "streams/list_pages.hpp"

#include <unordered_set>

namespace gls::streams {
namespace {

constexpr const char* items_a_page = "100"; // the most that AWS allows

aws::Operation list_operation(const Filter& filter, const std::string& token,
                              aws::Urgency urgency) {
    aws::Operation operation;
    operation.urgency = urgency;
    if (filter.stream_group.empty()) {
        operation.name = "ListStreamSessionsByAccount";
        operation.path = {"streamsessions"};
    } else {
        operation.name = "ListStreamSessions";
        operation.path = {"streamgroups", filter.stream_group, "streamsessions"};
    }
    if (filter.status) operation.query.emplace_back("Status", text_of(*filter.status));
    if (filter.export_status)
        operation.query.emplace_back("ExportFilesStatus", text_of(*filter.export_status));
    operation.query.emplace_back("MaxResults", items_a_page);
    if (!token.empty()) operation.query.emplace_back("NextToken", token);
    return operation;
}

aws::Operation get_operation(const std::string& stream_group, const std::string& session_id) {
    aws::Operation operation;
    operation.name = "GetStreamSession";
    operation.path = {"streamgroups", stream_group, "streamsessions", session_id};
    operation.urgency = aws::Urgency::look_up;
    return operation;
}

Error malformed(std::string message) {
    Error error;
    error.kind = ErrorKind::malformed;
    error.message = std::move(message);
    return error;
}

// Whether a chain that has just read a page may go on. Tokens are remembered by their hashes, so
// that a cycle of any length is found: 16 bytes or so for each page.
class Guard {
public:
    explicit Guard(PageLimits limits) : limits_{limits} {}

    [[nodiscard]] std::optional<Error> refuse(const Page& page) {
        ++pages_;
        empty_in_a_row_ = page.sessions.empty() ? empty_in_a_row_ + 1 : 0;
        if (page.next_token.empty()) return std::nullopt;
        if (!tokens_.insert(key_of(page.next_token).low).second)
            return malformed("a NextToken came a second time, on page " + std::to_string(pages_));
        if (pages_ >= limits_.pages)
            return malformed("more than " + std::to_string(limits_.pages) + " pages in one list");
        if (empty_in_a_row_ > limits_.empty_in_a_row)
            return malformed(std::to_string(empty_in_a_row_) + " pages in a row without an item");
        return std::nullopt;
    }

private:
    PageLimits limits_;
    std::uint64_t pages_{0};
    std::uint64_t empty_in_a_row_{0};
    std::unordered_set<std::uint64_t> tokens_;
};

bool is_session(const SessionView& session, const std::string& stream_group,
                const std::string& session_id) {
    return session.stream_group == stream_group && session.session_id == session_id;
}

} // namespace

Task<Chain> list_pages(aws::Api& api, PageReader& reader, SessionSink& sink, Filter filter,
                       aws::Urgency urgency, PageLimits limits) {
    Chain chain;
    Guard guard{limits};
    std::string token;
    bool begun_anew = false;
    for (;;) {
        aws::Operation operation = list_operation(filter, token, urgency);
        Result<aws::Answer> answer = co_await api.call(std::move(operation));
        if (!answer) {
            chain.attempts += answer.error().attempts;
            if (answer.error().kind == ErrorKind::expired_token && !begun_anew && !token.empty()) {
                begun_anew = true;
                guard = Guard{limits};
                token.clear();
                sink.chain_restarted();
                continue;
            }
            chain.failure = std::move(answer.error());
            co_return chain;
        }
        chain.attempts += answer->attempts;

        Result<Page> page = reader.read_page(answer->body);
        if (!page) {
            chain.failure = std::move(page.error());
            co_return chain;
        }
        ++chain.pages;
        chain.sessions += page->sessions.size();
        sink.sessions(page->sessions);
        chain.failure = guard.refuse(*page);
        if (!chain.failure && !page->next_token.empty() && !sink.goes_on())
            chain.failure = malformed("the list goes round: page after page brings nothing new");
        if (chain.failure || page->next_token.empty()) co_return chain;
        token = std::move(page->next_token);
    }
}

Task<LookedUp> look_up_session(aws::Api& api, PageReader& reader, SessionSink& sink,
                               std::string stream_group, std::string session_id) {
    LookedUp looked_up;
    aws::Operation operation = get_operation(stream_group, session_id);
    Result<aws::Answer> answer = co_await api.call(std::move(operation));
    if (!answer) {
        looked_up.attempts = answer.error().attempts;
        if (answer.error().kind != ErrorKind::not_found)
            looked_up.failure = std::move(answer.error());
        co_return looked_up;
    }
    looked_up.attempts = answer->attempts;
    Result<SessionView> session = reader.read_session(answer->body);
    if (!session) {
        looked_up.failure = std::move(session.error());
    } else if (!is_session(*session, stream_group, session_id)) {
        looked_up.failure = malformed("GetStreamSession answered about another session");
    } else {
        looked_up.found = true;
        sink.sessions({&*session, 1});
    }
    co_return looked_up;
}

} // namespace gls::streams
