#include "support/scripted_transport.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/cancellation_type.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <exception>

namespace gls::test {
namespace {

namespace asio = boost::asio;

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_name(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lower, lower);
}

// simdjson reads up to this many bytes past the end; the real transport leaves the same room.
constexpr std::size_t padding = 64;

Task<> wait_for_cancel() {
    const auto state = co_await asio::this_coro::cancellation_state;
    if (state.cancelled() != asio::cancellation_type::none) co_return;
    asio::steady_timer never{co_await asio::this_coro::executor,
                             asio::steady_timer::time_point::max()};
    (void)co_await never.async_wait(asio::as_tuple(asio::use_awaitable));
}

} // namespace

ScriptedTransport::Step& ScriptedTransport::Step::host(std::string host) {
    host_ = std::move(host);
    return *this;
}

ScriptedTransport::Step& ScriptedTransport::Step::header(std::string name, std::string value) {
    headers_.push_back({std::move(name), std::move(value)});
    return *this;
}

ScriptedTransport::Step& ScriptedTransport::Step::body(std::string body) {
    return check(
        [body = std::move(body)](const aws::HttpRequest& request) { CHECK(request.body == body); });
}

ScriptedTransport::Step& ScriptedTransport::Step::check(Check check) {
    checks_.push_back(std::move(check));
    return *this;
}

ScriptedTransport::Step& ScriptedTransport::Step::times(int count) {
    left_ = count;
    return *this;
}

ScriptedTransport::Step& ScriptedTransport::Step::reply(int status, std::string body,
                                                        std::vector<aws::Header> headers) {
    aws::HttpResponse response;
    response.status = status;
    response.headers = std::move(headers);
    response.body = std::move(body);
    answer_ = std::move(response);
    return *this;
}

ScriptedTransport::Step& ScriptedTransport::Step::fail(ErrorKind kind, std::string message) {
    answer_ = gls::fail(kind, std::move(message));
    return *this;
}

ScriptedTransport::Step& ScriptedTransport::Step::never_answer() {
    answers_ = false;
    return fail(ErrorKind::cancelled, "cancelled while waiting for the scripted answer");
}

ScriptedTransport::~ScriptedTransport() {
    // A test that is failing already has its reason; the unused rest would only hide it.
    if (std::uncaught_exceptions() > 0) return;
    for (const Step& step : steps_)
        CHECK_MESSAGE(step.left_ == 0, "never asked for: " << step.method_ << " " << step.target_
                                                           << ", " << step.left_ << " left");
}

ScriptedTransport::Step& ScriptedTransport::expect(std::string method, std::string target) {
    Step& step = expect_any();
    step.method_ = std::move(method);
    step.target_ = std::move(target);
    return step;
}

ScriptedTransport::Step& ScriptedTransport::expect_any() {
    return steps_.emplace_back();
}

bool ScriptedTransport::finished() const {
    return std::ranges::all_of(steps_, [](const Step& step) { return step.left_ == 0; });
}

std::string_view ScriptedTransport::header_of(const aws::HttpRequest& request,
                                              std::string_view name) {
    for (const aws::Header& header : request.headers)
        if (same_name(header.name, name)) return header.value;
    return {};
}

Task<Result<aws::HttpResponse>> ScriptedTransport::send(aws::HttpRequest request, aws::Deadlines) {
    requests_.push_back(request);
    const auto next = std::ranges::find_if(steps_, [](const Step& step) { return step.left_ > 0; });
    if (next == steps_.end()) {
        FAIL_CHECK("not in the script: " << request.method << " " << request.target << " to "
                                         << request.endpoint.host);
        co_return gls::fail(ErrorKind::connection, "not in the script");
    }
    Step& step = *next;
    --step.left_;
    if (!step.method_.empty()) CHECK(request.method == step.method_);
    if (!step.target_.empty()) CHECK(request.target == step.target_);
    if (!step.host_.empty()) CHECK(request.endpoint.host == step.host_);
    for (const aws::Header& header : step.headers_) {
        CAPTURE(header.name);
        CHECK(header_of(request, header.name) == header.value);
    }
    for (const Check& check : step.checks_)
        check(request);
    if (!step.answers_) co_await wait_for_cancel();
    Result<aws::HttpResponse> answer = step.answer_;
    if (answer) answer->body.reserve(answer->body.size() + padding);
    co_return answer;
}

} // namespace gls::test
