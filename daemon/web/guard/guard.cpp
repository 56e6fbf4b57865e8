#include "web/guard/guard.hpp"

#include "base/iso8601.hpp"
#include "web/guard/basic_credentials.hpp"

#include <algorithm>
#include <utility>

namespace gls::web {
namespace {

constexpr seconds between_looks{5};
constexpr std::chrono::days ahead{30}; // of a certificate's end

} // namespace

Guard::Guard(std::optional<std::string> path, const Files& files, Clock& clock, Random& random,
             Log& log, Expires expires)
    : path_{std::move(path)}, files_{files}, clock_{clock}, log_{log}, expires_{std::move(expires)},
      passwords_{random} {}

// A file that is just being written, or that a full disk has cut off, must not let everybody in.
Result<ReadProtection> Guard::read_no_weaker() const {
    auto now = read();
    if (!now) return now;
    const auto& before = protection_->config;
    const auto& config = now->protection->config;
    if ((before.tls && !config.tls) || (!before.users.empty() && config.users.empty()))
        return fail(ErrorKind::invalid_input,
                    *path_ + ": TLS or all users are gone; a reload or a restart takes that up");
    return now;
}

Result<ReadProtection> Guard::read() const {
    if (path_) return read_protection(files_, *path_);
    ReadProtection open_to_all;
    open_to_all.protection = std::make_shared<const Protection>();
    return open_to_all;
}

void Guard::take(ReadProtection read) {
    const auto& config = read.protection->config;
    if (config.users != protection_->config.users) passwords_.forget();
    if (config.rate != rate_.config()) rate_ = RateLimit{config.rate};
    if (config.tls && config.tls->min_version < TlsVersion::tls12) {
        log_.warn("setting_without_effect",
                  {{"key", "tls_server_config.min_version"},
                   {"action", "TLS 1.0 and 1.1 are not spoken; TLS 1.2 is the lowest"}});
    }
    protection_ = std::move(read.protection);
    sources_ = std::move(read.sources);
    told_error_.clear();
    tell_expiry();
}

void Guard::tell_expiry() {
    const auto expires =
        protection_->tls ? std::optional{protection_->tls->certificate_expires} : std::nullopt;
    expires_(expires);
    if (!expires) return;
    const auto now = clock_.now();
    if (*expires <= now) {
        if (std::exchange(told_expired_, expires) == expires) return;
        log_.error("certificate_expired", {{"expired", iso8601(*expires)}});
    } else if (*expires <= now + ahead) {
        if (std::exchange(told_soon_, expires) == expires) return;
        log_.warn("certificate_expires_soon", {{"expires", iso8601(*expires)}});
    }
}

void Guard::look() {
    const auto changed = [this](const auto& source) {
        const auto& [path, content] = source;
        const auto read = files_.read(path);
        return !read || *read != content;
    };
    if (std::ranges::any_of(sources_, changed)) {
        auto now = read_no_weaker();
        if (now) {
            take(*std::move(now));
            log_.info("web_config_reloaded");
        } else if (std::exchange(told_error_, now.error().message) != now.error().message) {
            log_.error("web_config_kept", {{"error", now.error().message},
                                           {"action", "the former one stays in force"}});
        }
    }
    tell_expiry();
}

Task<> Guard::watch() {
    if (!path_) co_return;
    bool going_on = true;
    while (going_on) {
        going_on = co_await clock_.sleep_for(between_looks);
        if (going_on) look();
    }
}

bool Guard::within_rate() {
    return rate_.admits(clock_.steady_now());
}

Task<Guard::Admission> Guard::admit(std::string authorization) {
    const auto protection = protection_; // a reload meanwhile does not change it
    const auto& users = protection->config.users;
    if (users.empty()) co_return Admission::granted;
    auto credentials = basic_credentials(authorization);
    if (!credentials) co_return Admission::denied;
    // An unknown user costs a check as well, so that nobody learns names from the time it takes.
    const auto user = users.find(credentials->user);
    const bool known = user != users.end();
    std::string hash = known ? user->second : users.begin()->second;
    auto outcome = co_await passwords_.check(std::move(credentials->password), std::move(hash));
    if (outcome == PasswordCheck::Outcome::busy) co_return Admission::busy;
    const bool right = known && outcome == PasswordCheck::Outcome::right;
    co_return right ? Admission::granted : Admission::denied;
}

} // namespace gls::web
