#include "streams/list_pages.hpp"
#include "support/run_coroutine.hpp"
#include "support/scripted_api.hpp"
#include "support/sessions.hpp"

#include <boost/asio/io_context.hpp>
#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace gls;
using namespace gls::streams;
using gls::test::page_json;
using gls::test::ScriptedApi;
using gls::test::TestSession;

namespace {

class Collected final : public SessionSink {
public:
    void sessions(std::span<const SessionView> read) override {
        for (const SessionView& session : read)
            ids.emplace_back(session.session_id);
        ++calls;
    }
    void chain_restarted() override { ++restarts; }

    std::vector<std::string> ids;
    int calls{0};
    int restarts{0};
};

struct ListPagesFixture {
    ScriptedApi api;
    PageReader reader;
    Collected sink;
    boost::asio::io_context context;

    Chain list(const Filter& filter = {}, PageLimits limits = {}) {
        return test::run_coroutine(
            context, list_pages(api, reader, sink, filter, aws::Urgency::live, limits));
    }
    LookedUp look_up(const char* group, const char* session) {
        return test::run_coroutine(context, look_up_session(api, reader, sink, group, session));
    }
};

TestSession session(const char* id) {
    TestSession session;
    session.session_id = id;
    return session;
}

constexpr const char* by_account = "ListStreamSessionsByAccount";

} // namespace

TEST_CASE_FIXTURE(ListPagesFixture, "a chain runs from no token to no token") {
    api.expect(by_account)
        .path({"streamsessions"})
        .query("MaxResults", "100")
        .no_query("NextToken")
        .no_query("Status")
        .no_query("ExportFilesStatus")
        .urgency(aws::Urgency::live)
        .answer(page_json({session("A"), session("B")}, "t/1+="));
    api.expect(by_account)
        .query("NextToken", "t/1+=")
        .query("MaxResults", "100")
        .answer(page_json({session("C")}), 3);
    const Chain chain = list();
    CHECK_FALSE(chain.failure.has_value());
    CHECK(sink.ids == std::vector<std::string>{"A", "B", "C"});
    CHECK(chain.pages == 2);
    CHECK(chain.sessions == 3);
    CHECK(chain.attempts == 4);
}

TEST_CASE_FIXTURE(ListPagesFixture, "filters go into the query, a stream group into the path") {
    Filter filter;
    filter.stream_group = "sg-1";
    filter.status = Status::pending_client_reconnection;
    filter.export_status = ExportStatus::pending;
    api.expect("ListStreamSessions")
        .path({"streamgroups", "sg-1", "streamsessions"})
        .query("Status", "PENDING_CLIENT_RECONNECTION")
        .query("ExportFilesStatus", "PENDING")
        .answer(page_json({}));
    CHECK(list(filter).pages == 1);
}

TEST_CASE_FIXTURE(ListPagesFixture, "a call that fails ends the chain with its error") {
    api.expect(by_account).answer(page_json({session("A")}, "t"), 2);
    api.expect(by_account).fail(ErrorKind::throttled, 5);
    const Chain chain = list();
    REQUIRE(chain.failure.has_value());
    CHECK(chain.failure->kind == ErrorKind::throttled);
    CHECK(chain.attempts == 7);
    CHECK(chain.pages == 1);
}

TEST_CASE_FIXTURE(ListPagesFixture, "a page that cannot be read hands nothing on") {
    api.expect(by_account).answer(R"({"Items":[{"Arn":"a"},5]})");
    const Chain chain = list();
    REQUIRE(chain.failure.has_value());
    CHECK(chain.failure->kind == ErrorKind::malformed);
    CHECK(chain.attempts == 1);
    CHECK(chain.pages == 0);
    CHECK(sink.calls == 0);
}

TEST_CASE_FIXTURE(ListPagesFixture,
                  "a repeated token ends the chain, at once or after a longer round") {
    int round = 1;
    SUBCASE("at once") {
        round = 1;
    }
    SUBCASE("after seven pages") {
        round = 7;
    }
    for (int i = 0; i < round; ++i)
        api.expect(by_account).answer(page_json({session("A")}, "t" + std::to_string(i)));
    api.expect(by_account).answer(page_json({session("B")}, "t0"));
    const Chain chain = list();
    REQUIRE(chain.failure.has_value());
    CHECK(chain.failure->kind == ErrorKind::malformed);
    CHECK(chain.pages == static_cast<std::uint64_t>(round) + 1);
}

TEST_CASE_FIXTURE(ListPagesFixture,
                  "a chain past the page limit fails, one that ends on it does not") {
    PageLimits limits;
    limits.pages = 2;
    SUBCASE("past it") {
        api.expect(by_account).answer(page_json({session("A")}, "1"));
        api.expect(by_account).answer(page_json({session("B")}, "2"));
        const Chain chain = list({}, limits);
        REQUIRE(chain.failure.has_value());
        CHECK(chain.failure->kind == ErrorKind::malformed);
    }
    SUBCASE("on it") {
        api.expect(by_account).answer(page_json({session("A")}, "1"));
        api.expect(by_account).answer(page_json({session("B")}));
        CHECK_FALSE(list({}, limits).failure.has_value());
    }
}

TEST_CASE_FIXTURE(ListPagesFixture, "empty pages with a token are followed, but not without end") {
    PageLimits limits;
    limits.empty_in_a_row = 2;
    SUBCASE("few") {
        api.expect(by_account).answer(page_json({}, "1"));
        api.expect(by_account).answer(page_json({}, "2"));
        api.expect(by_account).answer(page_json({session("A")}, "3"));
        api.expect(by_account).answer(page_json({}, "4"));
        api.expect(by_account).answer(page_json({}));
        CHECK_FALSE(list({}, limits).failure.has_value());
        CHECK(sink.ids.size() == 1);
    }
    SUBCASE("many") {
        for (const char* token : {"1", "2", "3"})
            api.expect(by_account).answer(page_json({}, token));
        const Chain chain = list({}, limits);
        REQUIRE(chain.failure.has_value());
        CHECK(chain.failure->kind == ErrorKind::malformed);
        CHECK(chain.pages == 3);
    }
}

TEST_CASE_FIXTURE(ListPagesFixture, "an expired token begins the chain anew, once") {
    api.expect(by_account).answer(page_json({session("A")}, "old"));
    api.expect(by_account).query("NextToken", "old").fail(ErrorKind::expired_token);
    api.expect(by_account).no_query("NextToken").answer(page_json({session("A")}, "old"));
    SUBCASE("and ends it well") {
        api.expect(by_account).answer(page_json({session("B")}));
        const Chain chain = list();
        CHECK_FALSE(chain.failure.has_value());
        CHECK(sink.restarts == 1);
        CHECK(chain.pages == 3);
        CHECK(chain.attempts == 4);
    }
    SUBCASE("and gives up the second time") {
        api.expect(by_account).fail(ErrorKind::expired_token);
        const Chain chain = list();
        REQUIRE(chain.failure.has_value());
        CHECK(chain.failure->kind == ErrorKind::expired_token);
    }
}

TEST_CASE_FIXTURE(ListPagesFixture, "a first call without a token cannot have an expired one") {
    api.expect(by_account).fail(ErrorKind::expired_token);
    CHECK(list().failure.has_value());
    CHECK(sink.restarts == 0);
}

TEST_CASE_FIXTURE(ListPagesFixture, "one session is looked up by group and id") {
    api.expect("GetStreamSession")
        .path({"streamgroups", "sg-1AB2C3De4", "streamsessions", "A"})
        .urgency(aws::Urgency::look_up)
        .answer(test::item_json(session("A")), 2);
    const LookedUp looked_up = look_up("sg-1AB2C3De4", "A");
    CHECK(looked_up.found);
    CHECK(looked_up.attempts == 2);
    CHECK(sink.ids == std::vector<std::string>{"A"});
}

TEST_CASE_FIXTURE(ListPagesFixture,
                  "a session that AWS does not know is an answer, not a failure") {
    api.expect("GetStreamSession").fail(ErrorKind::not_found, 1);
    const LookedUp looked_up = look_up("sg-1AB2C3De4", "A");
    CHECK_FALSE(looked_up.found);
    CHECK_FALSE(looked_up.failure.has_value());
    CHECK(looked_up.attempts == 1);
    CHECK(sink.calls == 0);
}

TEST_CASE_FIXTURE(ListPagesFixture,
                  "look-ups that fail say so; an answer about another session is malformed") {
    SUBCASE("denied") {
        api.expect("GetStreamSession").fail(ErrorKind::denied);
        CHECK(look_up("sg-1AB2C3De4", "A").failure->kind == ErrorKind::denied);
    }
    SUBCASE("another session") {
        api.expect("GetStreamSession").answer(test::item_json(session("B")));
        CHECK(look_up("sg-1AB2C3De4", "A").failure->kind == ErrorKind::malformed);
    }
    SUBCASE("not JSON") {
        api.expect("GetStreamSession").answer("<html>");
        CHECK(look_up("sg-1AB2C3De4", "A").failure->kind == ErrorKind::malformed);
    }
    CHECK(sink.calls == 0);
}
