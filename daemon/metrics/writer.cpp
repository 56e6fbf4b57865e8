#include "metrics/writer.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace gls::metrics {
namespace {

// In label values and OpenMetrics HELP: backslash, line feed and quote are escaped.
void append_escaped(std::string& out, std::string_view text) {
    while (!text.empty()) {
        const auto at = text.find_first_of("\\\n\"");
        out.append(text.substr(0, at));
        if (at == std::string_view::npos) return;
        out += '\\';
        out += text[at] == '\n' ? 'n' : text[at];
        text.remove_prefix(at + 1);
    }
}

// Text 0.0.4 leaves quotes in HELP alone.
void append_help(std::string& out, std::string_view text, Format format) {
    if (format == Format::open_metrics) return append_escaped(out, text);
    for (const char c : text) {
        if (c == '\\' || c == '\n') out += '\\';
        out += c == '\n' ? 'n' : c;
    }
}

void append_number(std::string& out, double value) {
    if (std::isnan(value)) return void(out += "NaN");
    if (std::isinf(value)) return void(out += value < 0 ? "-Inf" : "+Inf");
    std::array<char, 32> digits{};
    char* const end = digits.data() + digits.size();
    // Whole numbers are written in full, as people expect counts: the shortest form of 1000000 is
    // 1e+06.
    constexpr double exact = 9007199254740992.0; // 2^53
    const bool whole = value == std::trunc(value) && std::abs(value) < exact;
    const auto written = whole ? std::to_chars(digits.data(), end, static_cast<std::int64_t>(value))
                               : std::to_chars(digits.data(), end, value);
    out.append(digits.data(), written.ptr);
}

// Bounds always have a fraction or an exponent, which OpenMetrics asks for; the text format has the
// same, so that a series keeps its identity whichever of them is scraped.
void append_bound(std::string& out, double bound) {
    const auto before = out.size();
    append_number(out, bound);
    if (std::isfinite(bound) && out.find_first_of(".e", before) == std::string::npos) out += ".0";
}

} // namespace

std::string label_text(std::span<const Label> labels) {
    std::string out;
    for (const auto& [name, value] : labels) {
        if (!out.empty()) out += ',';
        out.append(name).append("=\"");
        append_escaped(out, value);
        out += '"';
    }
    return out;
}

void Writer::family(const Family& family) {
    if (family_ == &family) return;
    family_ = &family;
    announced_ = false;
    stem_ = family.name;
    if (family.type == Type::counter) stem_.remove_suffix(std::string_view{"_total"}.size());
}

void Writer::announce() {
    if (announced_) return;
    announced_ = true;
    const auto name = format_ == Format::open_metrics ? stem_ : family_->name;
    out_.append("# HELP ").append(name).append(" ");
    append_help(out_, family_->help, format_);
    out_.append("\n# TYPE ").append(name).append(" ").append(text_of(family_->type)).append("\n");
}

void Writer::line(std::string_view suffix, std::string_view shared, Labels labels, double value,
                  std::string_view bound) {
    out_.append(stem_).append(suffix);
    if (!shared.empty() || labels.size() != 0 || !bound.empty()) {
        char separator = '{';
        if (!shared.empty()) {
            out_.append(1, separator).append(shared);
            separator = ',';
        }
        for (const auto& [name, text] : labels) {
            out_.append(1, separator).append(name).append("=\"");
            append_escaped(out_, text);
            out_ += '"';
            separator = ',';
        }
        if (!bound.empty()) out_.append(1, separator).append("le=\"").append(bound).append("\"");
        out_ += '}';
    }
    out_ += ' ';
    append_number(out_, value);
    out_ += '\n';
}

void Writer::created_line(std::string_view shared, Labels labels, std::optional<WallTime> created) {
    if (created && format_ == Format::open_metrics) {
        line("_created", shared, labels, unix_seconds(*created));
    }
}

void Writer::sample(std::string_view shared, Labels labels, double value,
                    std::optional<WallTime> created) {
    announce();
    const bool counts = family_->type == Type::counter;
    line(counts ? "_total" : "", shared, labels, value);
    if (counts) created_line(shared, labels, created);
}

void Writer::histogram(std::string_view shared, Labels labels, std::span<const Bucket> buckets,
                       double sum, std::optional<WallTime> created) {
    announce();
    std::string bound;
    for (const auto& bucket : buckets) {
        bound.clear();
        append_bound(bound, bucket.upper_bound);
        line("_bucket", shared, labels, static_cast<double>(bucket.cumulative), bound);
    }
    line("_sum", shared, labels, sum);
    line("_count", shared, labels, static_cast<double>(buckets.back().cumulative));
    created_line(shared, labels, created);
}

void Writer::end() {
    if (format_ == Format::open_metrics) out_ += "# EOF\n";
}

} // namespace gls::metrics
