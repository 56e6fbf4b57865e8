// One connection, plain or TLS, to the peer named in its error messages. It is driven by one
// coroutine at a time, which tries first and waits for the socket only when it has to. Deadlines
// come from outside: cut() ends the wait in hand and all later ones.
#pragma once

#include "async/socket_bio.hpp"
#include "aws/transport/tls_client.hpp"
#include "base/result.hpp"
#include "base/task.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gls::aws {

class Connection {
public:
    Connection(const boost::asio::any_io_executor& executor, std::string peer);
    ~Connection(); // says goodbye in TLS if it can without waiting
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // All errors: connection (with the system's reason), tls (handshake only), cancelled (stopped
    // or cut off: the caller knows which).
    [[nodiscard]] Task<Result<>> connect(boost::asio::ip::tcp::endpoint address);
    [[nodiscard]] Task<Result<>> start_tls(TlsClient& tls, std::string host, std::string peer);
    [[nodiscard]] Task<Result<>> write(std::string bytes);
    // Appends to what is unread; false at the peer's orderly end.
    [[nodiscard]] Task<Result<bool>> read();

    [[nodiscard]] std::string_view unread() const {
        return {buffer_.data() + begin_, end_ - begin_};
    }
    void consume(std::size_t bytes) { begin_ += bytes; }

    void cut();
    // Whether an idle connection can carry another request: the peer has neither closed nor spoken.
    [[nodiscard]] bool quiet();
    [[nodiscard]] const std::string& peer() const { return peer_; }

private:
    enum class Need { nothing, reading, writing, broken, ended };
    struct Moved {
        Need need;
        std::size_t bytes;
    };
    [[nodiscard]] Moved try_read(char* into, std::size_t room);
    [[nodiscard]] Moved try_write(std::string_view bytes);
    [[nodiscard]] Moved moved(int result); // of an OpenSSL call
    [[nodiscard]] Task<bool> ready(Need need);
    [[nodiscard]] Error broken(std::string_view what) const;
    [[nodiscard]] std::unexpected<Error> interrupted() const;

    std::string peer_;
    boost::asio::ip::tcp::socket socket_;
    SocketEnd socket_end_;
    SslPtr ssl_; // none for plain HTTP
    std::string tls_trouble_;
    std::vector<char> buffer_; // unread bytes are [begin_, end_)
    std::size_t begin_{0};
    std::size_t end_{0};
    bool cut_{false};
};

} // namespace gls::aws
