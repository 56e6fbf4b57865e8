// Serves about 10,000 series on loopback until its input ends: what scrape_bench.sh measures. Calls
// are counted meanwhile at the default pace, so that the daemon's own families change as they do.
// Prints its port, the number of series, and what one scrape allocates, first.
#include "async/asio_clock.hpp"
#include "metrics/scrape.hpp"
#include "web/server.hpp"

#include <boost/asio/co_spawn.hpp>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <iostream>
#include <limits>
#include <new>
#include <thread>

namespace {

std::atomic<std::size_t> allocated{0};

} // namespace

void* operator new(std::size_t size) {
    allocated += size;
    if (void* const memory = std::malloc(size)) return memory;
    throw std::bad_alloc{};
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

namespace gls {
namespace {

// 100 locations and 100 stream groups of ten locations each: 800 + 400 + 8000 + ... lines.
state::Snapshot large_snapshot(WallTime now) {
    state::Snapshot snapshot;
    snapshot.live_as_of = snapshot.full_as_of = now;
    for (unsigned i = 0; i < 100; ++i) {
        state::LocationRow row;
        row.location = "location-" + std::to_string(100 + i);
        for (unsigned s = 0; s < 8; ++s)
            row.sessions[s] = (i * 37 + s * 11) % 1000;
        for (unsigned j = 0; j < 10; ++j) {
            snapshot.stream_groups.push_back({"sg-" + std::to_string(1000 + i) + "abcde",
                                              "location-" + std::to_string(100 + j), row.sessions});
        }
        snapshot.locations.push_back(std::move(row));
    }
    for (unsigned i = 0; i < 70; ++i) {
        snapshot.applications.push_back(
            {"a-" + std::to_string(1000 + i) + "vwxyz", snapshot.locations[i].sessions});
    }
    return snapshot;
}

std::shared_ptr<const poll::Picture> large_picture(WallTime now) {
    auto picture = std::make_shared<poll::Picture>();
    picture->target = {"prod", "us-west-2", {}, "111122223333"};
    picture->status.last_live_success = picture->status.last_full_success = now;
    picture->status.stale_after = picture->status.full_stale_after = std::chrono::hours{24};
    picture->snapshot = std::make_shared<const state::Snapshot>(large_snapshot(now));
    return picture;
}

std::size_t series_in(const std::string& text) {
    const auto lines = std::ranges::count(text, '\n');
    std::size_t comments = 0;
    for (auto at = text.find("\n#"); at != std::string::npos; at = text.find("\n#", at + 1))
        ++comments;
    return static_cast<std::size_t>(lines) - comments - 1;
}

Task<Result<>> refuse(web::Action) {
    co_return fail(ErrorKind::unavailable, "a benchmark");
}

int serve() {
    const auto clock = asio_clock();
    const poll::Board board{{large_picture(clock->now())}};
    metrics::FleetDocument fleet{board, {}};
    metrics::Own own{{"1", "2", "3"}, metrics::proc_self(), clock->now()};
    const auto counters = own.add_target({"prod", "us-west-2", {}, {}}, clock->now());
    metrics::Scrape scrape{fleet, own};
    const auto text =
        scrape.content(metrics::Format::text, metrics::Encoding::identity, clock->now());
    const auto before = allocated.load();
    (void)scrape.content(metrics::Format::text, metrics::Encoding::identity, clock->now());
    const auto bytes = allocated.load() - before;

    web::Routes routes{{}, board, scrape, own};
    boost::asio::io_context context{1};
    const auto log = standard_error_log(LogLevel::error, LogFormat::logfmt);
    const auto files = disk_files();
    const auto random = system_random();
    web::Guard guard{std::nullopt, *files, *clock, *random, *log, [](std::optional<WallTime>) {}};
    const auto server =
        web::open_server(context, {{{"127.0.0.1", 0}}}, {}, routes, guard, refuse, *clock, *log);
    if (!server) return 1;
    boost::asio::co_spawn(context, (*server)->run(), [](const std::exception_ptr&) {});
    std::cout << web::parse_listen_address((*server)->addresses().front())->port << ' '
              << series_in(text.joined()) << ' ' << bytes << std::endl;
    std::thread serving{[&context] { context.run(); }};
    const std::jthread calling{[&counters](const std::stop_token& stop) {
        for (; !stop.stop_requested(); std::this_thread::sleep_for(milliseconds{200}))
            counters->attempted("ListStreamSessionsByAccount", "200", 0.1);
    }};
    std::cin.ignore(std::numeric_limits<std::streamsize>::max());
    context.stop();
    serving.join();
    std::_Exit(0); // the coroutines of open connections are not worth an orderly end here
}

} // namespace
} // namespace gls

int main() {
    return gls::serve();
}
