// Names, addresses, and peers that do not answer.
#include "aws/transport/connector.hpp"
#include "wire/client.hpp"
#include "wire/peer.hpp"

#include <boost/asio/co_spawn.hpp>
#include <doctest/doctest.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace asio = boost::asio;
using asio::ip::tcp;
using gls::ErrorKind;
using gls::milliseconds;
using namespace gls::test;

namespace {

void answer_all(PeerConnection& connection) {
    while (!connection.request().empty())
        connection.write(ok("x"));
}

// An address on which connecting hangs: a listener that never accepts, its queue filled.
class FullListener {
public:
    explicit FullListener(std::uint16_t port) {
        sockaddr_in6 name{};
        name.sin6_family = AF_INET6;
        name.sin6_addr = in6addr_loopback;
        name.sin6_port = htons(port);
        listener_ = ::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const int one = 1;
        ::setsockopt(listener_, IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof one);
        ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
        auto* const address = reinterpret_cast<sockaddr*>(&name);
        REQUIRE(::bind(listener_, address, sizeof name) == 0);
        REQUIRE(::listen(listener_, 0) == 0);
        socklen_t length = sizeof name;
        REQUIRE(::getsockname(listener_, address, &length) == 0);
        port_ = ntohs(name.sin6_port);
        for (int i = 0; i < 4; ++i) {
            fillers_.push_back(::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
            (void)::connect(fillers_.back(), address, sizeof name);
        }
    }
    ~FullListener() {
        for (const int fd : fillers_)
            ::close(fd);
        ::close(listener_);
    }
    FullListener(const FullListener&) = delete;
    FullListener& operator=(const FullListener&) = delete;
    [[nodiscard]] std::uint16_t port() const { return port_; }

private:
    int listener_{-1};
    std::uint16_t port_{0};
    std::vector<int> fillers_;
};

// Connects to addresses that no name of this machine has.
struct Connecting {
    gls::aws::Connector::Opened open(gls::aws::Addresses addresses, milliseconds limit) {
        gls::aws::Connector::Opened opened;
        auto deadline = clock->steady_now() + limit;
        auto task = connector.first_that_answers(std::move(addresses), "peer:1", deadline);
        asio::co_spawn(context, std::move(task),
                       [&](std::exception_ptr, gls::aws::Connector::Opened result) {
                           opened = std::move(result);
                           context.stop();
                       });
        context.restart();
        context.run_for(std::chrono::seconds{30});
        return opened;
    }
    asio::io_context context;
    std::unique_ptr<gls::Clock> clock = gls::asio_clock();
    gls::Watchdog watchdog{context.get_executor(), *clock};
    std::unique_ptr<gls::aws::TlsClient> tls = *gls::aws::TlsClient::create("");
    gls::aws::Connector connector{context.get_executor(), *clock, watchdog, *tls};
};

gls::aws::HttpRequest get_from(std::string host, std::uint16_t port) {
    auto request = http_get(port);
    request.endpoint.host = std::move(host);
    return request;
}

} // namespace

TEST_CASE("names and addresses of both families are reached") {
    Client client;
    const Peer v4{answer_all, "127.0.0.1"};
    CHECK(client.send(get_from("localhost", v4.port())).has_value());
    const Peer v6{answer_all, "::1"};
    CHECK(client.send(get_from("::1", v6.port())).has_value());
}

TEST_CASE("an address that refuses or does not answer leaves the next one its turn") {
    const FullListener hanging{0};
    const Peer peer{answer_all, "127.0.0.1", hanging.port()};
    const tcp::endpoint v4{asio::ip::make_address("127.0.0.1"), peer.port()};
    const tcp::endpoint v6{asio::ip::make_address("::1"), peer.port()};             // hangs
    const tcp::endpoint other_v4{asio::ip::make_address("127.0.0.2"), peer.port()}; // refuses
    Connecting connecting;
    const auto opened = [&](gls::aws::Addresses addresses) {
        return connecting.open(std::move(addresses), milliseconds{10'000});
    };
    CHECK(opened({v6, v4}).has_value());
    CHECK(opened({other_v4, v4}).has_value());
    CHECK(opened({v6, other_v4, v6, v4}).has_value());
    const auto refused = opened({v6, other_v4});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().kind == ErrorKind::connection);
    CHECK(refused.error().message.find("(127.0.0.2): Connection refused") != std::string::npos);
    const auto hung = connecting.open({v6, v6}, milliseconds{300});
    REQUIRE_FALSE(hung.has_value());
    CHECK(hung.error().kind == ErrorKind::timeout);
}

TEST_CASE("addresses are tried with the families in turn, the system's first choice first") {
    const auto at = [](const char* text) { return tcp::endpoint{asio::ip::make_address(text), 1}; };
    CHECK(gls::aws::families_in_turn(
              {at("::1"), at("::2"), at("::3"), at("10.0.0.1"), at("10.0.0.2")}) ==
          gls::aws::Addresses{at("::1"), at("10.0.0.1"), at("::2"), at("10.0.0.2"), at("::3")});
    CHECK(gls::aws::families_in_turn({at("10.0.0.1"), at("::1"), at("10.0.0.2")}) ==
          gls::aws::Addresses{at("10.0.0.1"), at("::1"), at("10.0.0.2")});
    CHECK(gls::aws::families_in_turn({}).empty());
}

TEST_CASE("a refused connection names the address and the reason") {
    std::uint16_t unused = 0;
    {
        const Peer gone{answer_all};
        unused = gone.port();
    }
    Client client;
    const Answer answer = client.send(http_get(unused));
    REQUIRE_FALSE(answer.has_value());
    CHECK(answer.error().kind == ErrorKind::connection);
    CHECK(answer.error().message == "cannot connect to 127.0.0.1:" + std::to_string(unused) +
                                        " (127.0.0.1): Connection refused");
}

TEST_CASE("a connection that is never made costs the connect deadline") {
    const FullListener hanging{0};
    Client client;
    gls::aws::Deadlines deadlines;
    deadlines.connect = milliseconds{150};
    const Answer answer = client.send(get_from("::1", hanging.port()), deadlines);
    REQUIRE_FALSE(answer.has_value());
    CHECK(answer.error().kind == ErrorKind::timeout);
    CHECK(answer.error().message.find("no connection to [::1]:" + std::to_string(hanging.port()) +
                                      " within 150ms") != std::string::npos);
}

TEST_CASE("a name that does not exist is an error with the name in it") {
    Client client;
    gls::aws::Deadlines deadlines;
    deadlines.connect = milliseconds{5000};
    const Answer answer = client.send(get_from("no-such-host.invalid", 80), deadlines);
    REQUIRE_FALSE(answer.has_value());
    // Without name servers the system may take longer than the deadline to find that out.
    const bool expected =
        answer.error().kind == ErrorKind::connection || answer.error().kind == ErrorKind::timeout;
    CHECK(expected);
    CHECK(answer.error().message.find("no-such-host.invalid") != std::string::npos);
}
