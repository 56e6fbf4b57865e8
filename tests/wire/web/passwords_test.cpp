// Many passwords at once: a check costs tens of milliseconds on purpose, and nobody may buy a queue
// of them.
#include "secured.hpp"

#include <vector>

namespace gls::test {
namespace {

TEST_CASE("a flood of wrong passwords is turned away, and holds up nobody who is known") {
    const TempFolder folder;
    const auto config =
        folder.file("web.yml", "basic_auth_users:\n  user: " + bcrypt("secret", "11") + "\n");
    const Served served{secured(config)};
    const auto right = with_user("dXNlcjpzZWNyZXQ=");
    CHECK(status_line(served.exchange(right)) == "HTTP/1.1 200 OK"); // remembered from now on

    constexpr std::size_t most_waiting = 32;
    std::vector<std::unique_ptr<Client>> flood;
    for (int i = 0; i < 80; ++i) {
        flood.push_back(std::make_unique<Client>(served.port()));
        flood.back()->send(with_user("dXNlcjp3cm9uZw=="));
    }
    // The last of them waits behind all the checks; these two do not.
    CHECK(status_line(served.exchange(right)) == "HTTP/1.1 200 OK");
    auto probe = served.client(1);
    probe.send(get_healthy_once);
    CHECK(status_line(probe.rest()) == "HTTP/1.1 200 OK");

    std::size_t refused = 0;
    std::size_t turned_away = 0;
    for (auto& client : flood) {
        const auto answer = client->rest();
        if (status_line(answer) == "HTTP/1.1 401 Unauthorized") ++refused;
        if (status_line(answer) != "HTTP/1.1 503 Service Unavailable") continue;
        ++turned_away;
        CHECK(has(answer, "\r\n\r\nToo many passwords are being checked; try again.\n"));
    }
    CHECK(refused + turned_away == flood.size());
    CHECK(refused >= most_waiting); // those that waited were checked
    CHECK(turned_away >= 1);
    // Afterwards there is room again.
    CHECK(status_line(served.exchange(with_user("dXNlcjp3cm9uZw=="))) ==
          "HTTP/1.1 401 Unauthorized");
}

TEST_CASE("a daemon that ends while passwords wait does not check them first") {
    const TempFolder folder;
    const auto config =
        folder.file("web.yml", "basic_auth_users:\n  user: " + bcrypt("secret", "11") + "\n");
    Served served{secured(config)};
    std::vector<std::unique_ptr<Client>> waiting;
    for (int i = 0; i < 20; ++i) {
        waiting.push_back(std::make_unique<Client>(served.port()));
        waiting.back()->send(with_user("dXNlcjp3cm9uZw=="));
    }
    served.stop(true);
    CHECK(served.ends_within(std::chrono::seconds{60}));
}

} // namespace
} // namespace gls::test
