// What this binary was built from; fixed when the build was configured.
#pragma once

#include <string>
#include <string_view>

namespace gls::app {

struct BuildInfo {
    std::string_view version;  // "0.1.0"
    std::string_view revision; // as git describes it; "unknown" outside a checkout
    std::string_view date;     // ISO 8601, UTC; SOURCE_DATE_EPOCH where that is set
    std::string_view compiler; // "GNU 12.2.0"
};
[[nodiscard]] const BuildInfo& build_info() noexcept;

[[nodiscard]] std::string version_text(const BuildInfo& build); // what --version prints

} // namespace gls::app
