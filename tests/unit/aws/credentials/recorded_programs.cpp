#include "unit/aws/credentials/recorded_programs.hpp"

#include <array>
#include <cstdio>
#include <utility>

namespace gls::aws::test {
namespace {

using simdjson::dom::element;

ProgramOutput run_in_shell(const std::string& line) {
    ProgramOutput output;
    std::FILE* const pipe = ::popen(line.c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::array<char, 512> chunk{};
    for (std::size_t size = 0; (size = std::fread(chunk.data(), 1, chunk.size(), pipe)) > 0;)
        output.standard_output.append(chunk.data(), size);
    output.exit_code = ::pclose(pipe) == 0 ? 0 : 1;
    return output;
}

} // namespace

Task<Result<ProgramOutput>> ShellPrograms::run(std::vector<std::string> arguments,
                                               ProgramLimits /*limits*/) {
    std::string line;
    for (const auto& argument : arguments)
        line += argument + ' ';
    co_return run_in_shell(line);
}

RecordedPrograms::RecordedPrograms(const fs::path& program) {
    const JsonFile file{program};
    for (const element argument : file.root()["arguments"].get_array())
        expected_.emplace_back(std::string_view{argument});
    output_.exit_code = static_cast<int>(number(file.root()["exit_code"]));
    output_.standard_output = text(file.root()["output"]);
}

Task<Result<ProgramOutput>> RecordedPrograms::run(std::vector<std::string> arguments,
                                                  ProgramLimits /*limits*/) {
    CHECK(arguments == expected_);
    co_return output_;
}

std::unique_ptr<Programs> programs_of_case(const fs::path& folder) {
    const fs::path program = folder / "program.json";
    if (fs::exists(program)) return std::make_unique<RecordedPrograms>(program);
    return std::make_unique<ShellPrograms>();
}

} // namespace gls::aws::test
