#include "streams/page_guard.hpp"

#include "streams/session.hpp"

#include <utility>

namespace gls::streams {
namespace {

Error malformed(std::string message) {
    return error_of(ErrorKind::malformed, std::move(message));
}

} // namespace

std::optional<Error> PageGuard::refuse(bool empty, const std::string& next_token) {
    ++pages_;
    empty_in_a_row_ = empty ? empty_in_a_row_ + 1 : 0;
    if (next_token.empty()) return std::nullopt;
    if (!tokens_.insert(key_of(next_token).low).second)
        return malformed("a NextToken came a second time, on page " + std::to_string(pages_));
    if (pages_ >= limits_.pages)
        return malformed("more than " + std::to_string(limits_.pages) + " pages in one list");
    if (empty_in_a_row_ > limits_.empty_in_a_row)
        return malformed(std::to_string(empty_in_a_row_) + " pages in a row without an item");
    return std::nullopt;
}

} // namespace gls::streams
