#include "async/together.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>

namespace gls {

namespace {

Task<> work_alone(SharedWork& work) {
    co_await boost::asio::this_coro::throw_if_cancelled(false); // a task of its own
    while (!work.over())
        co_await work.next();
}

} // namespace

Task<> work_off(SharedWork& work, std::size_t workers) {
    using namespace boost::asio::experimental::awaitable_operators;
    co_await boost::asio::this_coro::throw_if_cancelled(false);
    if (workers <= 1) {
        co_await work_alone(work);
    } else {
        co_await (work_alone(work) && work_off(work, workers - 1));
    }
}

} // namespace gls
