#include "streams/json_page.hpp"

namespace gls::streams::json {
namespace {

constexpr std::size_t longest_token = 16U << 10U; // a token has to fit into a request line

} // namespace

std::unexpected<Error> not_json(const std::string& where, error_code error) {
    return fail(ErrorKind::malformed, "the answer is not the expected JSON, " + where + ": " +
                                          simdjson::error_message(error));
}

Result<std::string> read_token(od::value& value) {
    if (bool null = false; value.is_null().get(null) == SUCCESS && null) return std::string{};
    std::string_view token;
    if (value.get_string().get(token))
        return fail(ErrorKind::malformed, "NextToken is not a string");
    if (token.size() > longest_token) return fail(ErrorKind::malformed, "NextToken is too long");
    return std::string{token};
}

} // namespace gls::streams::json
