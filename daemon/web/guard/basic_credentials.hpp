// The user and password of an Authorization field. Pure. Rules: RFC 7617.
#pragma once

#include "base/secret.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace gls::web {

struct BasicCredentials {
    std::string user;
    Secret password;
};

// None: no such field, another scheme, or not what the scheme promises.
[[nodiscard]] std::optional<BasicCredentials> basic_credentials(std::string_view authorization);

} // namespace gls::web
