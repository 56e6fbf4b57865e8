// Whether a password is the one that a bcrypt hash was made of. That takes tens of milliseconds on
// purpose, so it is done on a thread of its own, and what was right once is remembered under a
// keyed digest: a scrape does not cost a bcrypt.
#pragma once

#include "base/random.hpp"
#include "base/secret.hpp"
#include "base/task.hpp"

#include <boost/asio/thread_pool.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <unordered_set>

namespace gls::web {

class PasswordCheck {
public:
    explicit PasswordCheck(Random& random); // draws the key of its digests
    ~PasswordCheck();                       // waits for a check under way
    PasswordCheck(const PasswordCheck&) = delete;
    PasswordCheck& operator=(const PasswordCheck&) = delete;

    enum class Outcome : unsigned char { right, wrong, busy };
    // `busy`: too many checks are waiting already, or the wait was cancelled. On one thread.
    [[nodiscard]] Task<Outcome> check(Secret password, std::string hash);
    void forget() { known_.clear(); } // the users have changed

private:
    [[nodiscard]] std::string digest(const Secret& password, const std::string& hash) const;

    std::string key_;
    std::unordered_set<std::string> known_; // digests of what was right
    std::size_t waiting_{0};
    std::unique_ptr<boost::asio::thread_pool> worker_; // from the first check on
};

} // namespace gls::web
