// Any bytes as what a metadata host, a container agent, a program or SSO answers, and as a cached
// token.
#include "aws/credentials/credentials_json.hpp"
#include "aws/credentials/sso_token.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace gls::aws;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    for (const auto parse :
         {parse_host_credentials, parse_program_output, parse_sso_role_credentials}) {
        const auto keys = parse(text);
        if (keys && (keys->access_key_id.empty() || keys->secret_access_key.empty()))
            __builtin_trap();
    }
    if (const auto token = parse_sso_token(text)) (void)renewal_request(*token);
    return 0;
}
