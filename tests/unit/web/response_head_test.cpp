#include "web/response_head.hpp"

#include <doctest/doctest.h>

namespace gls::web {
namespace {

TEST_CASE("dates as HTTP writes them") {
    CHECK(http_date(WallTime{}) == "Thu, 01 Jan 1970 00:00:00 GMT");
    CHECK(http_date(WallTime{milliseconds{784'111'777'999}}) == "Sun, 06 Nov 1994 08:49:37 GMT");
    CHECK(http_date(WallTime{seconds{1'709'210'096}}) == "Thu, 29 Feb 2024 12:34:56 GMT");
}

TEST_CASE("a whole head") {
    auto answer = plain_answer(405, "No.\n");
    answer.headers.emplace_back("Allow", "GET, HEAD");
    CHECK(response_head(answer, true, WallTime{}) == "HTTP/1.1 405 Method Not Allowed\r\n"
                                                     "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n"
                                                     "Content-Type: text/plain; charset=utf-8\r\n"
                                                     "Content-Length: 4\r\n"
                                                     "X-Content-Type-Options: nosniff\r\n"
                                                     "Allow: GET, HEAD\r\n"
                                                     "Connection: keep-alive\r\n"
                                                     "\r\n");
    CHECK(response_head(answer, false, WallTime{}).find("Connection: close\r\n") !=
          std::string::npos);
}

} // namespace
} // namespace gls::web
