#include "streams/arn.hpp"

#include <algorithm>

namespace gls::streams {
namespace {

std::string_view take_until(std::string_view& rest, char separator) noexcept {
    std::size_t end = 0; // parts are short: a loop beats a search made for long texts
    while (end < rest.size() && rest[end] != separator)
        ++end;
    const std::string_view part = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return part;
}

bool is_account_id(std::string_view text) noexcept {
    if (text.size() != 12) return false;
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

Arn split_arn(std::string_view arn) noexcept {
    std::string_view rest = arn;
    if (take_until(rest, ':') != "arn") return {};
    take_until(rest, ':'); // partition
    take_until(rest, ':'); // service
    Arn parts;
    parts.region = take_until(rest, ':');
    const std::string_view account = take_until(rest, ':');
    if (is_account_id(account)) parts.account_id = account;
    parts.type = take_until(rest, '/');
    parts.id = rest;
    return parts;
}

Arn ArnSplitter::split(std::string_view arn) {
    if (head_.empty() || !arn.starts_with(head_)) {
        const Arn parts = split_arn(arn);
        if (parts.id.empty()) return parts; // no slash, or nothing to tell apart behind it
        head_ = arn.substr(0, arn.size() - parts.id.size());
        parts_ = split_arn(head_);
    }
    const auto same_part = [&](std::string_view part) {
        return part.empty()
                   ? part
                   : arn.substr(static_cast<std::size_t>(part.data() - head_.data()), part.size());
    };
    return {same_part(parts_.region), same_part(parts_.account_id), same_part(parts_.type),
            arn.substr(head_.size())};
}

} // namespace gls::streams
