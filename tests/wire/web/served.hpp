// A real server on loopback, port 0, with one small picture, on a thread of its own.
#pragma once

#include "client.hpp"
#include "support/log_capture.hpp"
#include "web/server.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gls::test {

struct Options {
    web::Site site{};
    web::Limits limits{};
    std::vector<web::Listen> listen{{{"127.0.0.1", 0}}};
    std::optional<std::string> web_config{}; // a file
};

class Served {
public:
    explicit Served(const Options& options = {});
    ~Served();
    Served(const Served&) = delete;
    Served& operator=(const Served&) = delete;

    [[nodiscard]] std::uint16_t port(std::size_t listener = 0) const;
    [[nodiscard]] Client client(std::size_t listener = 0) const { return Client{port(listener)}; }
    // Sends, and returns all that comes back until the connection ends.
    [[nodiscard]] std::string exchange(std::string_view bytes) const;
    void stop(bool at_once = false);
    [[nodiscard]] bool ends_within(std::chrono::seconds limit);
    void look(); // as a reload or the guard's own look does it, on the server's thread

    LogCapture log;
    web::Action performed{web::Action::none};
    Result<> outcome{}; // of whatever is performed
    std::optional<WallTime> certificate_expires;

private:
    struct Running;
    std::unique_ptr<Running> running_;
};

// Opens a server that has nothing to show; it is not run.
[[nodiscard]] Result<> opens(const web::ListenAddress& address);

[[nodiscard]] bool has(std::string_view text, std::string_view part);
[[nodiscard]] std::string status_line(std::string_view response);

} // namespace gls::test
