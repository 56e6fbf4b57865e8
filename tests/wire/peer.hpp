// The other end of a connection, as well or badly behaved as a test wants it: a listener on
// loopback, port chosen by the system, with a thread for each connection that runs the test's
// script. It knows nothing of the code under test.
#pragma once

#include "wire/certificates.hpp"

#include <openssl/ssl.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace gls::test {

// What a script does with one connection. All of it blocks, at most some seconds.
class PeerConnection {
public:
    explicit PeerConnection(int descriptor) : descriptor_{descriptor} {}
    ~PeerConnection();
    PeerConnection(const PeerConnection&) = delete;
    PeerConnection& operator=(const PeerConnection&) = delete;

    bool start_tls(SSL_CTX* context); // false: the handshake failed
    std::string request();            // head and body (by Content-Length); "" at the client's end
    void write(std::string_view bytes);
    void close_writing();  // half-close, in TLS with its own goodbye first
    void reset();          // the client sees "connection reset"
    void wait_for_close(); // until the client closes
    [[nodiscard]] bool resumed() const {
        return ssl_ != nullptr && ::SSL_session_reused(ssl_) == 1;
    }
    [[nodiscard]] std::string server_name() const;

private:
    long read(char* into, std::size_t room);

    int descriptor_;
    SSL* ssl_{nullptr};
    std::string unread_;
};

class Peer {
public:
    using Script = std::function<void(PeerConnection&)>;

    // Plain, on 127.0.0.1 or ::1; `port` 0 for any.
    explicit Peer(Script script, const char* address = "127.0.0.1", std::uint16_t port = 0);
    // TLS with this certificate; a connection whose handshake fails never sees the script.
    Peer(const Certificate& certificate, Script script, const char* address = "127.0.0.1",
         int max_version = 0);
    ~Peer(); // ends its connections and waits for its threads
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] int accepted() const { return accepted_; }
    // Waits for the first: the client may hear of it before it is counted here.
    [[nodiscard]] int failed_handshakes() const {
        failed_handshakes_.wait(0);
        return failed_handshakes_;
    }
    [[nodiscard]] SSL_CTX* context() const { return context_.get(); }

private:
    struct FreeContext {
        void operator()(SSL_CTX* context) const { ::SSL_CTX_free(context); }
    };
    void accept_all();
    void serve(int descriptor);

    Script script_;
    std::unique_ptr<SSL_CTX, FreeContext> context_;
    bool tls_{false};
    int listener_{-1};
    std::uint16_t port_{0};
    std::atomic<int> accepted_{0};
    std::atomic<int> failed_handshakes_{0};
    std::atomic<bool> stopping_{false};
    std::mutex mutex_;
    std::vector<int> open_;            // descriptors of running connections
    std::vector<std::thread> threads_; // of connections
    std::thread acceptor_;
};

[[nodiscard]] std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)>
server_context(const Certificate& certificate, int max_version = 0);

// "HTTP/1.1 200 OK" with a length.
[[nodiscard]] std::string ok(std::string_view body, std::string_view more_headers = "");

} // namespace gls::test
