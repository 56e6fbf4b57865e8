// The real Programs: a child process of its own process group, started by posix_spawn, read through
// a pipe and waited for through a pidfd, so that nothing blocks the polling thread.
#include "async/within.hpp"
#include "aws/credentials/programs.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

extern "C" {
#include <sys/pidfd.h> // glibc 2.36 forgets to say so itself
}

namespace gls::aws {
namespace {

namespace asio = boost::asio;
constexpr auto reported = asio::as_tuple(asio::use_awaitable);

// A running child; whoever lets go of it has ended and reaped it, and all it started.
class Child {
public:
    Child(const asio::any_io_executor& executor, pid_t pid, int output, int pidfd)
        : output_{executor, output}, exit_{executor, pidfd}, pid_{pid} {}
    ~Child() { static_cast<void>(end()); }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    [[nodiscard]] asio::posix::stream_descriptor& output() noexcept { return output_; }
    [[nodiscard]] asio::posix::stream_descriptor& exit() noexcept { return exit_; }

    // As a shell tells it: 128 + signal where one ended the program.
    int end() {
        if (pid_ <= 0) return exit_code_;
        ::kill(-pid_, SIGKILL); // a child that has ended by itself keeps its own status
        int status = 0;
        while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
        }
        pid_ = -1;
        exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        return exit_code_;
    }

private:
    asio::posix::stream_descriptor output_;
    asio::posix::stream_descriptor exit_;
    pid_t pid_;
    int exit_code_{0};
};

// posix_spawn's two plain structs, freed whatever happens.
struct SpawnSetup {
    posix_spawn_file_actions_t actions{};
    posix_spawnattr_t attributes{};

    explicit SpawnSetup(int output) {
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
        posix_spawnattr_init(&attributes);
        sigset_t none{};
        sigset_t all{};
        sigemptyset(&none);
        sigfillset(&all);
        posix_spawnattr_setsigmask(&attributes, &none);
        posix_spawnattr_setsigdefault(&attributes, &all);
        posix_spawnattr_setpgroup(&attributes, 0);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                                                  POSIX_SPAWN_SETPGROUP);
    }
    ~SpawnSetup() {
        posix_spawn_file_actions_destroy(&actions);
        posix_spawnattr_destroy(&attributes);
    }
    SpawnSetup(const SpawnSetup&) = delete;
    SpawnSetup& operator=(const SpawnSetup&) = delete;
};

std::unexpected<Error> not_started(int number) {
    const bool missing =
        number == ENOENT || number == EACCES || number == ENOTDIR || number == ENOEXEC;
    return fail(missing ? ErrorKind::not_found : ErrorKind::unavailable,
                std::string{"the program cannot be started: "} + std::strerror(number));
}

Result<std::unique_ptr<Child>> start(const asio::any_io_executor& executor,
                                     std::vector<std::string>& arguments) {
    std::vector<char*> argv;
    argv.reserve(arguments.size() + 1);
    for (auto& argument : arguments)
        argv.push_back(argument.data());
    argv.push_back(nullptr);

    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return not_started(errno);
    const SpawnSetup setup{pipe[1]};
    pid_t pid = -1;
    const int failed =
        ::posix_spawnp(&pid, argv[0], &setup.actions, &setup.attributes, argv.data(), environ);
    ::close(pipe[1]);
    if (failed != 0) {
        ::close(pipe[0]);
        return not_started(failed);
    }
    const int pidfd = ::pidfd_open(pid, 0);
    if (pidfd < 0) {
        const int number = errno;
        ::kill(-pid, SIGKILL);
        ::waitpid(pid, nullptr, 0);
        ::close(pipe[0]);
        return not_started(number);
    }
    return std::make_unique<Child>(executor, pid, pipe[0], pidfd);
}

// All it prints, then its end.
Task<Result<std::string>> follow(Child& child, std::size_t most_bytes) {
    std::string output;
    std::array<char, 4096> chunk{};
    for (;;) {
        const auto [error, size] =
            co_await child.output().async_read_some(asio::buffer(chunk), reported);
        if (error == asio::error::eof) break;
        if (error) co_return fail(ErrorKind::unavailable, "the program's output cannot be read");
        output.append(chunk.data(), size);
        if (output.size() > most_bytes) {
            co_return fail(ErrorKind::malformed, "the program printed more than " +
                                                     std::to_string(most_bytes) + " bytes");
        }
    }
    co_await child.exit().async_wait(asio::posix::stream_descriptor::wait_read, reported);
    co_return output;
}

class ChildPrograms final : public Programs {
public:
    explicit ChildPrograms(Clock& clock) : clock_{clock} {}

    Task<Result<ProgramOutput>> run(std::vector<std::string> arguments,
                                    ProgramLimits limits) override {
        if (arguments.empty()) co_return fail(ErrorKind::not_found, "no program is named");
        const auto executor = co_await asio::this_coro::executor;
        auto started = start(executor, arguments);
        if (!started) co_return std::unexpected{std::move(started.error())};
        Child& child = **started;
        auto work = follow(child, limits.output_bytes);
        auto outcome = co_await within(clock_, limits.time, std::move(work));
        const int exit_code = child.end();
        if (outcome.ended == Ended::timed_out) {
            co_return fail(ErrorKind::timeout, "the program took longer than " +
                                                   std::to_string(limits.time.count() / 1000) +
                                                   " s and was ended");
        }
        if (outcome.ended == Ended::cancelled)
            co_return fail(ErrorKind::cancelled, "the program was ended");
        auto& output = *outcome.value;
        if (!output) co_return std::unexpected{std::move(output.error())};
        ProgramOutput result;
        result.exit_code = exit_code;
        result.standard_output = std::move(*output);
        co_return result;
    }

private:
    Clock& clock_;
};

} // namespace

std::unique_ptr<Programs> child_programs(Clock& clock) {
    return std::make_unique<ChildPrograms>(clock);
}

} // namespace gls::aws
