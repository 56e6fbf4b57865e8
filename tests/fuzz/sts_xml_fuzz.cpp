// Any bytes as an answer of STS: keys, an account, or refused.
#include "aws/credentials/sts_messages.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace gls::aws;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto keys = parse_assumed_role(text, "AssumeRole");
    if (keys && (keys->access_key_id.empty() || keys->secret_access_key.empty())) __builtin_trap();
    const auto account = parse_caller_account(text);
    if (account && account->empty()) __builtin_trap();
    return 0;
}
