#include "app/arguments/arguments.hpp"
#include "app/exit_code.hpp"
#include "app/run.hpp"

#include <cstdio>
#include <exception>
#include <span>
#include <variant>

int main(int argc, char** argv) {
    using namespace gls::app;
    try {
        const std::span<const char* const> words{argv, static_cast<std::size_t>(argc)};
        auto parsed = parse_arguments(words.subspan(words.empty() ? 0 : 1));
        if (auto* arguments = std::get_if<Arguments>(&parsed)) return run(std::move(*arguments));
        const auto& exit = std::get<Exit>(parsed);
        std::fputs(exit.output.c_str(), stdout);
        if (!exit.error.empty()) std::fprintf(stderr, "%s\n", exit.error.c_str());
        return exit.code;
    } catch (const std::exception& escaped) {
        std::fprintf(stderr, "a bug, please report it: %s\n", escaped.what());
        return cannot_start;
    }
}
