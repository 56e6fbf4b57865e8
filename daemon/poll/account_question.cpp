#include "poll/account_question.hpp"

#include "async/within.hpp"

namespace gls::poll {

namespace {

constexpr seconds patience{10};
constexpr milliseconds pause = std::chrono::minutes{5};

} // namespace

Task<std::optional<std::string>> AccountQuestion::ask() {
    const auto now = clock_.steady_now();
    if (not_before_ && now < *not_before_) co_return std::nullopt;
    not_before_ = now + pause;
    auto question = facts_.account_id();
    auto asked = co_await within(clock_, patience, std::move(question));
    if (asked.ended == Ended::cancelled) co_return std::nullopt;
    Result<std::string> told = fail(ErrorKind::timeout, "STS has not answered in time");
    if (asked.value) told = *std::move(asked.value);
    if (!told) {
        failures_.failed("account", told.error());
        co_return std::nullopt;
    }
    failures_.went_well("account");
    co_return *std::move(told);
}

} // namespace gls::poll
