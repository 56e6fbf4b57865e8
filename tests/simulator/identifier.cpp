#include "simulator/identifier.hpp"

#include <algorithm>

namespace gls::simulator {

namespace {

constexpr std::size_t longest = 128;

bool is_plain_id(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
               (letter >= '0' && letter <= '9') || letter == '-';
    });
}

} // namespace

std::expected<std::string, Failure> id_of(std::string_view text, std::string_view kind,
                                          const Caller& caller) {
    if (text.size() > longest)
        return std::unexpected(validation("The identifier is longer than 128 characters."));
    if (is_plain_id(text)) return std::string{text};
    constexpr std::string_view service = "arn:aws:gameliftstreams:";
    if (!text.starts_with(service))
        return std::unexpected(validation("The identifier is neither an id nor an ARN."));
    std::string own{service};
    own.append(caller.region).append(":").append(caller.account_id).append(":").append(kind);
    if (!text.starts_with(own)) return std::unexpected(not_found("Resource", text));
    return std::string{text.substr(own.size())};
}

} // namespace gls::simulator
