// The one coroutine type of the daemon.
//
// A trap of GCC 12 beside those of EXAMPLES: a co_await inside the condition of an if, while or ?:
// resumes a broken frame at every optimisation level (crash, or a wrong branch). Name the value
// first: `const bool slept = co_await clock.sleep_for(d); if (!slept) ...`, or in an
// if-initialiser: `if (const bool slept = co_await clock.sleep_for(d); !slept) ...`. Both are safe.
#pragma once

#include <boost/asio/awaitable.hpp>

namespace gls {

template <class T = void>
using Task = boost::asio::awaitable<T>;

} // namespace gls
