// What one full sweep of everything listed costs this process: CPU, wall, peak memory and calls,
// over TLS on loopback and without a pace. sweep_bench.sh starts the simulator and runs it.
//     sweep_bench fetch|table URL     fetch: pages read and decoded, nothing kept; table: into the
//     table
// AWS_CA_BUNDLE names the certificate; keys come from the usual variables.
#include "async/asio_clock.hpp"
#include "aws/call/signed_api.hpp"
#include "aws/credentials/fixed.hpp"
#include "aws/credentials/from_environment.hpp"
#include "aws/request/user_agent.hpp"
#include "aws/transport/tls_transport.hpp"
#include "base/env.hpp"
#include "base/log.hpp"
#include "base/random.hpp"
#include "poll/sweep.hpp"
#include "state/snapshot.hpp"
#include "streams/list_pages.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <string_view>
#include <sys/resource.h>

namespace {

using namespace gls;

struct Counted final : streams::SessionSink {
    void sessions(std::span<const streams::SessionView> read) override { count += read.size(); }
    std::uint64_t count{0};
};

struct NoObserver final : poll::SweepObserver {
    void sweep_begun(poll::SweepKind) override {}
    void sweep_ended(const poll::SweepReport&) override {}
    void sweep_delayed() override {}
    void sessions_removed(std::uint64_t) override {}
    void unknown_value(std::string_view) override {}
};

struct Figures {
    std::uint64_t sessions{0};
    std::uint64_t pages{0};
    std::uint64_t calls{0};
    std::string failure;
};

struct Bench {
    explicit Bench(const std::string& url) {
        const auto env = process_env();
        aws::TransportOptions options;
        options.ca_bundle = env->get("AWS_CA_BUNDLE").value_or("");
        transport = std::move(aws::tls_transport(context.get_executor(), *clock, options).value());
        aws::CallSettings settings;
        aws::EndpointQuestion question;
        question.region = "us-west-2";
        question.endpoint_url = url;
        settings.endpoint = aws::gamelift_streams_endpoint(question).value();
        settings.user_agent = aws::user_agent("bench", "GameLiftStreams", aws::RetryMode::adaptive);
        aws::Credentials keys;
        keys.access_key_id = env->get("AWS_ACCESS_KEY_ID").value_or("");
        keys.secret_access_key = Secret{env->get("AWS_SECRET_ACCESS_KEY").value_or("")};
        credentials = std::make_unique<aws::FixedCredentials>(keys);
        api = aws::signed_api(settings,
                              aws::CallParts{*transport, *clock, *random, *log, credentials.get()});
    }

    Task<> fetch(Figures& result) {
        Counted counted;
        const streams::Filter everything;
        auto chain =
            co_await streams::list_pages(*api, reader, counted, everything, aws::Urgency::full);
        result = {counted.count, chain.pages, chain.attempts,
                  chain.failure ? chain.failure->message : ""};
    }

    Task<> fill(Figures& result) {
        NoObserver nobody;
        poll::ReadingNotes notes{nobody, *log};
        poll::Plan plan;
        plan.kind = poll::SweepKind::full;
        poll::SweepProgress progress;
        const poll::SweepParts parts{*api, *clock, table, reader, notes};
        const poll::Resolve nobody_is_unmet = [](const poll::Unmet&) { return poll::Resolution{}; };
        auto outcome = co_await poll::sweep(parts, plan, nobody_is_unmet, progress);
        result = {table.counts().tracked, progress.pages, progress.calls,
                  outcome.failure ? outcome.failure->message : ""};
        snapshot = state::snapshot_of(table);
    }

    Figures run(bool into_table) {
        Figures result;
        auto task = into_table ? fill(result) : fetch(result);
        boost::asio::co_spawn(context, std::move(task), [this](const std::exception_ptr& escaped) {
            if (escaped) std::rethrow_exception(escaped);
            context.stop(); // idle connections would be kept
        });
        context.run();
        return result;
    }

    boost::asio::io_context context{1};
    std::unique_ptr<Clock> clock{asio_clock()};
    std::unique_ptr<Random> random{system_random()};
    std::unique_ptr<Log> log{standard_error_log(LogLevel::warn, LogFormat::logfmt)};
    std::unique_ptr<aws::Transport> transport;
    std::unique_ptr<aws::CredentialsProvider> credentials;
    std::unique_ptr<aws::Api> api;
    streams::PageReader reader;
    // Born now, as the daemon's is: what has ended before is baseline and makes no events.
    state::SessionTable table{state::TableOptions{.born_at = clock->now()}};
    state::Snapshot snapshot;
};

double seconds_of(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

} // namespace

int main(int argc, char** argv) {
    const std::string_view mode = argc == 3 ? argv[1] : "";
    if (mode != "fetch" && mode != "table") {
        std::fprintf(stderr, "usage: sweep_bench fetch|table URL\n");
        return 1;
    }
    Bench bench{argv[2]};
    const auto begun = bench.clock->steady_now();
    const Figures result = bench.run(mode == "table");
    const std::chrono::duration<double> wall = bench.clock->steady_now() - begun;
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    std::printf("%-5s  %9lu sessions  %6lu pages  %6lu calls  %5.2f CPU s (%.2f user, %.2f system) "
                " %6.2f s wall  "
                "%6.1f MiB peak  %s\n",
                argv[1], result.sessions, result.pages, result.calls,
                seconds_of(used.ru_utime) + seconds_of(used.ru_stime), seconds_of(used.ru_utime),
                seconds_of(used.ru_stime), wall.count(), static_cast<double>(used.ru_maxrss) / 1024,
                result.failure.c_str());
    return result.failure.empty() ? 0 : 1;
}
