// The one coroutine type of the daemon.
#pragma once

#include <boost/asio/awaitable.hpp>

namespace gls {

template <class T = void>
using Task = boost::asio::awaitable<T>;

} // namespace gls
