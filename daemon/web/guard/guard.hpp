// Who may come in, and how: the web configuration in force, taken up anew when its files change. On
// the serving thread.
#pragma once

#include "base/clock.hpp"
#include "base/files.hpp"
#include "base/log.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "base/task.hpp"
#include "web/guard/password_check.hpp"
#include "web/guard/protection.hpp"
#include "web/guard/rate_limit.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace gls::web {

class Guard {
public:
    // What is passed by reference outlives the guard. `path` none: plain HTTP, everybody. The
    // expiry of the serving certificate goes to `expires` whenever it may have changed; none: no
    // TLS.
    using Expires = std::function<void(std::optional<WallTime>)>;
    Guard(std::optional<std::string> path, const Files& files, Clock& clock, Random& random,
          Log& log, Expires expires);

    // Reads the files, and changes nothing yet: so that a reload of several files is whole or not
    // at all. Errors as read_protection().
    [[nodiscard]] Result<ReadProtection> read() const;
    void take(ReadProtection read);
    // Looks every few seconds whether the files have changed. What cannot be read or is wrong then
    // leaves all as it is, and is logged once; so does what would take TLS or all users away.
    // Ends when cancelled.
    [[nodiscard]] Task<> watch();
    void look(); // once

    [[nodiscard]] const std::shared_ptr<const Protection>& protection() const {
        return protection_;
    }
    [[nodiscard]] bool within_rate(); // takes a token
    enum class Admission : unsigned char { granted, denied, busy };
    [[nodiscard]] Task<Admission> admit(std::string authorization);

private:
    [[nodiscard]] Result<ReadProtection> read_no_weaker() const;
    void tell_expiry();

    std::optional<std::string> path_;
    const Files& files_;
    Clock& clock_;
    Log& log_;
    Expires expires_;
    std::shared_ptr<const Protection> protection_{std::make_shared<const Protection>()};
    Sources sources_;
    RateLimit rate_{RateConfig{}};
    PasswordCheck passwords_;
    std::string told_error_;                           // of the last look that failed
    std::optional<WallTime> told_soon_, told_expired_; // expiries of certificates logged about
};

} // namespace gls::web
