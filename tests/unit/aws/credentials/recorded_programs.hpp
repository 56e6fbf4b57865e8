// The program of a recorded case. The SDKs' cases name pipes, which a shell has to run; the daemon
// itself uses none. Ours hold what the program is given and what it prints in program.json.
#pragma once

#include "aws/credentials/programs.hpp"
#include "unit/aws/shared_data.hpp"

namespace gls::aws::test {

class ShellPrograms final : public Programs {
public:
    Task<Result<ProgramOutput>> run(std::vector<std::string> arguments,
                                    ProgramLimits limits) override;
};

class RecordedPrograms final : public Programs {
public:
    explicit RecordedPrograms(const fs::path& program);
    Task<Result<ProgramOutput>> run(std::vector<std::string> arguments,
                                    ProgramLimits limits) override;

private:
    std::vector<std::string> expected_;
    ProgramOutput output_;
};

[[nodiscard]] std::unique_ptr<Programs> programs_of_case(const fs::path& folder);

} // namespace gls::aws::test
