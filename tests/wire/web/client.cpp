#include "client.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

namespace asio = boost::asio;
using asio::ip::tcp;

namespace gls::test {

struct Client::Connection {
    asio::io_context context;
    tcp::socket socket{context};
};

Client::Client(std::uint16_t port, Family family) : connection_{std::make_unique<Connection>()} {
    const asio::ip::address loopback = family == Family::v4
                                           ? asio::ip::address{asio::ip::address_v4::loopback()}
                                           : asio::ip::address_v6::loopback();
    connection_->socket.connect({loopback, port});
}

Client::~Client() = default;
Client::Client(Client&&) noexcept = default;

void Client::send(std::string_view bytes) {
    asio::write(connection_->socket, asio::buffer(bytes));
}

void Client::send_what_fits(std::string_view bytes) {
    boost::system::error_code error;
    connection_->socket.non_blocking(true);
    connection_->socket.write_some(asio::buffer(bytes), error);
}

void Client::end_sending() {
    connection_->socket.shutdown(tcp::socket::shutdown_send);
}

std::string Client::rest() {
    boost::system::error_code error;
    asio::read(connection_->socket, asio::dynamic_buffer(read_), error);
    return std::exchange(read_, {});
}

std::string Client::response(bool head_only) {
    tcp::socket& socket = connection_->socket;
    const auto head = asio::read_until(socket, asio::dynamic_buffer(read_), "\r\n\r\n");
    const auto at = read_.find("Content-Length: ");
    const auto length = head_only ? 0 : std::stoul(read_.substr(at + 16));
    while (read_.size() < head + length)
        asio::read(socket, asio::dynamic_buffer(read_), asio::transfer_at_least(1));
    auto whole = read_.substr(0, head + length);
    read_.erase(0, head + length);
    return whole;
}

bool refuses_connections(std::uint16_t port) {
    asio::io_context context;
    tcp::socket socket{context};
    boost::system::error_code error;
    socket.connect({asio::ip::address_v4::loopback(), port}, error);
    return error == asio::error::connection_refused;
}

} // namespace gls::test
