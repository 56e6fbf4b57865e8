// A folder of its own for real files; it goes with all that is in it.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace gls::test {

class TempFolder {
public:
    TempFolder() : path_{(std::filesystem::temp_directory_path() / "gls-XXXXXX").string()} {
        if (mkdtemp(path_.data()) == nullptr) throw std::runtime_error{"no folder " + path_};
    }
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    ~TempFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] std::string file(const std::string& name) const { return path_ + "/" + name; }
    // The path of a new file with this content.
    [[nodiscard]] std::string file(const std::string& name, const std::string& content) const {
        std::ofstream{file(name)} << content;
        return file(name);
    }

private:
    std::string path_;
};

} // namespace gls::test
