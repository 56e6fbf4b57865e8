// Real child processes, which is what this file is about; the clock is by hand.
#include "aws/credentials/command_line.hpp"
#include "aws/credentials/programs.hpp"
#include "support/manual_clock.hpp"
#include "support/run_coroutine.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace gls::aws::test {
namespace {

using namespace gls::test;

// Waits in real time for the child, so the context is run as a program runs it.
Result<ProgramOutput> run(std::vector<std::string> arguments, ProgramLimits limits = {},
                          milliseconds advance = milliseconds{0}) {
    boost::asio::io_context context;
    ManualClock clock;
    const auto programs = child_programs(clock);
    Result<ProgramOutput> result = fail(ErrorKind::cancelled, "it has not ended");
    boost::asio::co_spawn(
        context, programs->run(std::move(arguments), limits),
        [&](std::exception_ptr, Result<ProgramOutput> output) { result = std::move(output); });
    if (advance.count() > 0) {
        context.poll();
        clock.advance(context, advance);
    }
    context.restart();
    context.run();
    return result;
}

TEST_CASE("what a program prints and how it ends") {
    const auto output = run({"sh", "-c", "echo out; echo err >&2; exit 3"});
    REQUIRE(output);
    CHECK(output->standard_output == "out\n");
    CHECK(output->exit_code == 3);
    CHECK(run({"sh", "-c", "kill -TERM $$"})->exit_code == 128 + 15);
    CHECK(run({"cat"})->standard_output.empty()); // nothing on standard input
}

TEST_CASE("a program that is not there") {
    const auto output = run({"gls-no-such-program"});
    REQUIRE_FALSE(output);
    CHECK(output.error().kind == ErrorKind::not_found);
}

TEST_CASE("a program that prints without end is ended") {
    ProgramLimits limits;
    limits.output_bytes = 10'000;
    const auto output = run({"yes"}, limits);
    REQUIRE_FALSE(output);
    CHECK(output.error().kind == ErrorKind::malformed);
}

TEST_CASE("a program that hangs costs its limit, and its children go with it") {
    ProgramLimits limits;
    limits.time = milliseconds{1000};
    const auto output = run({"sh", "-c", "sleep 1000 & sleep 1000"}, limits, milliseconds{1000});
    REQUIRE_FALSE(output);
    CHECK(output.error().kind == ErrorKind::timeout);
}

TEST_CASE("a command line is taken apart as a shell would, without one") {
    const auto words = [](std::string_view line) {
        const auto split = split_command_line(line);
        return split ? *split : std::vector<std::string>{"<refused>"};
    };
    using Words = std::vector<std::string>;
    CHECK(words("tool --a 'b c' \"d \\\" e\" f\\ g") ==
          Words{"tool", "--a", "b c", "d \" e", "f g"});
    CHECK(words("  tool\t x  ") == Words{"tool", "x"});
    CHECK(words("tool $HOME | `x`") == Words{"tool", "$HOME", "|", "`x`"});
    CHECK(words("tool ''") == Words{"tool", ""});
    CHECK(words("tool 'open") == Words{"<refused>"});
    CHECK(words("   ") == Words{"<refused>"});
}

} // namespace
} // namespace gls::aws::test
