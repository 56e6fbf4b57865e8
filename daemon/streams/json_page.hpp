// The frame that every list of the service has: {"Items": [{...}, ...], "NextToken": "..."}.
#pragma once

#include "base/result.hpp"
#include "streams/json_members.hpp"

#include <concepts>
#include <string>
#include <utility>

namespace gls::streams::json {

// simdjson gives no place once it has given up, so the place is told in our words.
[[nodiscard]] std::unexpected<Error> not_json(const std::string& where, error_code error);
[[nodiscard]] Result<std::string> read_token(od::value& value); // "" for null

// Takes the items of one page: begin() for each array of items, of which the last one counts, then
// take() for each item, which says what is wrong with it or "".
template <class T>
concept ItemTaker = requires(T taker, const Body& body, od::object& object, error_code& error) {
    taker.begin();
    { taker.take(body, object, error) } -> std::same_as<const char*>;
};

template <ItemTaker Taker>
[[nodiscard]] Result<> read_items(const Body& body, od::value& value, Taker& taker) {
    taker.begin();
    od::array items;
    if (value.get_array().get(items)) return fail(ErrorKind::malformed, "Items is not an array");
    std::size_t index = 0;
    const auto item_at = [&] { return "item " + std::to_string(index); };
    for (auto element : items) {
        od::value item;
        if (const error_code error = std::move(element).get(item))
            return not_json("before " + item_at(), error);
        od::object object;
        if (item.get_object().get(object))
            return fail(ErrorKind::malformed, item_at() + " of the page is not an object");
        error_code error = SUCCESS;
        const char* const wrong = taker.take(body, object, error);
        if (error) return not_json("in " + item_at(), error);
        if (*wrong != '\0') return fail(ErrorKind::malformed, item_at() + " of the page " + wrong);
        ++index;
    }
    return {};
}

// The page's NextToken, "" on the last page. Error: malformed.
template <ItemTaker Taker>
[[nodiscard]] Result<std::string> read_list(od::parser& parser, std::string& text, Taker& taker) {
    Body body;
    if (const error_code error = body.open(parser, text)) return not_json("at its ends", error);
    std::string next_token;
    bool has_items = false;
    Result<> read;
    const error_code error = body.each_member(body.root(), [&](Name name, od::value& value) {
        if (name == "Items") {
            has_items = true;
            read = read_items(body, value, taker);
        } else if (name == "NextToken") {
            Result<std::string> token = read_token(value);
            if (token)
                next_token = std::move(*token);
            else
                read = std::unexpected<Error>{std::move(token.error())};
        }
        return read ? SUCCESS : simdjson::INCORRECT_TYPE; // the latter stops here
    });
    if (!read) return std::unexpected<Error>{std::move(read.error())};
    if (error) return not_json("between its members", error);
    if (!has_items) return fail(ErrorKind::malformed, "the page has no Items");
    if (!body.ends_here()) return not_json("behind its end", simdjson::TAPE_ERROR);
    return next_token;
}

// A body that is one item itself.
template <ItemTaker Taker>
[[nodiscard]] Result<> read_one(od::parser& parser, std::string& text, Taker& taker) {
    Body body;
    if (const error_code error = body.open(parser, text)) return not_json("at its ends", error);
    taker.begin();
    error_code error = SUCCESS;
    const char* const wrong = taker.take(body, body.root(), error);
    if (error) return not_json("between its members", error);
    if (!body.ends_here()) return not_json("behind its end", simdjson::TAPE_ERROR);
    if (*wrong != '\0') return fail(ErrorKind::malformed, std::string{"the answer "} + wrong);
    return {};
}

} // namespace gls::streams::json
