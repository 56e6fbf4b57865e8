#include "served.hpp"

namespace gls::test {
namespace {

TEST_CASE("stopping closes idle connections and the listener, and ends") {
    Served served;
    auto idle = served.client();
    idle.send(get_healthy);
    (void)idle.response();
    auto slow = served.client();
    slow.send("GET / HT");
    served.stop();
    CHECK(served.ends_within(std::chrono::seconds{5}));
    CHECK(idle.rest().empty());
    CHECK(refuses_connections(served.port()));
}

TEST_CASE("POST /-/quit is answered before the end") {
    Options options;
    options.site.lifecycle_enabled = true;
    Served served{options};
    auto client = served.client();
    client.send("POST /-/quit HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(client.response().ends_with("Stopping.\n"));
    CHECK(served.performed == web::Action::quit);
    served.stop();
    CHECK(served.ends_within(std::chrono::seconds{5}));
}

} // namespace
} // namespace gls::test
