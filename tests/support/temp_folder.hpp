// A folder of its own for real files; it goes with all that is in it.
#pragma once

#include <cstdlib>
#include <filesystem>
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

    [[nodiscard]] std::string file(const std::string& name) const { return path_ + "/" + name; }

private:
    std::string path_;
};

} // namespace gls::test
