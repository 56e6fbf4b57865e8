// A disk of a few small files in memory. Keeps count of reads, so that a test can tell a re-read
// from a cached value.
#pragma once

#include "base/files.hpp"

#include <map>
#include <set>
#include <string>
#include <utility>

namespace gls::test {

class FakeFiles final : public Files {
public:
    using Contents = std::map<std::string, std::string, std::less<>>;

    FakeFiles() = default;
    explicit FakeFiles(Contents contents) : contents_{std::move(contents)} {}

    void set(std::string path, std::string content) {
        contents_.insert_or_assign(std::move(path), std::move(content));
    }
    void remove(const std::string& path) { contents_.erase(path); }
    // Reading or writing this path fails as a file without permission does.
    void refuse(std::string path) { refused_.insert(std::move(path)); }
    void refuse_writing(std::string path) { read_only_.insert(std::move(path)); }
    [[nodiscard]] const Contents& contents() const { return contents_; }
    [[nodiscard]] int reads(const std::string& path) const {
        const auto found = reads_.find(path);
        return found == reads_.end() ? 0 : found->second;
    }

    Result<std::string> read(const std::string& path) const override {
        ++reads_[path];
        if (refused_.contains(path))
            return fail(ErrorKind::invalid_input, path + ": Permission denied");
        const auto found = contents_.find(path);
        if (found == contents_.end())
            return fail(ErrorKind::not_found, path + ": No such file or directory");
        return found->second;
    }
    Result<> write(const std::string& path, const std::string& content) override {
        if (refused_.contains(path) || read_only_.contains(path))
            return fail(ErrorKind::invalid_input, path + ": Permission denied");
        set(path, content);
        return {};
    }

private:
    Contents contents_;
    std::set<std::string, std::less<>> refused_;
    std::set<std::string, std::less<>> read_only_;
    mutable std::map<std::string, int, std::less<>> reads_;
};

} // namespace gls::test
