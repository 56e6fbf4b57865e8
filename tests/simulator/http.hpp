// A request and a reply as plain values: all but the server deals in these, so that everything the
// simulator decides is tested without a socket.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gls::simulator {

struct Request {
    std::string method{"GET"};
    std::string target{"/"};
    std::vector<std::pair<std::string, std::string>> headers{}; // names in small letters
    std::string body{};

    // All values of a header, joined with commas; empty where it is missing.
    [[nodiscard]] std::string header(std::string_view name) const {
        std::string joined;
        for (const auto& [key, value] : headers)
            if (key == name) joined += joined.empty() ? value : ',' + value;
        return joined;
    }
    [[nodiscard]] bool has(std::string_view name) const {
        for (const auto& [key, value] : headers)
            if (key == name) return true;
        return false;
    }
    [[nodiscard]] std::string_view path() const {
        return std::string_view{target}.substr(0, target.find('?'));
    }
    [[nodiscard]] std::string_view query() const {
        const auto mark = target.find('?');
        return mark == std::string::npos ? std::string_view{}
                                         : std::string_view{target}.substr(mark + 1);
    }
};

// How the answer goes out.
struct Delivery {
    enum class Kind : std::uint8_t { normal, reset, hang, slow, truncate };
    Kind kind{Kind::normal};
    double seconds{0};               // hang, slow: wait before the first byte
    std::size_t bytes_per_second{0}; // slow: drop by drop
};

struct Reply {
    int status{200};
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string body{};
    Delivery delivery{};
};

} // namespace gls::simulator
