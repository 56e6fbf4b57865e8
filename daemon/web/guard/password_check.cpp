#include "web/guard/password_check.hpp"

#include "async/cancelled.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <crypt.h>
#include <memory>
#include <utility>

namespace gls::web {
namespace {

namespace asio = boost::asio;

// Who comes past these is told to come again: a flood of wrong passwords holds up nobody for long
// whose password is known.
constexpr std::size_t most_waiting = 32;
constexpr std::size_t most_known = 1024; // users whose passwords are remembered
constexpr std::size_t key_bytes = 32;

bool is_right(const Secret& password, const std::string& hash) {
    const auto scratch = std::make_unique<crypt_data>(); // 32 KiB
    const char* const made = ::crypt_r(password.reveal().c_str(), hash.c_str(), scratch.get());
    return made != nullptr && hash.size() == std::char_traits<char>::length(made) &&
           ::CRYPTO_memcmp(made, hash.data(), hash.size()) == 0;
}

struct Job {
    Job(const asio::any_io_executor& executor, Secret p, std::string h)
        : ended{executor, asio::steady_timer::time_point::max()}, password{std::move(p)},
          hash{std::move(h)} {}

    asio::steady_timer ended; // does not expire by itself
    Secret password;
    std::string hash;
    bool right{false};
    bool done{false}; // set and read on the asker's thread alone
};

// On the worker; the answer goes back to the asker's thread.
void run(const asio::any_io_executor& asker, std::shared_ptr<Job> job) {
    job->right = is_right(job->password, job->hash);
    asio::post(asker, [job = std::move(job)] {
        job->done = true;
        job->ended.cancel();
    });
}

} // namespace

PasswordCheck::PasswordCheck(Random& random) {
    for (std::size_t i = 0; i < key_bytes; ++i)
        key_ += static_cast<char>(static_cast<int>(random.unit() * 255.999));
}

PasswordCheck::~PasswordCheck() {
    if (!worker_) return;
    worker_->stop(); // those that wait for their turn are dropped
    worker_->join();
}

std::string PasswordCheck::digest(const Secret& password, const std::string& hash) const {
    const std::string text = hash + password.reveal(); // all hashes have one length
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned int size = 0;
    ::HMAC(::EVP_sha256(), key_.data(), static_cast<int>(key_.size()),
           reinterpret_cast<const unsigned char*>(text.data()), text.size(), bytes.data(), &size);
    return {bytes.begin(), bytes.begin() + size};
}

Task<PasswordCheck::Outcome> PasswordCheck::check(Secret password, std::string hash) {
    auto remembered = digest(password, hash);
    if (known_.contains(remembered)) co_return Outcome::right;
    if (waiting_ >= most_waiting) co_return Outcome::busy;

    const auto executor = co_await asio::this_coro::executor;
    const auto job = std::make_shared<Job>(executor, std::move(password), std::move(hash));
    const auto work = asio::make_work_guard(executor);
    if (!worker_) worker_ = std::make_unique<asio::thread_pool>(1);
    asio::post(*worker_, [executor, shared = job]() mutable { run(executor, std::move(shared)); });
    ++waiting_;
    bool stop = false;
    while (!job->done && !stop) {
        (void)co_await job->ended.async_wait(asio::as_tuple(asio::use_awaitable));
        stop = co_await cancelled();
    }
    --waiting_;
    if (!job->done) co_return Outcome::busy;
    if (!job->right) co_return Outcome::wrong;
    if (known_.size() >= most_known) known_.clear();
    known_.insert(std::move(remembered));
    co_return Outcome::right;
}

} // namespace gls::web
