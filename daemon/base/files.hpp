// The seam for small files that are read whole: settings, profiles, tokens, certificates.
#pragma once

#include "base/result.hpp"

#include <memory>
#include <string>

namespace gls {

class Files {
public:
    virtual ~Files() = default;
    // The whole content, at most 16 MiB. Errors: not_found (no such file), invalid_input (not
    // readable, a folder, too large); the message names the path and the cause.
    [[nodiscard]] virtual Result<std::string> read(const std::string& path) const = 0;
    // Replaces the file atomically (temporary beside it, then rename), mode 0600.
    [[nodiscard]] virtual Result<> write(const std::string& path, const std::string& content) = 0;
};

[[nodiscard]] std::unique_ptr<Files> disk_files();

} // namespace gls
