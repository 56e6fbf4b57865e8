// Formats: proc(5). Times in stat are in clock ticks, since boot for the start.
#include "metrics/process.hpp"

#include <charconv>
#include <filesystem>
#include <fstream>
#include <limits>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

namespace gls::metrics {
namespace {

// Field numbers of /proc/self/stat as the manual page counts them; the second, the name, may hold
// blanks and brackets, so counting begins behind its closing one.
constexpr std::size_t utime = 14, stime = 15, starttime = 22, vsize = 23, rss = 24;
constexpr std::size_t first_behind_name = 3;

std::string content(const char* path) {
    std::ifstream file{path};
    return {std::istreambuf_iterator<char>{file}, {}};
}

std::vector<std::string_view> fields_behind_name(std::string_view stat) {
    std::vector<std::string_view> fields;
    stat.remove_prefix(std::min(stat.rfind(')') + 1, stat.size()));
    while (!stat.empty()) {
        stat.remove_prefix(std::min(stat.find_first_not_of(" \n"), stat.size()));
        const auto length = std::min(stat.find_first_of(" \n"), stat.size());
        if (length != 0) fields.push_back(stat.substr(0, length));
        stat.remove_prefix(length);
    }
    return fields;
}

std::optional<std::uint64_t> number(std::string_view text) {
    std::uint64_t value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{}) return std::nullopt;
    return value;
}

std::optional<std::uint64_t> boot_time() {
    const auto stat = content("/proc/stat");
    constexpr std::string_view key{"\nbtime "};
    const auto at = stat.find(key);
    if (at == std::string::npos) return std::nullopt;
    return number(std::string_view{stat}.substr(at + key.size()));
}

class ProcSelf final : public ProcessSource {
public:
    ProcessFigures read() override {
        ProcessFigures figures;
        const auto stat = content("/proc/self/stat");
        const auto fields = fields_behind_name(stat);
        const auto field = [&](std::size_t n) {
            const auto index = n - first_behind_name;
            return index < fields.size() ? number(fields[index]) : std::nullopt;
        };
        if (const auto user = field(utime), system = field(stime); user && system) {
            figures.cpu_seconds = static_cast<double>(*user + *system) / ticks_per_second_;
        }
        if (const auto started = field(starttime); started && boot_time_) {
            figures.start_time_seconds = static_cast<double>(*boot_time_) +
                                         static_cast<double>(*started) / ticks_per_second_;
        }
        figures.virtual_bytes = field(vsize);
        if (const auto pages = field(rss)) figures.resident_bytes = *pages * page_bytes_;
        figures.open_fds = open_fds();
        figures.max_fds = max_fds();
        return figures;
    }

private:
    static std::optional<std::uint64_t> open_fds() {
        std::error_code error;
        std::uint64_t count = 0;
        for (std::filesystem::directory_iterator each{"/proc/self/fd", error}, end;
             !error && each != end; each.increment(error)) {
            ++count;
        }
        if (error || count == 0) return std::nullopt;
        return count - 1; // without the one that the counting itself opens
    }

    static std::optional<double> max_fds() {
        rlimit limit{};
        if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return std::nullopt;
        if (limit.rlim_cur == RLIM_INFINITY) return std::numeric_limits<double>::infinity();
        return static_cast<double>(limit.rlim_cur);
    }

    const double ticks_per_second_{static_cast<double>(sysconf(_SC_CLK_TCK))};
    const std::uint64_t page_bytes_{static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE))};
    const std::optional<std::uint64_t> boot_time_{boot_time()};
};

} // namespace

std::unique_ptr<ProcessSource> proc_self() {
    return std::make_unique<ProcSelf>();
}

} // namespace gls::metrics
