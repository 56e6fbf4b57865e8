#include "streams/list_pages.hpp"

namespace gls::streams {
namespace {

constexpr const char* sessions_a_page = "100"; // the most that AWS allows

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
    operation.query.emplace_back("MaxResults", sessions_a_page);
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
    return error_of(ErrorKind::malformed, std::move(message));
}

bool is_session(const SessionView& session, const std::string& stream_group,
                const std::string& session_id) {
    return session.stream_group == stream_group && session.session_id == session_id;
}

} // namespace

Task<Chain> list_pages(aws::Api& api, PageReader& reader, SessionSink& sink, Filter filter,
                       aws::Urgency urgency, PageLimits limits) {
    Chain chain;
    PageGuard guard{limits};
    std::string token;
    bool begun_anew = false;
    for (;;) {
        aws::Operation operation = list_operation(filter, token, urgency);
        Result<aws::Answer> answer = co_await api.call(std::move(operation));
        if (!answer) {
            chain.attempts += answer.error().attempts;
            sink.answered(answer.error().attempts, milliseconds{0});
            if (answer.error().kind == ErrorKind::expired_token && !begun_anew && !token.empty()) {
                begun_anew = true;
                guard = PageGuard{limits};
                token.clear();
                sink.chain_restarted();
                continue;
            }
            chain.failure = std::move(answer.error());
            co_return chain;
        }
        chain.attempts += answer->attempts;
        sink.answered(answer->attempts, answer->took);

        Result<Page> page = reader.read_page(answer->body);
        if (!page) {
            chain.failure = std::move(page.error());
            co_return chain;
        }
        ++chain.pages;
        chain.sessions += page->sessions.size();
        sink.sessions(page->sessions);
        chain.failure = guard.refuse(page->sessions.empty(), page->next_token);
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
