#include "base/env.hpp"

#include <cstdlib>

namespace gls {
namespace {

class ProcessEnv final : public Env {
public:
    [[nodiscard]] std::optional<std::string> get(std::string_view name) const override {
        const char* value = std::getenv(std::string{name}.c_str());
        if (value == nullptr) return std::nullopt;
        return std::string{value};
    }
};

} // namespace

std::unique_ptr<Env> process_env() {
    return std::make_unique<ProcessEnv>();
}

} // namespace gls
