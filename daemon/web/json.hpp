// Writes JSON, compact and in the order told. Pure. Rules: RFC 8259.
#pragma once

#include <cmath>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>

namespace gls::web {

class Json {
public:
    Json& key(std::string_view name);
    Json& value(std::string_view text);
    Json& value(const char* text) { return value(std::string_view{text}); }
    Json& value(double number); // null where not finite
    Json& value(std::integral auto number) { return raw(std::to_string(number)); }
    Json& value(bool truth) { return raw(truth ? "true" : "false"); }
    template <class T>
    Json& value(const std::optional<T>& maybe) {
        return maybe ? value(*maybe) : null();
    }
    Json& null() { return raw("null"); }

    Json& object() { return open('{'); }
    Json& end_object() { return close('}'); }
    Json& array() { return open('['); }
    Json& end_array() { return close(']'); }

    [[nodiscard]] std::string take() { return std::move(out_); }

private:
    Json& raw(std::string_view text);
    Json& open(char bracket);
    Json& close(char bracket);
    void separate();
    void quote(std::string_view text);

    std::string out_;
    bool first_{true}; // nothing precedes in this object or array, or a key just has
};

} // namespace gls::web
