// Third-party cases that lie beside the repository and may be absent, and our own that are always
// there.
#pragma once

#include <doctest/doctest.h>
#include <simdjson.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

namespace gls::aws::test {

namespace fs = std::filesystem;

inline std::string text_of(const fs::path& path) {
    std::ifstream file{path, std::ios::binary};
    REQUIRE_MESSAGE(file, "cannot read " << path.string());
    return {std::istreambuf_iterator<char>{file}, {}};
}

// shared/aws/<relative>, or nothing, which is said.
inline std::optional<fs::path> shared(std::string_view relative) {
    fs::path path = fs::path{GLS_SHARED_DIR} / "aws" / relative;
    if (fs::exists(path)) return path;
    std::cout << "skipped: shared/aws/" << relative << " is not present\n";
    return std::nullopt;
}

inline fs::path own(std::string_view relative) {
    return fs::path{GLS_TEST_DATA_DIR} / "aws" / relative;
}

// A case that does not apply, with the reason, for whoever reads the test's output.
inline void left_out(std::string_view name, std::string_view reason) {
    std::cout << "left out: " << name << ": " << reason << '\n';
}

// The parser owns what its elements point to.
class JsonFile {
public:
    explicit JsonFile(const fs::path& path) {
        const simdjson::padded_string content{text_of(path)};
        REQUIRE_MESSAGE(parser_.parse(content).get(root_) == simdjson::SUCCESS,
                        "cannot parse " << path.string());
    }
    [[nodiscard]] const simdjson::dom::element& root() const { return root_; }

private:
    simdjson::dom::parser parser_;
    simdjson::dom::element root_;
};

inline std::string text(simdjson::simdjson_result<simdjson::dom::element> element,
                        std::string fallback = "") {
    std::string_view value;
    return element.get(value) == simdjson::SUCCESS ? std::string{value} : std::move(fallback);
}

inline bool flag(simdjson::simdjson_result<simdjson::dom::element> element) {
    bool value = false;
    return element.get(value) == simdjson::SUCCESS && value;
}

inline double number(simdjson::simdjson_result<simdjson::dom::element> element) {
    double value = 0;
    REQUIRE(element.get(value) == simdjson::SUCCESS);
    return value;
}

inline bool has(simdjson::simdjson_result<simdjson::dom::element> element) {
    simdjson::dom::element value;
    return element.get(value) == simdjson::SUCCESS && !value.is_null();
}

} // namespace gls::aws::test
