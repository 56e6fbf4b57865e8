// Reads the small JSON bodies of the control calls: members by name, of the type wanted or not
// there. A member of a wrong type is an error that names it. Pure.
#pragma once

#include <simdjson.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace gls::simulator {

// What is wrong with a control call; caught where the call is answered.
class BadControl : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

class JsonObject {
public:
    explicit JsonObject(simdjson::dom::element element) {
        if (element.get(object_) != simdjson::SUCCESS)
            throw BadControl{"a JSON object is expected"};
    }

    [[nodiscard]] std::optional<simdjson::dom::element> member(std::string_view name) const {
        simdjson::dom::element found;
        if (object_.at_key(name).get(found) != simdjson::SUCCESS) return std::nullopt;
        return found;
    }
    [[nodiscard]] bool is_null(std::string_view name) const {
        const auto found = member(name);
        return found && found->is_null();
    }
    [[nodiscard]] std::optional<double> number(std::string_view name) const {
        return value<double>(name, "a number");
    }
    [[nodiscard]] std::optional<std::uint64_t> count(std::string_view name) const {
        return value<std::uint64_t>(name, "a whole number from 0 on");
    }
    [[nodiscard]] std::optional<bool> truth(std::string_view name) const {
        return value<bool>(name, "true or false");
    }
    [[nodiscard]] std::optional<std::string> text(std::string_view name) const {
        const auto found = value<std::string_view>(name, "text");
        return found ? std::optional<std::string>{*found} : std::nullopt;
    }
    // An unknown member is a slip of the pen that would otherwise go unnoticed.
    void allow_only(std::initializer_list<std::string_view> names) const {
        for (const auto field : object_)
            if (std::find(names.begin(), names.end(), field.key) == names.end())
                throw BadControl{"unknown member: " + std::string{field.key}};
    }

private:
    template <typename Wanted>
    [[nodiscard]] std::optional<Wanted> value(std::string_view name, const char* wanted) const {
        const auto found = member(name);
        if (!found || found->is_null()) return std::nullopt;
        Wanted result{};
        if (found->get(result) != simdjson::SUCCESS)
            throw BadControl{std::string{name} + " must be " + wanted};
        return result;
    }
    simdjson::dom::object object_;
};

} // namespace gls::simulator
