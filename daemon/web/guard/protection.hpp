// What the web configuration file means, whole and unchangeable: TLS, users, headers, rate. A
// reload puts another in its place; connections go on with the one that they began with.
#pragma once

#include "base/files.hpp"
#include "base/result.hpp"
#include "web/config/web_config.hpp"
#include "web/guard/tls_context.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace gls::web {

struct Protection {
    WebConfig config;
    std::optional<ServingTls> tls; // none: plain HTTP
};

// The files that a protection is made of, as read: path to content. They say whether it is out of
// date.
using Sources = std::map<std::string, std::string>;

struct ReadProtection {
    std::shared_ptr<const Protection> protection;
    Sources sources;
};

// Paths in the file are relative to it. Errors: invalid_input for the file itself, one line a
// mistake with file:line:column; unavailable for a certificate, key or authority.
[[nodiscard]] Result<ReadProtection> read_protection(const Files& files, const std::string& path);

} // namespace gls::web
