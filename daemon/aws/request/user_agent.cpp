#include "aws/request/user_agent.hpp"

#include "base/ascii.hpp"

namespace gls::aws {

namespace {

// RFC 9110's token characters; AWS replaces the others by a hyphen.
std::string token(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool plain = is_letter_or_digit(c) || std::string_view{"!$%&'*+-.^_`|~"}.contains(c);
        out += plain ? c : '-';
    }
    return out;
}

} // namespace

std::string user_agent(std::string_view version, std::string_view service_id, RetryMode mode) {
    return "gamelift_streams_exporter/" + token(version) + " ua/2.1 os/linux lang/c++ api/" +
           token(service_id) + " cfg/retry-mode#" +
           (mode == RetryMode::adaptive ? "adaptive" : "standard");
}

} // namespace gls::aws
