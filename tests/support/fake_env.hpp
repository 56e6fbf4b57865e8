// An environment that holds what the test put there, and nothing else.
#pragma once

#include "base/env.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace gls::test {

class FakeEnv final : public Env {
public:
    using Variables = std::map<std::string, std::string, std::less<>>;

    FakeEnv() = default;
    explicit FakeEnv(Variables variables) : variables_{std::move(variables)} {}

    void set(std::string name, std::string value) {
        variables_.insert_or_assign(std::move(name), std::move(value));
    }
    void unset(const std::string& name) { variables_.erase(name); }

    [[nodiscard]] std::optional<std::string> get(std::string_view name) const override {
        const auto found = variables_.find(name);
        if (found == variables_.end()) return std::nullopt;
        return found->second;
    }

private:
    Variables variables_;
};

} // namespace gls::test
