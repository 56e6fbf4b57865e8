// A string that must never be shown: it has no formatter, no stream operator and no conversion.
#pragma once

#include <string>
#include <utility>

namespace gls {

class Secret {
public:
    Secret() = default;
    explicit Secret(std::string value) : value_{std::move(value)} {}
    [[nodiscard]] const std::string& reveal() const noexcept {
        return value_;
    } // to sign, nothing else
    [[nodiscard]] bool empty() const noexcept { return value_.empty(); }
    friend bool operator==(const Secret&, const Secret&) = default;

private:
    std::string value_;
};

} // namespace gls
