// The seam for running a program and reading what it prints. Real: a child process without a shell;
// in tests: prepared output.
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/task.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace gls::aws {

struct ProgramLimits {
    milliseconds time{60'000};
    std::size_t output_bytes{64U << 10U};
};

struct ProgramOutput {
    int exit_code{0}; // 128 + signal where one ended it
    std::string standard_output;
};

class Programs {
public:
    virtual ~Programs() = default;
    // Runs `arguments` (the program first, looked up in PATH) with our environment, nothing on
    // standard input and standard error thrown away. Errors: not_found (no such program, or not
    // executable), timeout, malformed (more output than allowed), unavailable (no process or pipe
    // to be had), cancelled. In every case the program has ended, and been reaped, before this
    // returns.
    [[nodiscard]] virtual Task<Result<ProgramOutput>> run(std::vector<std::string> arguments,
                                                          ProgramLimits limits) = 0;
};

[[nodiscard]] std::unique_ptr<Programs> child_programs(Clock& clock);

} // namespace gls::aws
