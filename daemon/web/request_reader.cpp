#include "web/request_reader.hpp"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>
#include <optional>
#include <string>

namespace gls::web {
namespace {

namespace http = boost::beast::http;
using boost::system::error_code;
using Parser = http::request_parser<http::string_body>;

constexpr std::size_t first_read_bytes = 1024; // what an idle connection holds
constexpr std::size_t read_bytes = 4096;
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

} // namespace

struct RequestReader::Parts {
    explicit Parts(std::size_t most_bytes) : buffer{most_bytes} {}

    boost::beast::flat_buffer buffer;
    std::optional<Parser> parser;
    std::string accept, accept_encoding, authorization; // of the whole request
};

RequestReader::RequestReader(std::size_t header_bytes, std::size_t body_bytes)
    : header_bytes_{header_bytes}, body_bytes_{body_bytes},
      parts_{std::make_unique<Parts>(2 * header_bytes + body_bytes + read_bytes)} {}

RequestReader::~RequestReader() = default;

bool RequestReader::has_bytes() const {
    return parts_->buffer.size() != 0;
}

std::span<char> RequestReader::room() {
    auto& buffer = parts_->buffer;
    const auto wanted = parts_->parser ? read_bytes : first_read_bytes;
    const auto room = buffer.prepare(std::min(wanted, buffer.max_size() - buffer.size()));
    return {static_cast<char*>(room.data()), room.size()};
}

void RequestReader::filled(std::size_t bytes) {
    parts_->buffer.commit(bytes);
}

void RequestReader::begin() {
    auto& parser = parts_->parser.emplace();
    parser.header_limit(static_cast<std::uint32_t>(header_bytes_));
    parser.body_limit(body_bytes_);
    refusal_ = 0;
}

RequestReader::Progress RequestReader::advance() {
    auto& [buffer, parser, accept, accept_encoding, authorization] = *parts_;
    error_code error;
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
    if (!parser->is_done()) return Progress::unfinished;

    const auto& request = parser->get();
    const bool names_host = request.version() < 11 || request.count(http::field::host) == 1;
    if (!names_host) return refuse(400); // RFC 9112 3.2
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
