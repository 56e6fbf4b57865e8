// The seam for environment variables.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace gls {

class Env {
public:
    virtual ~Env() = default;
    // An unset variable and an empty one differ; callers that treat both alike say so.
    [[nodiscard]] virtual std::optional<std::string> get(std::string_view name) const = 0;
};

[[nodiscard]] std::unique_ptr<Env> process_env();

} // namespace gls
