#include "aws/transport/proxy.hpp"
#include "support/fake_env.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using gls::aws::Endpoint;
using gls::aws::parse_no_proxy;
using gls::aws::parse_proxy;
using gls::aws::proxy_for;
using gls::aws::proxy_settings;
using gls::aws::ProxySettings;
using gls::test::FakeEnv;

namespace {

bool goes_direct(std::string_view no_proxy, std::string host, std::uint16_t port = 443) {
    ProxySettings settings;
    settings.for_https = *parse_proxy("HTTPS_PROXY", "http://proxy.test:3128");
    settings.exceptions = parse_no_proxy(no_proxy);
    Endpoint endpoint;
    endpoint.host = std::move(host);
    endpoint.port = port;
    return proxy_for(settings, endpoint) == nullptr;
}

} // namespace

TEST_CASE("a proxy is host and port, with http:// or without") {
    struct Case {
        std::string_view value;
        std::string_view host;
        int port;
        std::string_view authorization;
    };
    const Case cases[] = {
        {"http://proxy.test:3128", "proxy.test", 3128, ""},
        {"HTTP://Proxy.Test:3128/", "proxy.test", 3128, ""},
        {"proxy.test:3128", "proxy.test", 3128, ""},
        {"  proxy.test  ", "proxy.test", 80, ""},
        {"http://10.0.0.1", "10.0.0.1", 80, ""},
        {"http://[fd00::1]:8080", "fd00::1", 8080, ""},
        {"[fd00::1]", "fd00::1", 80, ""},
        {"http://user:pass@proxy.test:1", "proxy.test", 1, "Basic dXNlcjpwYXNz"},
        {"http://user@proxy.test", "proxy.test", 80, "Basic dXNlcjo="},
        {"http://us%65r:p%40s%3As@proxy.test", "proxy.test", 80, "Basic dXNlcjpwQHM6cw=="},
        {"http://user:p@ss@proxy.test", "proxy.test", 80, "Basic dXNlcjpwQHNz"},
    };
    for (const Case& c : cases) {
        CAPTURE(c.value);
        const auto proxy = parse_proxy("HTTPS_PROXY", c.value);
        REQUIRE(proxy.has_value());
        CHECK(proxy->host == c.host);
        CHECK(proxy->port == c.port);
        CHECK(proxy->authorization.reveal() == c.authorization);
    }
}

TEST_CASE("anything else is refused without showing it") {
    for (const std::string_view value :
         {"https://secret:word@proxy.test", "socks5://proxy.test", "http://", "http://secret:word@",
          "http://proxy.test:0", "http://proxy.test:65536", "http://proxy.test:word",
          "http://proxy.test:", "http://[::1", "http://[::1]x", "http://a b",
          "http://proxy.test/path", "http://secret%zz:word@proxy.test", "http://secret%4",
          "http://secret%4@proxy.test", "http://[not-an-address]"}) {
        CAPTURE(value);
        const auto proxy = parse_proxy("HTTPS_PROXY", value);
        REQUIRE_FALSE(proxy.has_value());
        CHECK(proxy.error().kind == gls::ErrorKind::invalid_input);
        CHECK(proxy.error().message.starts_with("HTTPS_PROXY: "));
        CHECK(proxy.error().message.find("secret") == std::string::npos);
        CHECK(proxy.error().message.find("word") == std::string::npos);
    }
}

TEST_CASE("each scheme has its own variable, lower case first, and empty means none") {
    const auto host = [](const FakeEnv& env, std::string scheme) -> std::string {
        const auto settings = proxy_settings(env);
        REQUIRE(settings.has_value());
        Endpoint endpoint;
        endpoint.scheme = std::move(scheme);
        endpoint.host = "far.test";
        const auto* const proxy = proxy_for(*settings, endpoint);
        return proxy == nullptr ? "direct" : proxy->host;
    };
    CHECK(host(FakeEnv{}, "https") == "direct");
    const FakeEnv both{{{"HTTPS_PROXY", "s.test"}, {"HTTP_PROXY", "p.test"}}};
    CHECK(host(both, "https") == "s.test");
    CHECK(host(both, "http") == "p.test");
    const FakeEnv lower{{{"HTTPS_PROXY", "upper.test"}, {"https_proxy", "lower.test"}}};
    CHECK(host(lower, "https") == "lower.test");
    CHECK(host(lower, "http") == "direct");
    CHECK(host(FakeEnv{{{"HTTPS_PROXY", "upper.test"}, {"https_proxy", ""}}}, "https") == "direct");
    CHECK(host(FakeEnv{{{"HTTPS_PROXY", " "}}}, "https") == "direct");
    CHECK(host(FakeEnv{{{"HTTPS_PROXY", "s.test"}, {"no_proxy", "far.test"}}}, "https") ==
          "direct");
    CHECK(host(FakeEnv{{{"HTTPS_PROXY", "s.test"}, {"NO_PROXY", "far.test"}}}, "https") ==
          "direct");
    CHECK_FALSE(proxy_settings(FakeEnv{{{"HTTP_PROXY", "ftp://x"}}}).has_value());
}

TEST_CASE("NO_PROXY: names match themselves and their subdomains, suffixes the subdomains") {
    CHECK(goes_direct("amazonaws.com", "amazonaws.com"));
    CHECK(goes_direct("amazonaws.com", "sts.us-west-2.amazonaws.com"));
    CHECK(goes_direct("AMAZONAWS.com.", "STS.AmazonAWS.com."));
    CHECK_FALSE(goes_direct("amazonaws.com", "notamazonaws.com"));
    CHECK_FALSE(goes_direct("sts.amazonaws.com", "amazonaws.com"));
    for (const std::string suffix : {".amazonaws.com", "*.amazonaws.com"}) {
        CHECK(goes_direct(suffix, "sts.amazonaws.com"));
        CHECK_FALSE(goes_direct(suffix, "amazonaws.com"));
    }
    CHECK(goes_direct("*", "anything.test"));
    CHECK(goes_direct(" a.test ,\tb.test , c.test", "b.test"));
    CHECK(goes_direct("a.test b.test", "b.test"));
    CHECK_FALSE(goes_direct("", "b.test"));
    CHECK_FALSE(goes_direct(",,  ,", "b.test"));
}

TEST_CASE("NO_PROXY: ports count where they are given") {
    CHECK(goes_direct("a.test:443", "a.test"));
    CHECK_FALSE(goes_direct("a.test:8443", "a.test"));
    CHECK(goes_direct("10.0.0.1:8080", "10.0.0.1", 8080));
    CHECK_FALSE(goes_direct("10.0.0.1:8080", "10.0.0.1", 443));
    CHECK(goes_direct("[fd00::1]:8080", "fd00::1", 8080));
    CHECK_FALSE(goes_direct("a.test:port", "a.test")); // not a rule, so no exception
}

TEST_CASE("NO_PROXY: addresses and networks of both families") {
    CHECK(goes_direct("10.0.0.1", "10.0.0.1"));
    CHECK_FALSE(goes_direct("10.0.0.1", "10.0.0.2"));
    CHECK(goes_direct("10.0.0.0/8", "10.255.1.2"));
    CHECK_FALSE(goes_direct("10.0.0.0/8", "11.0.0.1"));
    CHECK(goes_direct("10.1.2.0/23", "10.1.3.4"));
    CHECK_FALSE(goes_direct("10.1.2.0/23", "10.1.4.0"));
    CHECK(goes_direct("0.0.0.0/0", "203.0.113.9"));
    CHECK_FALSE(goes_direct("0.0.0.0/0", "2001:db8::1"));
    CHECK(goes_direct("fd00::/8", "fdab::1"));
    CHECK_FALSE(goes_direct("fd00::/8", "fe80::1"));
    CHECK(goes_direct("2001:db8::1", "2001:DB8:0::1"));
    CHECK_FALSE(goes_direct("10.0.0.0/8", "ten.test"));
    CHECK_FALSE(goes_direct("10.0.0.0/33,10.0.0.0/x,10/8,/8", "10.0.0.1"));
    CHECK_FALSE(goes_direct("0.0.1", "10.0.0.1")); // an address has no subdomains
}

TEST_CASE("loopback never goes through a proxy") {
    for (const std::string host : {"localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "::1"}) {
        CAPTURE(host);
        CHECK(goes_direct("", host));
    }
    CHECK_FALSE(goes_direct("", "localhost.test"));
    CHECK_FALSE(goes_direct("", "128.0.0.1"));
}
