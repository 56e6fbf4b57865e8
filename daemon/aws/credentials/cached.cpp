#include "aws/credentials/cached.hpp"

#include "base/iso8601.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace gls::aws {
namespace {

namespace asio = boost::asio;

// Keys that look expired as they arrive are AWS's word against our clock, and AWS's counts: they
// are used, and renewed this soon.
constexpr milliseconds trust_against_the_clock{std::chrono::minutes{1}};

// Between two refreshes that AWS's refusals have forced but that bring the same keys again.
constexpr milliseconds vain_refresh_spacing{std::chrono::seconds{10}};

bool same_keys(const Credentials& a, const Credentials& b) {
    return a.access_key_id == b.access_key_id && a.session_token == b.session_token &&
           a.secret_access_key == b.secret_access_key;
}

} // namespace

// While it lives, other callers wait; then they are woken, however the refresh has ended.
class CachedCredentials::Refreshing {
public:
    Refreshing(CachedCredentials& cache, const asio::any_io_executor& executor)
        : cache_{cache}, done_{executor, asio::steady_timer::time_point::max()} {
        cache_.refreshing_ = true;
        cache_.refreshed_ = &done_;
    }
    ~Refreshing() {
        cache_.refreshing_ = false;
        cache_.refreshed_ = nullptr;
        done_.cancel();
    }
    Refreshing(const Refreshing&) = delete;
    Refreshing& operator=(const Refreshing&) = delete;

private:
    CachedCredentials& cache_;
    asio::steady_timer done_;
};

CachedCredentials::CachedCredentials(std::unique_ptr<CredentialsSource> source, Clock& clock,
                                     Random& random, Log& log)
    : source_{std::move(source)}, clock_{clock}, random_{random}, log_{log} {}

CachedCredentials::Need CachedCredentials::need() const {
    if (!current_ || refused_) return Need::must;
    switch (freshness(good_until_, windows_, clock_.now())) {
    case Freshness::fresh:
        return asked_anew_ ? Need::wish : Need::none;
    case Freshness::advisory:
        return Need::wish;
    case Freshness::mandatory:
    case Freshness::expired:
        break;
    }
    return Need::must;
}

bool CachedCredentials::may_try() const {
    return !next_try_ || clock_.steady_now() >= *next_try_;
}

bool CachedCredentials::usable() const {
    return current_ && !refused_ &&
           freshness(good_until_, windows_, clock_.now()) != Freshness::expired;
}

Task<Result<std::shared_ptr<const Credentials>>> CachedCredentials::get() {
    for (;;) {
        const Need needed = need();
        if (needed == Need::none) co_return current_;
        if (needed == Need::wish && (refreshing_ || !may_try())) co_return current_;
        if (refreshing_) {
            co_await wait_for_refresh();
            const auto state = co_await asio::this_coro::cancellation_state;
            if (state.cancelled() != asio::cancellation_type::none) {
                co_return fail(ErrorKind::cancelled,
                               "cancelled while credentials were being renewed");
            }
            continue; // it may have failed, or its caller may have gone away
        }
        if (may_try()) {
            const auto refreshed = co_await refresh();
            if (!refreshed && refreshed.error().kind == ErrorKind::cancelled) {
                co_return std::unexpected{refreshed.error()};
            }
        }
        if (usable()) co_return current_;
        co_return std::unexpected{last_error_};
    }
}

Task<> CachedCredentials::wait_for_refresh() {
    // Bounded by the deadlines of the source that the other caller is asking.
    (void)co_await refreshed_->async_wait(asio::as_tuple(asio::use_awaitable));
}

Task<Result<>> CachedCredentials::refresh() {
    const Refreshing refreshing{*this, co_await asio::this_coro::executor};
    auto loaded = co_await source_->load();
    if (!loaded) {
        if (loaded.error().kind != ErrorKind::cancelled) note_failure(loaded.error());
        co_return std::unexpected{std::move(loaded.error())};
    }
    adopt(std::move(*loaded));
    co_return Result<>{};
}

void CachedCredentials::adopt(Credentials loaded) {
    const WallTime now = clock_.now();
    const bool same = current_ && same_keys(*current_, loaded);
    good_until_ = loaded.expires_at;
    if (good_until_ && *good_until_ <= now) {
        log_.warn("credentials_look_expired",
                  {{"source", loaded.source},
                   {"expired_at", iso8601(*good_until_)},
                   {"action", "used all the same; check this machine's clock"}});
        good_until_ = now + trust_against_the_clock;
    }
    windows_ = good_until_ ? refresh_windows(*good_until_ - now, random_.unit()) : RefreshWindows{};
    forced_in_vain_ = refused_ && same;
    refused_ = asked_anew_ = false;
    failures_ = 0;
    // A source that has nothing newer yet, as IMDS shortly before it rotates, is not asked by every
    // call.
    next_try_.reset();
    if (same) next_try_ = clock_.steady_now() + retry_spacing(1);
    if (forced_in_vain_) next_try_ = clock_.steady_now() + vain_refresh_spacing;
    log_.debug("credentials_loaded", {{"source", loaded.source},
                                      {"expires_at", loaded.expires_at ? iso8601(*loaded.expires_at)
                                                                       : std::string{"never"}}});
    current_ = std::make_shared<const Credentials>(std::move(loaded));
}

void CachedCredentials::note_failure(const Error& error) {
    ++failures_;
    next_try_ = clock_.steady_now() + retry_spacing(failures_);
    last_error_ = error;
    // Where no keys are left the caller hears of it; here it would otherwise pass in silence.
    if (failures_ == 1 && usable()) {
        log_.warn("credentials_refresh_failed",
                  {{"source", current_->source},
                   {"reason", reason_of(error.kind)},
                   {"error", error.message},
                   {"action", "the old keys are used until they expire"}});
    }
}

void CachedCredentials::refused_by_aws(const Credentials& keys) {
    if (!current_ || !same_keys(*current_, keys)) return;
    if (forced_in_vain_ && !may_try()) return;
    refused_ = true;
    next_try_.reset();
}

void CachedCredentials::ask_anew() {
    asked_anew_ = true;
    next_try_.reset();
}

} // namespace gls::aws
