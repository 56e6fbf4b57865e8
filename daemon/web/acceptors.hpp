// Listening sockets from listen addresses.
#pragma once

#include "base/result.hpp"
#include "web/listen_address.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstddef>

namespace gls::web {

// Resolves (at once: this is for the start), binds and listens. An empty host takes IPv6 and IPv4
// where the machine has both. Error: unavailable, naming the address and the cause.
[[nodiscard]] Result<boost::asio::ip::tcp::acceptor> open_acceptor(boost::asio::io_context& context,
                                                                   const ListenAddress& address);

// Takes over a socket that was opened for us and listens already. Error: unavailable.
[[nodiscard]] Result<boost::asio::ip::tcp::acceptor>
inherited_acceptor(boost::asio::io_context& context, int descriptor);

[[nodiscard]] ListenAddress bound_address(const boost::asio::ip::tcp::acceptor& acceptor);

// Raises the process's soft limit of descriptors to its hard one, as far as `wanted` asks, and says
// how many there may be now.
std::size_t raise_descriptor_limit(std::size_t wanted);

} // namespace gls::web
