// Members of restJson1 objects, read with simdjson on-demand: what a name, a string, a time and a
// label is to us. Included by the readers of bodies alone, because simdjson is a heavy header.
#pragma once

#include "base/time.hpp"

#include <simdjson.h>

#include <cstddef>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace gls::streams::json {

namespace od = simdjson::ondemand;
using simdjson::error_code;
using simdjson::SUCCESS;

inline constexpr std::string_view unknown = "unknown";

// A member's name, compared where it lies: simdjson's padding makes looking past the end safe.
class Name {
public:
    explicit Name(const char* quoted) noexcept : text_{quoted} {}
    explicit Name(std::string_view text) noexcept : text_{text.data()}, size_{text.size()} {}

    [[nodiscard]] char initial() const noexcept { return size_ == 0U ? '\0' : *text_; }
    template <std::size_t N>
    [[nodiscard]] bool operator==(const char (&name)[N]) const noexcept {
        if (size_ ? *size_ != N - 1 : text_[N - 1] != '"') return false;
        return std::memcmp(text_, name, N - 1) == 0;
    }

private:
    const char* text_;
    std::optional<std::size_t> size_{}; // none: up to the closing quote
};

// One body being read. Few bodies hold a backslash; in those without, names and strings need not be
// copied to unescape them, which is half of the cost of a page.
class Body {
public:
    // Opens `text` as one JSON object; it gains capacity for simdjson's padding where it has none.
    [[nodiscard]] error_code open(od::parser& parser, std::string& text);
    [[nodiscard]] od::object& root() noexcept { return root_; }
    // After all members: whether the text ends with the object.
    [[nodiscard]] bool ends_here() {
        return document_.current_location().error() == simdjson::OUT_OF_BOUNDS;
    }

    template <class Visit> // visit(Name, od::value&) -> error_code
    [[nodiscard]] error_code each_member(od::object& object, Visit visit) const {
        for (auto member : object) {
            od::field field;
            if (const error_code error = std::move(member).get(field)) return error;
            od::value value = field.value();
            if (const error_code error = visit(name_of(field), value)) return error;
        }
        return SUCCESS;
    }

    // "" unless it is a string; one that escapes half a surrogate pair counts as missing.
    [[nodiscard]] std::string_view text_in(od::value& value) const;

private:
    [[nodiscard]] Name name_of(od::field& field) const;

    od::document document_;
    od::object root_;
    bool escapes_{false};
};

// None unless it is a number of epoch seconds or an ISO 8601 string, from 1970 to 2999.
[[nodiscard]] std::optional<WallTime> time_in(od::value& value);

// At most 128 bytes, cut where a character begins. simdjson has checked that the body is UTF-8.
[[nodiscard]] std::string_view label(std::string_view text) noexcept;
[[nodiscard]] std::string_view label_or_unknown(std::string_view text) noexcept;

} // namespace gls::streams::json
