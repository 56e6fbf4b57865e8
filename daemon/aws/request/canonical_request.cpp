#include "aws/request/canonical_request.hpp"

#include "aws/text/percent.hpp"
#include "base/ascii.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace gls::aws {

namespace {

// "a/./b//../c/" -> "/a/c/": RFC 3986 5.2.4, with empty segments removed as well.
std::string without_dots(std::string_view path) {
    std::vector<std::string_view> kept;
    std::string_view segment;
    for (std::size_t begin = 0; begin <= path.size();) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        segment = path.substr(begin, end - begin);
        if (segment == "..") {
            if (!kept.empty()) kept.pop_back();
        } else if (!segment.empty() && segment != ".") {
            kept.push_back(segment);
        }
        begin = end + 1;
    }
    std::string out;
    for (const std::string_view part : kept) {
        out += '/';
        out += part;
    }
    const bool ends_in_folder = segment.empty() || segment == "." || segment == "..";
    if (out.empty() || ends_in_folder) out += '/';
    return out;
}

// What is already encoded is encoded anew, so that every spelling of a query signs alike.
std::string respelled(std::string_view text) {
    return text.contains('%') ? percent_encoded(percent_decoded(text)) : percent_encoded(text);
}

// Blanks around go, runs of them inside become one.
void append_folded(std::string& out, std::string_view value) {
    value = trimmed(value);
    // A session token is long and has no blanks: six memchr find that out ten times faster.
    constexpr std::string_view blanks = " \t\n\v\f\r";
    if (value.size() > 200 &&
        !std::ranges::any_of(blanks, [&](char c) { return value.contains(c); })) {
        out += value;
        return;
    }
    while (true) {
        const auto end = std::ranges::find_if(value, is_blank);
        out.append(value.begin(), end);
        value.remove_prefix(static_cast<std::size_t>(end - value.begin()));
        if (value.empty()) return;
        out += ' ';
        value = trimmed(value);
    }
}

struct SignedHeader {
    std::string_view name; // lower case, in `names`
    std::string_view value;
};

// Sorted by name; repeats keep their order. The names lie one after the other in one text: a string
// for each would cost more than the sorting.
std::vector<SignedHeader> signed_headers_of(const HttpRequest& request, std::string& names) {
    std::size_t length = 0;
    for (const Header& header : request.headers)
        length += header.name.size();
    names.reserve(length); // views into it stay good
    std::vector<SignedHeader> headers;
    headers.reserve(request.headers.size());
    for (const Header& header : request.headers) {
        const std::size_t begin = names.size();
        for (const char c : header.name)
            names += lower_case(c);
        const std::string_view name = std::string_view{names}.substr(begin);
        if (!is_signed_header(name)) continue;
        const auto place = std::ranges::upper_bound(headers, name, {}, &SignedHeader::name);
        headers.insert(place, SignedHeader{name, header.value});
    }
    return headers;
}

// Room for the whole text, so that it is not moved while it grows.
std::size_t canonical_bytes(const HttpRequest& request, const std::vector<SignedHeader>& headers) {
    constexpr std::size_t method_hash_and_line_ends = 128;
    std::size_t bytes = request.target.size() * 2 + method_hash_and_line_ends;
    for (const SignedHeader& header : headers)
        bytes += 2 * (header.name.size() + 1) + header.value.size() + 1;
    return bytes;
}

} // namespace

std::string canonical_path(std::string_view path, PathRule rule) {
    if (rule == PathRule::as_is) return path.empty() ? "/" : percent_encoded(path, Slash::keep);
    return percent_encoded(without_dots(path), Slash::keep);
}

std::string canonical_query(std::string_view query) {
    std::vector<std::pair<std::string, std::string>> parts;
    while (!query.empty()) {
        const std::string_view part = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), part.size() + 1));
        if (part.empty()) continue;
        const std::string_view name = part.substr(0, part.find('='));
        const std::string_view value = part.substr(std::min(part.size(), name.size() + 1));
        parts.emplace_back(respelled(name), respelled(value));
    }
    std::ranges::sort(parts);
    std::string out;
    for (const auto& [name, value] : parts) {
        if (!out.empty()) out += '&';
        out += name;
        out += '=';
        out += value;
    }
    return out;
}

bool is_signed_header(std::string_view lower_case_name) noexcept {
    // Hop-by-hop headers, and those that SDKs leave out because proxies or tracing rewrite them.
    static constexpr std::array<std::string_view, 16> unsigned_headers{"accept-encoding",
                                                                       "authorization",
                                                                       "cache-control",
                                                                       "connection",
                                                                       "expect",
                                                                       "from",
                                                                       "keep-alive",
                                                                       "max-forwards",
                                                                       "pragma",
                                                                       "referer",
                                                                       "te",
                                                                       "trailer",
                                                                       "transfer-encoding",
                                                                       "upgrade",
                                                                       "user-agent",
                                                                       "x-amzn-trace-id"};
    // One after the other: names of another length cost one comparison of numbers.
    return std::ranges::find(unsigned_headers, lower_case_name) == unsigned_headers.end();
}

CanonicalRequest canonical_request(const HttpRequest& request, std::string_view payload_sha256_hex,
                                   PathRule rule) {
    const std::string_view target = request.target;
    const std::size_t mark = std::min(target.find('?'), target.size());
    std::string names;
    const std::vector<SignedHeader> headers = signed_headers_of(request, names);

    CanonicalRequest out;
    out.text.reserve(canonical_bytes(request, headers));
    out.signed_headers.reserve(names.size() + headers.size());
    out.text += request.method;
    out.text += '\n';
    out.text += canonical_path(target.substr(0, mark), rule);
    out.text += '\n';
    out.text += canonical_query(target.substr(std::min(target.size(), mark + 1)));
    out.text += '\n';
    for (std::size_t i = 0; i < headers.size(); ++i) {
        if (i > 0 && headers[i].name == headers[i - 1].name) {
            out.text.back() = ','; // in the place of the line end of the one before
        } else {
            if (!out.signed_headers.empty()) out.signed_headers += ';';
            out.signed_headers += headers[i].name;
            out.text += headers[i].name;
            out.text += ':';
        }
        append_folded(out.text, headers[i].value);
        out.text += '\n';
    }
    out.text += '\n';
    out.text += out.signed_headers;
    out.text += '\n';
    out.text += payload_sha256_hex;
    return out;
}

} // namespace gls::aws
