#include "settings/scalar.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace gls::settings {
namespace {

// Takes digits off the front; how many there were.
std::size_t skip_digits(std::string_view& text) {
    const auto end = std::ranges::find_if_not(text, is_digit);
    const auto count = static_cast<std::size_t>(end - text.begin());
    text.remove_prefix(count);
    return count;
}

bool skip(std::string_view& text, std::string_view any_of) {
    if (text.empty() || !any_of.contains(text.front())) return false;
    text.remove_prefix(1);
    return true;
}

// digits [. digits] [e digits]; `.5` and `5.` are numbers to YAML but not to JSON.
bool is_decimal(std::string_view text) {
    const auto whole = skip_digits(text);
    const auto fraction = skip(text, ".") ? skip_digits(text) : 0;
    if (whole + fraction == 0) return false;
    if (skip(text, "eE")) {
        skip(text, "+-");
        if (skip_digits(text) == 0) return false;
    }
    return text.empty();
}

bool all_in(std::string_view text, std::string_view digits) {
    return !text.empty() && text.find_first_not_of(digits) == std::string_view::npos;
}

} // namespace

std::optional<bool> parse_boolean(std::string_view text) {
    if (text == "true") return true;
    if (text == "false") return false;
    return std::nullopt;
}

std::optional<double> parse_number(std::string_view text) {
    std::string_view rest = text;
    skip(rest, "-");
    const bool leading_zero = rest.size() > 1 && rest[0] == '0' && is_digit(rest[1]);
    const bool bare_point =
        rest.starts_with('.') || rest.ends_with('.') || rest.contains(".e") || rest.contains(".E");
    if (!is_decimal(rest) || leading_zero || bare_point) return std::nullopt;
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
        return std::nullopt;
    }
    return value;
}

bool is_not_text(std::string_view text) {
    constexpr std::array<std::string_view, 6> booleans{"true",  "True",  "TRUE",
                                                       "false", "False", "FALSE"};
    if (std::ranges::find(booleans, text) != booleans.end()) return true;
    if (text.starts_with("0x")) return all_in(text.substr(2), "0123456789abcdefABCDEF");
    if (text.starts_with("0o")) return all_in(text.substr(2), "01234567");
    skip(text, "+-");
    constexpr std::array<std::string_view, 6> not_finite{".inf", ".Inf", ".INF",
                                                         ".nan", ".NaN", ".NAN"};
    return is_decimal(text) || std::ranges::find(not_finite, text) != not_finite.end();
}

} // namespace gls::settings
