#include "web/accept.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace gls::web {
namespace {

using metrics::Encoding;
using metrics::Format;

bool same(std::string_view a, std::string_view b) {
    return lower_case(a) == lower_case(b);
}

// Takes what stands before the next separator that is not inside quotes.
std::string_view next_part(std::string_view& rest, char separator) {
    bool quoted = false;
    std::size_t at = 0;
    for (; at < rest.size() && (quoted || rest[at] != separator); ++at) {
        if (rest[at] == '"') quoted = !quoted;
        if (quoted && rest[at] == '\\') ++at;
    }
    at = std::min(at, rest.size());
    const auto part = trimmed(rest.substr(0, at));
    rest.remove_prefix(std::min(at + 1, rest.size()));
    return part;
}

std::string_view unquoted(std::string_view text) {
    const bool quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
    return quoted ? text.substr(1, text.size() - 2) : text;
}

// One element of either field: `gzip;q=0.5`, `text/plain;version=0.0.4;q=0.3`.
struct Element {
    std::string_view name;
    std::optional<std::string_view> version;
    double weight{1};
};

// A weight that is not a number from 0 to 1 asks for nothing.
double weight_of(std::string_view text) {
    double weight{};
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), weight, std::chars_format::fixed);
    const bool good =
        error == std::errc{} && end == text.data() + text.size() && weight >= 0 && weight <= 1;
    return good ? weight : 0;
}

Element element_of(std::string_view text) {
    Element element{next_part(text, ';'), {}, 1};
    while (!text.empty()) {
        auto value = next_part(text, ';');
        const auto key = next_part(value, '=');
        value = unquoted(trimmed(value));
        if (same(key, "q")) element.weight = weight_of(value);
        if (same(key, "version")) element.version = value;
    }
    return element;
}

struct Offer {
    std::string_view type;
    std::string_view any_subtype;
    std::string_view version;
};
constexpr Offer open_metrics{"application/openmetrics-text", "application/*", "1.0.0"};
constexpr Offer plain_text{"text/plain", "text/*", "0.0.4"};

// How closely a range names the offer: 0 = not at all.
int closeness(const Element& range, const Offer& offer) {
    if (same(range.name, "*/*")) return 1;
    if (same(range.name, offer.any_subtype)) return 2;
    if (!same(range.name, offer.type)) return 0;
    if (!range.version) return 3;
    return *range.version == offer.version ? 4 : 0;
}

struct Match {
    int closeness{0};
    double weight{0};
    std::size_t position{0};

    void consider(int close, double range_weight, std::size_t at) {
        if (close > closeness) *this = {close, range_weight, at};
    }
};

} // namespace

Format format_for(std::string_view accept) {
    Match for_open_metrics, for_text;
    for (std::size_t at = 0; !accept.empty(); ++at) {
        const auto range = element_of(next_part(accept, ','));
        for_open_metrics.consider(closeness(range, open_metrics), range.weight, at);
        for_text.consider(closeness(range, plain_text), range.weight, at);
    }
    if (for_open_metrics.weight != for_text.weight) {
        return for_open_metrics.weight > for_text.weight ? Format::open_metrics : Format::text;
    }
    const bool named_first =
        for_open_metrics.weight > 0 && for_open_metrics.position < for_text.position;
    return named_first ? Format::open_metrics : Format::text;
}

Encoding encoding_for(std::string_view accept_encoding) {
    Match for_gzip, for_identity;
    for (std::size_t at = 0; !accept_encoding.empty(); ++at) {
        const auto coding = element_of(next_part(accept_encoding, ','));
        const bool gzip = same(coding.name, "gzip") || same(coding.name, "x-gzip");
        const bool any = coding.name == "*";
        for_gzip.consider(gzip ? 2 : any ? 1 : 0, coding.weight, at);
        for_identity.consider(same(coding.name, "identity") ? 2 : 0, coding.weight, at);
    }
    const bool wanted = for_gzip.weight > 0 && for_gzip.weight >= for_identity.weight;
    return wanted ? Encoding::gzip : Encoding::identity;
}

std::string_view content_type_of(Format format) noexcept {
    return format == Format::open_metrics
               ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
               : "text/plain; version=0.0.4; charset=utf-8";
}

} // namespace gls::web
