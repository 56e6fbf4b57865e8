#include "aws/text/base64.hpp"
#include "aws/transport/request_bytes.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using gls::aws::base64;
using gls::aws::HttpRequest;
using gls::aws::Proxy;
using gls::aws::request_bytes;

TEST_CASE("base64 pads as RFC 4648 has it") {
    CHECK(base64("") == "");
    CHECK(base64("f") == "Zg==");
    CHECK(base64("fo") == "Zm8=");
    CHECK(base64("foo") == "Zm9v");
    CHECK(base64("foobar") == "Zm9vYmFy");
    CHECK(base64(std::string_view{"\0\xFF\xFE", 3}) == "AP/+");
}

TEST_CASE("a GET has a Host and asks for gzip, and keeps what it brings") {
    HttpRequest request;
    request.endpoint.host = "example.com";
    request.target = "/streamsessions?MaxResults=100";
    request.headers = {{"Authorization", "AWS4-HMAC-SHA256 ..."}};
    CHECK(*request_bytes(request) ==
          "GET /streamsessions?MaxResults=100 HTTP/1.1\r\nHost: example.com\r\n"
          "Authorization: AWS4-HMAC-SHA256 ...\r\nAccept-Encoding: gzip\r\n\r\n");
    request.headers = {{"host", "other"}, {"accept-encoding", "identity"}};
    CHECK(*request_bytes(request) ==
          "GET /streamsessions?MaxResults=100 HTTP/1.1\r\nhost: other\r\n"
          "accept-encoding: identity\r\n\r\n");
}

TEST_CASE("a body has its length, and so has an empty one where the method wants it") {
    HttpRequest request;
    request.endpoint = {"https", "::1", 8443, ""};
    request.method = "PUT";
    CHECK(request_bytes(request)->ends_with("Content-Length: 0\r\n\r\n"));
    CHECK(request_bytes(request)->find("Host: [::1]:8443\r\n") != std::string::npos);
    request.body = "Action=X";
    CHECK(request_bytes(request)->ends_with("Content-Length: 8\r\n\r\nAction=X"));
    request.headers = {{"content-length", "8"}};
    CHECK(request_bytes(request)->find("Content-Length") == std::string::npos);
}

TEST_CASE("a proxy is given the whole address, and its password, of plain HTTP only") {
    HttpRequest request;
    request.endpoint = {"http", "plain.test", 80, ""};
    Proxy proxy;
    proxy.authorization = gls::Secret{"Basic x"};
    CHECK(request_bytes(request, &proxy)->starts_with("GET http://plain.test/ HTTP/1.1\r\n"));
    CHECK(request_bytes(request, &proxy)->find("Proxy-Authorization: Basic x\r\n") !=
          std::string::npos);
    request.endpoint = {"https", "fd00::1", 443, ""};
    CHECK(gls::aws::connect_bytes(request.endpoint, proxy) ==
          "CONNECT [fd00::1]:443 HTTP/1.1\r\nHost: [fd00::1]:443\r\n"
          "Proxy-Authorization: Basic x\r\n\r\n");
}

TEST_CASE("nothing that splits a message gets into one") {
    HttpRequest request;
    request.endpoint.host = "example.com";
    for (const std::string_view target :
         {"", "no-slash", "/a b", "/a\r\nX: y", "/a\tb", "/\x7F", "/\xC3\xA4"}) {
        CAPTURE(target);
        request.target = target;
        CHECK_FALSE(request_bytes(request).has_value());
    }
    request.target = "/";
    for (const std::string_view value : {"a\r\nX: y", "a\nb", "a\rb"}) {
        request.headers = {{"X-Test", std::string{value}}};
        CHECK_FALSE(request_bytes(request).has_value());
    }
    for (const std::string_view name : {"", "X Y", "X:", "X\r\n"}) {
        request.headers = {{std::string{name}, "value"}};
        CHECK_FALSE(request_bytes(request).has_value());
    }
    request.headers = {};
    request.method = "GET /x HTTP/1.1\r\nA: b";
    CHECK_FALSE(request_bytes(request).has_value());
}
