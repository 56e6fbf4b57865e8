#include "web/request_reader.hpp"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace gls::web {
namespace {

namespace http = boost::beast::http;
using boost::system::error_code;
using Parser = http::request_parser<http::string_body>;

constexpr std::size_t first_bytes = 1024; // few scrapers send more: what a slow connection holds
constexpr std::size_t read_bytes = 4096;  // for those that do
// "0 CRLF CRLF". Beast 1.81 asserts on fewer bytes of a last chunk (basic_parser.ipp, n >= 5), so
// it is shown what begins like one only once there are as many.
constexpr std::size_t last_chunk_bytes = 5;

std::string joined(const Parser::value_type& request, http::field field) {
    std::string values;
    const auto [begin, end] = request.equal_range(field);
    for (auto each = begin; each != end; ++each) {
        if (!values.empty()) values += ',';
        values.append(each->value());
    }
    return values;
}

// Some clients end a body with a line break too many (RFC 9112 2.2).
void drop_empty_lines(boost::beast::flat_buffer& buffer) {
    const auto text = [&buffer] {
        return std::string_view{static_cast<const char*>(buffer.data().data()), buffer.size()};
    };
    while (text().starts_with("\r\n"))
        buffer.consume(2);
}

// What RFC 9112 wants refused and Beast lets pass: no host, several, or no name (3.2); and a coding
// that does not tell where the body ends (6.1), whose bytes would be taken for the next request.
bool well_formed(const Parser::value_type& request) {
    const auto hosts = request.count(http::field::host);
    if (hosts > 1 || (hosts == 0 && request.version() >= 11)) return false;
    if (request[http::field::host].find_first_of(" \t/\\?#@,\"<>") != std::string_view::npos)
        return false;
    const auto codings = joined(request, http::field::transfer_encoding);
    return request.count(http::field::transfer_encoding) == 0 ||
           (request.version() >= 11 && boost::beast::iequals(codings, "chunked"));
}

} // namespace

struct RequestReader::Parts {
    explicit Parts(std::size_t most_bytes) : buffer{most_bytes} {}

    boost::beast::flat_buffer buffer;
    std::optional<Parser> parser;
    std::string accept, accept_encoding, authorization; // of the whole request
};

RequestReader::RequestReader(std::size_t header_bytes, std::size_t body_bytes)
    : header_bytes_{header_bytes}, body_bytes_{body_bytes} {}

RequestReader::~RequestReader() = default;

RequestReader::Parts& RequestReader::parts() {
    if (!parts_) parts_ = std::make_unique<Parts>(2 * header_bytes_ + body_bytes_ + read_bytes);
    return *parts_;
}

bool RequestReader::has_bytes() const {
    return parts_ && parts_->buffer.size() != 0;
}

void RequestReader::rest() {
    if (has_bytes()) drop_empty_lines(parts_->buffer);
    if (!has_bytes()) parts_.reset();
}

std::span<char> RequestReader::room() {
    auto& buffer = parts().buffer;
    const auto held = buffer.size();
    const auto wanted = held < first_bytes ? first_bytes - held : read_bytes;
    const auto room = buffer.prepare(std::min(wanted, buffer.max_size() - held));
    return {static_cast<char*>(room.data()), room.size()};
}

void RequestReader::filled(std::size_t bytes) {
    parts_->buffer.commit(bytes);
}

void RequestReader::begin() {
    auto& parser = parts().parser.emplace();
    parser.header_limit(static_cast<std::uint32_t>(header_bytes_));
    parser.body_limit(body_bytes_);
    refusal_ = 0;
}

RequestReader::Progress RequestReader::advance() {
    auto& [buffer, parser, accept, accept_encoding, authorization] = *parts_;
    error_code error;
    if (!parser->got_some()) {
        drop_empty_lines(buffer);
        const bool half_a_line_break =
            buffer.size() == 1 && *static_cast<const char*>(buffer.data().data()) == '\r';
        if (half_a_line_break) return Progress::unfinished;
    }
    // One part at a time, header or chunk, so that the rule above is kept before each.
    while (!error && buffer.size() != 0 && !parser->is_done()) {
        const bool in_chunks = parser->is_header_done() && parser->chunked();
        const bool last = *static_cast<const char*>(buffer.data().data()) == '0';
        if (in_chunks && last && buffer.size() < last_chunk_bytes) break;
        buffer.consume(parser->put(buffer.data(), error));
    }
    if (error == http::error::need_more) error = {};
    const bool has_target = !parser->get().target().empty();
    if (error == http::error::header_limit || error == http::error::buffer_overflow) {
        return refuse(has_target ? 431 : 414);
    }
    if (error == http::error::body_limit) return refuse(413);
    if (error) return refuse(400);
    const auto& request = parser->get();
    if (parser->is_header_done() && !well_formed(request)) return refuse(400);
    if (!parser->is_done()) {
        // The client would wait for a word before it sends a body that nobody needs.
        const bool asks = parser->is_header_done() && request.count(http::field::expect) != 0;
        return asks ? refuse(417) : Progress::unfinished;
    }

    accept = joined(request, http::field::accept);
    accept_encoding = joined(request, http::field::accept_encoding);
    authorization = joined(request, http::field::authorization);
    return Progress::whole;
}

RequestReader::Progress RequestReader::ended() {
    return refuse(parts_->parser->got_some() || has_bytes() ? 400 : 0);
}

RequestReader::Progress RequestReader::timed_out() {
    return refuse(408);
}

RequestReader::Progress RequestReader::refuse(unsigned status) {
    refusal_ = status;
    return Progress::refused;
}

Request RequestReader::request() const {
    const auto& request = parts_->parser->get();
    return {
        request.method_string(), request.target(), parts_->accept, parts_->accept_encoding, false,
        parts_->authorization};
}

bool RequestReader::keep_alive() const {
    return parts_->parser->get().keep_alive();
}

} // namespace gls::web
