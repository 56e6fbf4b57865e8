#include "base/files.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace gls {
namespace {

constexpr std::size_t max_file_bytes = 16U << 20U; // promised in the header

// A descriptor closed at the end of its scope.
class Descriptor {
public:
    explicit Descriptor(int fd) : fd_{fd} {}
    ~Descriptor() { close(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return fd_; }
    // False if the system could not keep what was written.
    bool close() {
        const int fd = std::exchange(fd_, -1);
        return fd < 0 || ::close(fd) == 0;
    }

private:
    int fd_;
};

std::string cause(int error_number) {
    return std::generic_category().message(error_number);
}

bool write_all(int fd, std::string_view rest) {
    while (!rest.empty()) {
        const ssize_t n = ::write(fd, rest.data(), rest.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return false;
        rest.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

std::string folder_of(const std::string& path) {
    const auto slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

class DiskFiles final : public Files {
public:
    [[nodiscard]] Result<std::string> read(const std::string& path) const override;
    Result<> write(const std::string& path, const std::string& content) override;
};

Result<std::string> DiskFiles::read(const std::string& path) const {
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (file.get() < 0) {
        const int error_number = errno;
        const bool absent = error_number == ENOENT || error_number == ENOTDIR;
        return fail(absent ? ErrorKind::not_found : ErrorKind::invalid_input,
                    path + ": " + cause(error_number));
    }
    struct stat status{};
    std::string content;
    if (::fstat(file.get(), &status) == 0 && status.st_size > 0 &&
        std::cmp_less_equal(status.st_size, max_file_bytes))
        content.reserve(static_cast<std::size_t>(status.st_size) + 1);
    // Devices and pipes have no size to ask for: read to the end, or one byte past the limit.
    for (;;) {
        constexpr std::size_t step = 64U << 10U;
        const std::size_t before = content.size();
        content.resize(before + std::min(step, max_file_bytes + 1 - before));
        const ssize_t n = ::read(file.get(), content.data() + before, content.size() - before);
        const int error_number = errno;
        content.resize(before + static_cast<std::size_t>(n > 0 ? n : 0));
        if (n < 0 && error_number == EINTR) continue;
        if (n < 0) return fail(ErrorKind::invalid_input, path + ": " + cause(error_number));
        if (n == 0) return content;
        if (content.size() > max_file_bytes)
            return fail(ErrorKind::invalid_input, path + ": larger than 16 MiB");
    }
}

Result<> DiskFiles::write(const std::string& path, const std::string& content) {
    std::string temporary = path + ".XXXXXX";
    Descriptor file{::mkostemp(temporary.data(), O_CLOEXEC)}; // mkostemp gives mode 0600
    if (file.get() < 0) return fail(ErrorKind::invalid_input, path + ": " + cause(errno));
    // Synced before the rename, so that a crash leaves the old content or the new, never neither.
    const bool written = write_all(file.get(), content) && ::fsync(file.get()) == 0 &&
                         file.close() && ::rename(temporary.c_str(), path.c_str()) == 0;
    if (!written) {
        const int error_number = errno;
        ::unlink(temporary.c_str());
        return fail(ErrorKind::invalid_input, path + ": " + cause(error_number));
    }
    const Descriptor folder{::open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (folder.get() >= 0) ::fsync(folder.get());
    return {};
}

} // namespace

std::unique_ptr<Files> disk_files() {
    return std::make_unique<DiskFiles>();
}

} // namespace gls
