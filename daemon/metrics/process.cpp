// Formats: proc(5). A scrape asks for these every time, so what changes is read from descriptors
// that stay open, and without /proc/self/stat, for which the kernel walks all threads.
#include "metrics/process.hpp"

#include <array>
#include <charconv>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <limits>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace gls::metrics {
namespace {

std::string content(const char* path) {
    std::ifstream file{path};
    return {std::istreambuf_iterator<char>{file}, {}};
}

std::optional<std::uint64_t> number(std::string_view text) {
    std::uint64_t value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{}) return std::nullopt;
    return value;
}

// The n-th of the fields that blanks keep apart, from 1.
std::string_view field(std::string_view fields, unsigned n) {
    for (; n > 1; --n) {
        const auto blank = fields.find(' ');
        fields.remove_prefix(blank == std::string_view::npos ? fields.size() : blank + 1);
    }
    return fields.substr(0, fields.find_first_of(" \n"));
}

// Unix time; stat tells it in clock ticks since boot.
std::optional<double> start_time() {
    const auto system = content("/proc/stat");
    constexpr std::string_view key{"\nbtime "};
    const auto at = system.find(key);
    const auto self = content("/proc/self/stat");
    // The second field, the name, may hold blanks and brackets: counting begins behind its closing
    // one, and the start is the 22nd.
    const auto name_end = self.rfind(") ");
    if (at == std::string::npos || name_end == std::string::npos) return std::nullopt;
    const auto boot = number(std::string_view{system}.substr(at + key.size()));
    const auto ticks = number(field(std::string_view{self}.substr(name_end + 2), 22 - 2));
    if (!boot || !ticks) return std::nullopt;
    return static_cast<double>(*boot) +
           static_cast<double>(*ticks) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

// Open as long as it lives; -1 where it cannot be opened.
class Descriptor {
public:
    Descriptor(const char* path, int flags) : number_{::open(path, flags | O_CLOEXEC)} {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int number() const noexcept { return number_; }

private:
    int number_;
};

double in_seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

class ProcSelf final : public ProcessSource {
public:
    ProcessFigures read() override {
        ProcessFigures figures;
        figures.start_time_seconds = start_time_;
        if (rusage usage{}; getrusage(RUSAGE_SELF, &usage) == 0)
            figures.cpu_seconds = in_seconds(usage.ru_utime) + in_seconds(usage.ru_stime);
        add_memory(figures);
        figures.open_fds = open_fds();
        figures.max_fds = max_fds();
        return figures;
    }

private:
    // statm counts in pages: all of it, then what is resident.
    void add_memory(ProcessFigures& figures) const {
        std::array<char, 128> text{};
        const auto bytes = ::pread(statm_.number(), text.data(), text.size(), 0);
        if (bytes <= 0) return;
        const std::string_view fields{text.data(), static_cast<std::size_t>(bytes)};
        const auto in_bytes = [this](std::uint64_t pages) { return pages * page_bytes_; };
        figures.virtual_bytes = number(field(fields, 1)).transform(in_bytes);
        figures.resident_bytes = number(field(fields, 2)).transform(in_bytes);
    }

    // Since Linux 6.2 the folder's size is their number; before, it is 0, and they are counted.
    [[nodiscard]] std::optional<std::uint64_t> open_fds() const {
        struct stat status{};
        if (::fstat(fds_.number(), &status) == 0 && status.st_size > 0)
            return static_cast<std::uint64_t>(status.st_size);
        return counted_fds();
    }

    static std::optional<std::uint64_t> counted_fds() {
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

    const std::uint64_t page_bytes_{static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE))};
    const std::optional<double> start_time_{start_time()};
    const Descriptor statm_{"/proc/self/statm", O_RDONLY};
    const Descriptor fds_{"/proc/self/fd", O_RDONLY | O_DIRECTORY};
};

} // namespace

std::unique_ptr<ProcessSource> proc_self() {
    return std::make_unique<ProcSelf>();
}

} // namespace gls::metrics
