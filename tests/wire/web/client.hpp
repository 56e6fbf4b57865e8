// A client that speaks raw bytes with 127.0.0.1 or ::1. Sockets stay in its source, because Asio's
// headers would otherwise be compiled with every test.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace gls::test {

inline const std::string get_healthy = "GET /-/healthy HTTP/1.1\r\nHost: x\r\n\r\n";

class Client {
public:
    enum class Family : std::uint8_t { v4, v6 };

    explicit Client(std::uint16_t port, Family family = Family::v4); // throws if it is refused
    ~Client();
    Client(Client&&) noexcept;
    Client& operator=(Client&&) = delete;

    void send(std::string_view bytes);
    void send_what_fits(std::string_view bytes); // into the system's buffers; the rest is dropped
    void end_sending();
    // Everything until the server closes. A reset counts as the end.
    std::string rest();
    // One response with a Content-Length; `head_only` for HEAD.
    std::string response(bool head_only = false);

private:
    struct Connection;
    std::unique_ptr<Connection> connection_;
    std::string read_;
};

[[nodiscard]] bool refuses_connections(std::uint16_t port);

} // namespace gls::test
