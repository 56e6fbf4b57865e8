#include "app/systemd.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace gls::app {

namespace {

constexpr int first_descriptor = 3;  // SD_LISTEN_FDS_START
constexpr int most_descriptors = 64; // more than any unit of ours opens

template <class Number>
std::optional<Number> number(const Env& env, std::string_view name) {
    const auto text = env.get(name);
    if (!text) return std::nullopt;
    Number value{};
    const auto* const end = text->data() + text->size();
    const auto [rest, error] = std::from_chars(text->data(), end, value);
    if (error != std::errc{} || rest != end) return std::nullopt;
    return value;
}

} // namespace

Result<std::vector<int>> sockets_of_systemd(const Env& env, int self) {
    const auto count = number<int>(env, "LISTEN_FDS").value_or(0);
    if (number<int>(env, "LISTEN_PID") != self || count < 1 || count > most_descriptors) {
        return fail(ErrorKind::unavailable,
                    "--web.systemd-socket: systemd has handed over no socket (LISTEN_PID and "
                    "LISTEN_FDS do not name this process); start it through its .socket unit");
    }
    std::vector<int> descriptors;
    for (int descriptor = first_descriptor; descriptor < first_descriptor + count; ++descriptor) {
        (void)fcntl(descriptor, F_SETFD, FD_CLOEXEC);
        descriptors.push_back(descriptor);
    }
    return descriptors;
}

std::optional<milliseconds> watchdog_of_systemd(const Env& env, int self) {
    const auto limit = number<long long>(env, "WATCHDOG_USEC");
    if (!limit || *limit <= 0) return std::nullopt;
    if (env.get("WATCHDOG_PID") && number<int>(env, "WATCHDOG_PID") != self) return std::nullopt;
    // Half of it, as sd_watchdog_enabled(3) advises.
    return std::max(milliseconds{1}, std::chrono::duration_cast<milliseconds>(
                                         std::chrono::microseconds{*limit / 2}));
}

Notifier::Notifier(const Env& env) : address_{env.get("NOTIFY_SOCKET").value_or("")} {
    const bool is_one = address_.starts_with('/') || address_.starts_with('@');
    if (!is_one || address_.size() >= sizeof(sockaddr_un::sun_path)) address_.clear();
    if (address_.starts_with('@')) address_.front() = '\0';
}

void Notifier::say(std::string_view assignments) const noexcept {
    if (address_.empty()) return;
    const int channel = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (channel < 0) return;
    sockaddr_un to{};
    to.sun_family = AF_UNIX;
    std::memcpy(to.sun_path, address_.data(), address_.size());
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + address_.size());
    (void)sendto(channel, assignments.data(), assignments.size(), MSG_NOSIGNAL,
                 reinterpret_cast<const sockaddr*>(&to), size);
    close(channel);
}

} // namespace gls::app
