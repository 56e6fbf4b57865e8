#include "aws/credentials/command_line.hpp"

#include "base/ascii.hpp"

#include <optional>
#include <utility>

namespace gls::aws {

Result<std::vector<std::string>> split_command_line(std::string_view text) {
    std::vector<std::string> arguments;
    std::optional<std::string> argument; // "" in quotes is an argument too
    char quote = '\0';
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        const bool escapes = c == '\\' && quote != '\'';
        if (escapes) {
            if (at + 1 == text.size()) return fail(ErrorKind::invalid_input, "ends in a backslash");
            const char next = text[at + 1];
            if (!argument) argument.emplace();
            // Inside double quotes a backslash keeps its own meaning before other characters.
            if (quote == '"' && next != '"' && next != '\\') *argument += c;
            *argument += next;
            ++at;
        } else if (quote != '\0') {
            if (c == quote) {
                quote = '\0';
            } else {
                *argument += c;
            }
        } else if (c == '"' || c == '\'') {
            quote = c;
            if (!argument) argument.emplace();
        } else if (is_blank(c)) {
            if (argument) arguments.push_back(std::move(*argument));
            argument.reset();
        } else {
            if (!argument) argument.emplace();
            *argument += c;
        }
    }
    if (quote != '\0') return fail(ErrorKind::invalid_input, "has a quote that is not closed");
    if (argument) arguments.push_back(std::move(*argument));
    if (arguments.empty()) return fail(ErrorKind::invalid_input, "names no program");
    return arguments;
}

} // namespace gls::aws
