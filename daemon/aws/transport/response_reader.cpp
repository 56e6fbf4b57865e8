#include "aws/transport/response_reader.hpp"

#include "aws/transport/gunzip.hpp"
#include "base/ascii.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/buffers_iterator.hpp>
#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace gls::aws {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

// AWS's responses have below 2 KiB of header fields; the connection's buffer holds twice this.
constexpr std::uint32_t max_header_bytes = 32U << 10U;
// Room behind the body that simdjson may read, so that a page is parsed where it lies.
constexpr std::size_t padding_bytes = 64;
// 100 Continue and the like, which nobody asked for; a peer that sends nothing else is stopped.
constexpr int max_informational = 8;

// Beast's notion of a body: how its bytes are taken in.
struct CappedBody {
    struct value_type {
        std::string text;
        std::size_t limit{0};
        std::string trouble; // why the reader refused it
    };

    class reader {
    public:
        // Beast asks for a constructor for any message; this one serves responses only.
        template <bool IsRequest, class Fields>
        reader(http::header<IsRequest, Fields>& header, value_type& body) : body_{body} {
            if constexpr (std::is_same_v<Fields, http::fields>) fields_ = &header;
        }

        void init(const boost::optional<std::uint64_t>& length, error_code& error) {
            error = {};
            const std::string_view encoding = (*fields_)[http::field::content_encoding];
            const std::string name = lower_case(trimmed(encoding));
            if (name == "gzip" || name == "x-gzip")
                gunzip_.emplace();
            else if (!name.empty() && name != "identity")
                refuse("its content encoding is not one that was asked for", error);
            // The length is at most the limit: the parser has looked.
            if (length) body_.text.reserve(static_cast<std::size_t>(*length) + padding_bytes);
        }

        template <class Buffers>
        std::size_t put(const Buffers& buffers, error_code& error) {
            error = {};
            std::size_t taken = 0;
            for (auto it = asio::buffer_sequence_begin(buffers);
                 it != asio::buffer_sequence_end(buffers) && !error; ++it) {
                const asio::const_buffer piece{*it};
                take({static_cast<const char*>(piece.data()), piece.size()}, error);
                taken += piece.size();
            }
            return taken;
        }

        void finish(error_code& error) {
            error = {};
            if (gunzip_ && !gunzip_->complete()) refuse("its gzip data end too early", error);
        }

    private:
        void take(std::string_view bytes, error_code& error) {
            if (!gunzip_) {
                body_.text.append(bytes); // within the limit: the parser has counted
                return;
            }
            switch (gunzip_->put(bytes, body_.text, body_.limit)) {
            case Gunzip::Step::more:
                return;
            case Gunzip::Step::malformed:
                return refuse("its gzip data are broken", error);
            case Gunzip::Step::too_large:
                return refuse(
                    "inflated it is larger than " + std::to_string(body_.limit) + " bytes", error);
            }
        }

        void refuse(std::string why, error_code& error) {
            body_.trouble = std::move(why);
            error = http::error::bad_value;
        }

        value_type& body_;
        const http::fields* fields_{nullptr};
        std::optional<Gunzip> gunzip_;
    };
};

} // namespace

struct ResponseReader::Parser {
    Parser(Expect expect, std::size_t limit) {
        http.eager(true);
        http.header_limit(max_header_bytes);
        http.body_limit(limit);
        http.skip(expect == Expect::header_only);
        http.get().body().limit = limit;
    }
    http::response_parser<CappedBody> http;
};

ResponseReader::ResponseReader(Expect expect, std::size_t max_body_bytes)
    : expect_{expect}, max_body_bytes_{max_body_bytes},
      parser_{std::make_unique<Parser>(expect, max_body_bytes)} {}

ResponseReader::~ResponseReader() = default;

bool ResponseReader::keep_alive() const {
    return parser_->http.keep_alive();
}

void ResponseReader::expect_another() {
    parser_ = std::make_unique<Parser>(expect_, max_body_bytes_);
}

Result<bool> ResponseReader::parse(Connection& connection) {
    auto& http = parser_->http;
    while (!http.is_done() && !connection.unread().empty()) {
        error_code error;
        const std::string_view unread = connection.unread();
        const std::size_t taken = http.put(asio::buffer(unread.data(), unread.size()), error);
        connection.consume(taken);
        if (error == http::error::need_more || (!error && taken == 0)) return false;
        if (!error) continue;
        const std::string& trouble = http.get().body().trouble;
        std::string why = "it is not HTTP: " + error.message();
        if (!trouble.empty())
            why = trouble;
        else if (error == http::error::body_limit)
            why = "it is larger than " + std::to_string(max_body_bytes_) + " bytes";
        else if (error == http::error::header_limit)
            why = "its header is larger than " + std::to_string(max_header_bytes) + " bytes";
        return fail(ErrorKind::malformed,
                    "the answer of " + connection.peer() + " is refused: " + why);
    }
    return http.is_done();
}

Task<Result<>> ResponseReader::read(Connection& connection) {
    for (int informational = 0; informational <= max_informational;) {
        const auto complete = parse(connection);
        if (!complete) co_return std::unexpected{complete.error()};
        if (*complete) {
            const unsigned status = parser_->http.get().result_int();
            if (status >= 200) co_return Result<>{};
            if (status == 101) break;
            ++informational;
            expect_another();
            continue;
        }
        const auto more = co_await connection.read();
        if (!more) co_return std::unexpected{more.error()};
        if (*more) {
            begun_ = true;
            continue;
        }
        error_code error;
        if (begun_) parser_->http.put_eof(error); // where the end of the connection ends the body
        if (error || !parser_->http.is_done())
            co_return fail(ErrorKind::connection,
                           connection.peer() +
                               (begun_ ? " closed the connection in the middle of its answer"
                                       : " closed the connection without an answer"));
    }
    co_return fail(ErrorKind::malformed,
                   "the answer of " + connection.peer() + " is refused: it has no final status");
}

HttpResponse ResponseReader::take() {
    auto message = parser_->http.release();
    HttpResponse response;
    response.status = static_cast<int>(message.result_int());
    for (const auto& field : message)
        response.headers.push_back(
            Header{std::string{field.name_string()}, std::string{field.value()}});
    response.body = std::move(message.body().text);
    response.body.reserve(response.body.size() + padding_bytes);
    return response;
}

} // namespace gls::aws
