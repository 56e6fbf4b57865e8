// SHA-256, HMAC-SHA-256 (OpenSSL) and the spellings of bytes that signatures and tokens need.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gls::simulator {

using Digest = std::array<unsigned char, 32>;

[[nodiscard]] Digest sha256(std::string_view bytes);
[[nodiscard]] Digest hmac(std::string_view key, std::string_view bytes);
[[nodiscard]] std::string_view bytes_of(const Digest& digest);

[[nodiscard]] std::string hex_of(std::string_view bytes);
[[nodiscard]] std::string base64_of(std::string_view bytes);
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);
[[nodiscard]] bool equal_in_constant_time(std::string_view left, std::string_view right);

// RFC 3986: everything but A-Z a-z 0-9 - . _ ~ (and what `keep` names) as %XX.
void append_percent_encoded(std::string& text, std::string_view bytes, std::string_view keep = "");
// Nothing for a broken %XX.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text,
                                                         bool plus_is_blank = false);

} // namespace gls::simulator
