#include "base/files.hpp"
#include "support/fake_files.hpp"
#include "support/temp_folder.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <iterator>
#include <string>
#include <sys/stat.h>

namespace {

namespace fs = std::filesystem;
using gls::test::TempFolder;

auto entries_in(const TempFolder& folder) {
    return std::distance(fs::directory_iterator{folder.path()}, fs::directory_iterator{});
}

} // namespace

TEST_CASE("what is written is read back, also when it replaces something") {
    const TempFolder folder;
    const auto files = gls::disk_files();
    const std::string path = folder.file("token");
    for (const std::string& content : {std::string{"first"}, std::string{},
                                       std::string{"a\0b\n", 4}, std::string(200'000, 'x')}) {
        REQUIRE(files->write(path, content).has_value());
        CHECK(files->read(path) == content);
    }
    CHECK(entries_in(folder) == 1); // no temporary is left
}

TEST_CASE("a written file is for its owner alone") {
    const TempFolder folder;
    const std::string path = folder.file("token");
    REQUIRE(gls::disk_files()->write(path, "secret").has_value());
    struct stat status{};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777U) == 0600);
}

TEST_CASE("a missing file is told from one that cannot be read") {
    const TempFolder folder;
    const auto files = gls::disk_files();
    const auto missing = files->read(folder.file("nothing"));
    REQUIRE_FALSE(missing.has_value());
    CHECK(missing.error().kind == gls::ErrorKind::not_found);
    CHECK(missing.error().message == folder.file("nothing") + ": No such file or directory");

    fs::create_directory(folder.file("sub"));
    const auto a_folder = files->read(folder.file("sub"));
    REQUIRE_FALSE(a_folder.has_value());
    CHECK(a_folder.error().kind == gls::ErrorKind::invalid_input);
    CHECK(a_folder.error().message == folder.file("sub") + ": Is a directory");
}

TEST_CASE("sixteen mebibytes are read, one byte more is refused") {
    const TempFolder folder;
    const auto files = gls::disk_files();
    const std::string path = folder.file("large");
    REQUIRE(files->write(path, "").has_value());
    fs::resize_file(path, 16U << 20U);
    const auto largest = files->read(path);
    REQUIRE(largest.has_value());
    CHECK(largest->size() == 16U << 20U);
    fs::resize_file(path, (16U << 20U) + 1);
    const auto too_large = files->read(path);
    REQUIRE_FALSE(too_large.has_value());
    CHECK(too_large.error().kind == gls::ErrorKind::invalid_input);
    CHECK(too_large.error().message == path + ": larger than 16 MiB");
}

TEST_CASE("devices end where they end, or at the limit") {
    const auto files = gls::disk_files();
    CHECK(files->read("/dev/null") == "");
    CHECK_FALSE(files->read("/dev/zero").has_value());
}

TEST_CASE("a write that cannot be done leaves the old file and nothing else") {
    const TempFolder folder;
    const auto files = gls::disk_files();
    CHECK_FALSE(files->write(folder.file("no/such/folder"), "x").has_value());
    fs::create_directory(folder.file("taken"));
    CHECK_FALSE(files->write(folder.file("taken"), "x").has_value()); // a folder has the name
    CHECK(entries_in(folder) == 1);
}

TEST_CASE("FakeFiles refuses, counts and forgets as told") {
    gls::test::FakeFiles files{{{"/a", "1"}}};
    CHECK(files.read("/a") == "1");
    CHECK(files.write("/b", "2").has_value());
    CHECK(files.contents().at("/b") == "2");
    files.refuse("/b");
    CHECK(files.read("/b").error().kind == gls::ErrorKind::invalid_input);
    files.remove("/a");
    CHECK(files.read("/a").error().kind == gls::ErrorKind::not_found);
    CHECK(files.reads("/a") == 2);
}
