// What systemd hands to a service and what it wants to hear from it. Sources: sd_listen_fds(3),
// sd_notify(3), sd_watchdog_enabled(3); the protocols are plain variables and datagrams.
#pragma once

#include "base/env.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gls::app {

// Descriptors of the sockets that were opened for process `self`, closed on exec from now on.
// Error: unavailable, where there are none.
[[nodiscard]] Result<std::vector<int>> sockets_of_systemd(const Env& env, int self);

// How often the watchdog wants to hear; none where it does not watch process `self`.
[[nodiscard]] std::optional<milliseconds> watchdog_of_systemd(const Env& env, int self);

class Notifier {
public:
    explicit Notifier(const Env& env);
    // "READY=1" and the like, one assignment a line. Lost without a word where nobody listens: a
    // service manager that is away is no reason to stop.
    void say(std::string_view assignments) const noexcept;

private:
    std::string address_; // of its socket; a leading NUL for the abstract name space; "" = nobody
};

} // namespace gls::app
