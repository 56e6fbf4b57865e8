#include "wire/client.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

namespace gls::test {
namespace {

namespace asio = boost::asio;

Task<> keep(aws::Transport& transport, aws::HttpRequest request, aws::Deadlines deadlines,
            std::optional<Answer>& kept) {
    co_await asio::this_coro::throw_if_cancelled(false); // as every task of the daemon has it
    Answer answer = co_await transport.send(std::move(request), deadlines);
    kept.emplace(std::move(answer));
}

void rethrow(const std::exception_ptr& escaped) {
    if (escaped) std::rethrow_exception(escaped);
}

} // namespace

Client::Client(aws::TransportOptions options) {
    auto transport = aws::tls_transport(context_.get_executor(), *clock_, std::move(options));
    REQUIRE(transport.has_value());
    transport_ = std::move(*transport);
}

Client::~Client() = default;

void Client::run_until(const std::function<bool()>& done) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{30};
    while (!done()) {
        REQUIRE(std::chrono::steady_clock::now() < until);
        context_.restart();
        context_.run_one_for(std::chrono::milliseconds{20});
    }
}

Answer Client::send(aws::HttpRequest request, aws::Deadlines deadlines) {
    std::vector<Answer> answers = send_all({std::move(request)}, deadlines);
    return std::move(answers.front());
}

std::vector<Answer> Client::send_all(std::vector<aws::HttpRequest> requests,
                                     aws::Deadlines deadlines) {
    std::vector<std::optional<Answer>> kept(requests.size());
    for (std::size_t i = 0; i < requests.size(); ++i)
        asio::co_spawn(context_, keep(*transport_, std::move(requests[i]), deadlines, kept[i]),
                       rethrow);
    run_until([&] {
        return std::ranges::all_of(kept, [](const auto& answer) { return answer.has_value(); });
    });
    std::vector<Answer> answers;
    for (auto& answer : kept)
        answers.push_back(std::move(*answer));
    return answers;
}

Answer Client::send_and_cancel(aws::HttpRequest request, const std::function<bool()>& when) {
    std::optional<Answer> kept;
    asio::cancellation_signal stop;
    asio::co_spawn(context_, keep(*transport_, std::move(request), {}, kept),
                   asio::bind_cancellation_slot(stop.slot(), rethrow));
    run_until([&] { return kept.has_value() || when(); });
    stop.emit(asio::cancellation_type::terminal);
    run_until([&] { return kept.has_value(); });
    return std::move(*kept);
}

aws::HttpRequest http_get(std::uint16_t port, std::string target) {
    aws::HttpRequest request;
    request.endpoint = {"http", "127.0.0.1", port, ""};
    request.target = std::move(target);
    return request;
}

aws::HttpRequest https_get(std::string host, std::uint16_t port) {
    aws::HttpRequest request;
    request.endpoint = {"https", std::move(host), port, ""};
    return request;
}

} // namespace gls::test
