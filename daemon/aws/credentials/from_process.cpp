#include "aws/credentials/from_process.hpp"

#include "aws/credentials/command_line.hpp"
#include "aws/credentials/credentials_json.hpp"
#include "aws/credentials/source_error.hpp"

#include <utility>

namespace gls::aws {

Task<Result<Credentials>> program_credentials(Outside outside, Program program, std::string place) {
    const std::string source = place + ": credential_process";
    auto arguments = split_command_line(program.command_line);
    if (!arguments) co_return source_failed(source, std::move(arguments.error()));
    const ProgramLimits limits;
    const auto output = co_await outside.programs.run(std::move(*arguments), limits);
    if (!output) co_return source_failed(source, output.error());
    if (output->exit_code != 0) {
        co_return fail(ErrorKind::credentials, source + " ended with exit code " +
                                                   std::to_string(output->exit_code) +
                                                   ": run it by hand to see why (no shell runs it, "
                                                   "so pipes and built-ins do not work)");
    }
    auto credentials = parse_program_output(output->standard_output);
    if (!credentials)
        co_return source_failed(source + ": its output", std::move(credentials.error()));
    credentials->source = "process";
    if (credentials->account_id.empty()) credentials->account_id = program.account_id;
    co_return credentials;
}

} // namespace gls::aws
