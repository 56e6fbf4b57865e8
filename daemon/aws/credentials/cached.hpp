// Credentials kept until they need renewing, by one refresh at a time that all callers share.
// Belongs to one io_context; it renews inside the get() that first finds the need, so nothing runs
// in the background and nothing outlives its callers.
#pragma once

#include "aws/credentials.hpp"
#include "aws/credentials/refresh_windows.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/random.hpp"

#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <optional>

namespace gls::aws {

class CachedCredentials final : public CredentialsProvider {
public:
    CachedCredentials(std::unique_ptr<CredentialsSource> source, Clock& clock, Random& random,
                      Log& log);

    // Errors: as the source told them, and again until retry_spacing has passed. Keys that still
    // live are given even though renewing them fails. On cancel the refresh passes to the next
    // waiting caller.
    [[nodiscard]] Task<Result<std::shared_ptr<const Credentials>>> get() override;
    void refused_by_aws(const Credentials& keys) override;
    void ask_anew() override;
    [[nodiscard]] std::shared_ptr<const Credentials> current() const override { return current_; }

private:
    enum class Need { none, wish, must };
    class Refreshing;

    [[nodiscard]] Need need() const;
    [[nodiscard]] bool may_try() const;
    [[nodiscard]] bool usable() const;
    [[nodiscard]] Task<> wait_for_refresh();
    [[nodiscard]] Task<Result<>> refresh();
    void adopt(Credentials loaded);
    void note_failure(const Error& error);

    std::unique_ptr<CredentialsSource> source_;
    Clock& clock_;
    Random& random_;
    Log& log_;

    std::shared_ptr<const Credentials> current_;
    std::optional<WallTime> good_until_; // expires_at, as far as our clock can be believed
    RefreshWindows windows_;
    bool refused_{false};        // AWS does not take current_ any more
    bool asked_anew_{false};     // whoever runs the daemon believes that there are others
    bool forced_in_vain_{false}; // the last refresh after a refusal brought the same keys again

    bool refreshing_{false};
    boost::asio::steady_timer* refreshed_{nullptr}; // callers wait here while refreshing_
    unsigned failures_{0};
    std::optional<SteadyTime> next_try_;
    Error last_error_;
};

} // namespace gls::aws
