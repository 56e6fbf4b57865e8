#include "app/arguments/arguments.hpp"
#include "app/exit_code.hpp"
#include "app/run.hpp"

#include <cstdio>
#include <exception>
#include <malloc.h>
#include <span>
#include <variant>

namespace {

// glibc begins by giving blocks of 128 KiB a mapping of their own, and raises that with every
// larger one that is freed: documents and sweeps would then leave holes in a heap for each thread,
// and the resident memory of a daemon at rest would wander by many MiB. So it stays as it begins.
void keep_heap_even() {
    constexpr int bytes = 128 * 1024;
    ::mallopt(M_MMAP_THRESHOLD, bytes);
    ::mallopt(M_TRIM_THRESHOLD, bytes);
    ::mallopt(M_ARENA_MAX, 2); // polling and serving
}

} // namespace

int main(int argc, char** argv) {
    using namespace gls::app;
    keep_heap_even();
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
