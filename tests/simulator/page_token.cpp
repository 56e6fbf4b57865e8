#include "simulator/page_token.hpp"

#include "simulator/digest.hpp"

namespace gls::simulator {

namespace {

constexpr std::size_t tag_bytes = 16;
constexpr std::size_t body_bytes = 8 + 3 * 4 + 2 * 4 + 8 + 4;

template <typename Number>
void put(std::string& bytes, Number number) {
    bytes.append(reinterpret_cast<const char*>(&number), sizeof number);
}
template <typename Number>
void take(std::string_view& bytes, Number& number) {
    bytes.copy(reinterpret_cast<char*>(&number), sizeof number);
    bytes.remove_prefix(sizeof number);
}

} // namespace

TokenSeal::TokenSeal(std::uint64_t seed) : key_(letters_of(seed ^ 0x70c3U, 32)) {}

// The tag authenticates the body and seeds the bytes that hide it; two such halves cover the body.
static void hide(std::string& body, std::string_view key, std::string_view tag) {
    const auto first = hmac(key, std::string{tag} + "1");
    const auto second = hmac(key, std::string{tag} + "2");
    for (std::size_t at = 0; at < body.size(); ++at)
        body[at] = static_cast<char>(body[at] ^ (at < 32 ? first[at] : second[at - 32]));
}

std::string TokenSeal::seal(const Bookmark& bookmark) const {
    std::string body;
    put(body, bookmark.scope);
    put(body, bookmark.route.words);
    put(body, bookmark.route.stride);
    put(body, bookmark.route.start);
    put(body, bookmark.place.step);
    put(body, bookmark.place.bit);
    put(body, bookmark.issued);
    put(body, bookmark.page);
    const auto digest = hmac(key_, body);
    const auto tag = bytes_of(digest).substr(0, tag_bytes);
    hide(body, key_, tag);
    return base64_of(std::string{tag} + body);
}

std::optional<Bookmark> TokenSeal::open(std::string_view token) const {
    const auto bytes = from_base64(token);
    if (!bytes || bytes->size() != tag_bytes + body_bytes) return std::nullopt;
    const auto tag = bytes->substr(0, tag_bytes);
    auto body = bytes->substr(tag_bytes);
    hide(body, key_, tag);
    const auto digest = hmac(key_, body);
    if (!equal_in_constant_time(bytes_of(digest).substr(0, tag_bytes), tag)) return std::nullopt;
    std::string_view rest = body;
    Bookmark bookmark;
    take(rest, bookmark.scope);
    take(rest, bookmark.route.words);
    take(rest, bookmark.route.stride);
    take(rest, bookmark.route.start);
    take(rest, bookmark.place.step);
    take(rest, bookmark.place.bit);
    take(rest, bookmark.issued);
    take(rest, bookmark.page);
    return bookmark;
}

} // namespace gls::simulator
