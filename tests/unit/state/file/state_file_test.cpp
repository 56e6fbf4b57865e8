// Which files are taken, which are refused, and that a refused one is left as it is.
#include "kept_table.hpp"
#include "snapshot_text.hpp"
#include "state/file/schema.hpp"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sys/resource.h>

namespace {

using namespace gls;
using namespace gls::test;
using state::file::Database;
using state::file::StateFile;

std::string bytes_of(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

void alter(const std::string& path, const char* sql) {
    auto database = Database::open(path);
    REQUIRE(database);
    REQUIRE((*database)->run(sql));
}

// Its message; "" where it is taken.
std::string refusal(const std::string& path) {
    const auto opened = StateFile::open(path);
    if (opened) return {};
    CHECK(opened.error().kind == ErrorKind::unavailable);
    CHECK(opened.error().message.contains(path));
    return opened.error().message;
}

void refused_untouched(const std::string& path, const char* why) {
    const auto before = bytes_of(path);
    const auto said = refusal(path);
    CHECK_MESSAGE(said.contains(why), said);
    CHECK(bytes_of(path) == before);
}

// No file of this process grows past `bytes` while it lives.
class SmallDisk {
public:
    explicit SmallDisk(rlim_t bytes) {
        getrlimit(RLIMIT_FSIZE, &before_);
        handler_ = std::signal(SIGXFSZ, SIG_IGN);
        const rlimit small{bytes, before_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    ~SmallDisk() {
        setrlimit(RLIMIT_FSIZE, &before_);
        (void)std::signal(SIGXFSZ, handler_);
    }

private:
    rlimit before_{};
    void (*handler_)(int){nullptr};
};

TEST_CASE("a new file is made, and found again") {
    KeptTable kept;
    CHECK_FALSE(kept.record->account_id());
    kept.spent = {std::chrono::sys_days{std::chrono::days{20'000}}, 17};
    REQUIRE(kept.save());
    REQUIRE(kept.open());
    CHECK(kept.record->account_id() == "111122223333");
    CHECK(kept.record->spent() == kept.spent);
    REQUIRE(kept.record->save(state::CallsSpent{kept.spent.day, 33}));
    REQUIRE(kept.open());
    CHECK(kept.record->spent().calls == 33);
}

TEST_CASE("targets are apart: by name, by region, and by account where both are known") {
    KeptTable kept;
    kept.sweep({TestSession{}});
    REQUIRE(kept.save());
    const auto tracked = [&kept](state::file::TargetNames names) {
        kept.names = std::move(names);
        REQUIRE(kept.open());
        return kept.table.counts().tracked;
    };
    CHECK(tracked({"other", "us-west-2", {}}) == 0);
    CHECK(tracked({"prod", "eu-central-1", {}}) == 0);
    CHECK(tracked({"prod", "us-west-2", "999999999999"}) == 0);
    CHECK(tracked({"prod", "us-west-2", "111122223333"}) == 1);
    CHECK(tracked({"prod", "us-west-2", {}}) == 1);
}

TEST_CASE("one process at a time") {
    const KeptTable kept;
    CHECK(refusal(kept.path).contains("another process has it open"));
}

TEST_CASE("a place where no file can be") {
    const TempFolder folder;
    CHECK(refusal(folder.file("no/such/folder")).contains("its folder must exist"));
    std::filesystem::create_directory(folder.file("folder"));
    CHECK(refusal(folder.file("folder")).contains("not a file"));
    CHECK(refusal("/dev/null").contains("not a file"));
    CHECK_FALSE(std::filesystem::exists("/dev/null-journal"));
}

TEST_CASE("a log whose file has gone is not taken for a leftover, and not written over") {
    const KeptTable kept;
    const TempFolder folder;
    const auto path = folder.file("state.db");
    std::filesystem::copy_file(kept.path + "-wal", path + "-wal");
    const auto log = bytes_of(path + "-wal");
    REQUIRE_FALSE(log.empty());
    CHECK(refusal(path).contains("its log"));
    std::ofstream{path}.close(); // empty
    refused_untouched(path, "its log");
    CHECK(bytes_of(path + "-wal") == log);
    std::filesystem::remove(path + "-wal");
    CHECK(refusal(path).empty());
}

TEST_CASE("a newer version is refused and left as it is") {
    KeptTable kept;
    REQUIRE(kept.save());
    kept.close();
    alter(kept.path, "PRAGMA user_version=99");
    refused_untouched(kept.path, "newer than this program's");
}

TEST_CASE("another program's database and what is no database are refused and left as they are") {
    const TempFolder folder;
    alter(folder.file("other.db"), "CREATE TABLE notes(text TEXT)");
    refused_untouched(folder.file("other.db"), "another program");
    std::ofstream{folder.file("text")} << std::string(5000, 'x');
    refused_untouched(folder.file("text"), "restore a copy");
}

TEST_CASE("damage anywhere in the file is refused and left as it is") {
    KeptTable kept;
    std::vector<TestSession> sessions(2'000);
    for (std::size_t i = 0; i < sessions.size(); ++i)
        sessions[i].session_id = std::to_string(i);
    kept.sweep(sessions);
    REQUIRE(kept.save());
    kept.close();
    const auto good = bytes_of(kept.path);
    REQUIRE(good.size() > 60'000);
    for (const std::size_t page : {1, 8, 12}) {
        auto bytes = good;
        for (std::size_t i = 0; i < 64; ++i)
            bytes[page * 4096 + i] = static_cast<char>(0xA5);
        std::ofstream{kept.path, std::ios::binary} << bytes;
        refused_untouched(kept.path, "restore a copy");
    }
    std::ofstream{kept.path, std::ios::binary} << good.substr(0, good.size() / 2); // cut short
    refused_untouched(kept.path, "restore a copy");
    std::ofstream{kept.path, std::ios::binary} << good;
    CHECK(kept.open());
}

TEST_CASE("rows that contradict each other are refused") {
    for (const char* const sql :
         {"UPDATE sessions SET cell=9", "UPDATE sessions SET flags=512",
          "UPDATE sessions SET key=x'00'", "UPDATE sessions SET created=-1",
          "UPDATE cells SET location=9", "UPDATE cells SET status=9", "DELETE FROM cells",
          "DELETE FROM labels WHERE kind=2", "UPDATE labels SET id=id+100",
          "UPDATE labels SET kind=kind+9", "UPDATE known SET presence=3",
          "UPDATE known SET value=9", "UPDATE counters SET series=-series-1",
          "INSERT INTO folded VALUES(1, 9, 0, 1)", "UPDATE targets SET full_as_of=-1",
          "UPDATE targets SET live_as_of=1<<60", "UPDATE targets SET born_at=-1",
          "UPDATE targets SET spent_day=1<<60"}) {
        KeptTable kept;
        kept.sweep({TestSession{}});
        REQUIRE(kept.save());
        kept.close();
        alter(kept.path, sql);
        const auto opened = kept.open();
        CHECK_FALSE_MESSAGE(opened.has_value(), sql);
        if (!opened) CHECK(opened.error().message.contains("contradict"));
    }
}

TEST_CASE("a full disk: what could not be written is written later, once") {
    KeptTable kept;
    kept.sweep({TestSession{}});
    REQUIRE(kept.save());
    std::vector<TestSession> sessions(5'000);
    for (std::size_t i = 0; i < sessions.size(); ++i)
        sessions[i].session_id = std::to_string(i);
    kept.sweep(sessions);
    {
        const SmallDisk disk{100'000};
        const auto full = kept.save();
        REQUIRE_FALSE(full);
        CHECK(full.error().message.contains(kept.path));
        CHECK_FALSE(kept.save());
    }
    sessions.pop_back();
    kept.sweep(sessions);
    REQUIRE(kept.save());
    CHECK(kept.table.changes().changed.empty());
    const auto values = kept.table.ledger().values();
    const auto shown = text_of(snapshot_of(kept.table));
    REQUIRE(kept.open());
    CHECK(kept.table.ledger().values() == values);
    CHECK(text_of(snapshot_of(kept.table)) == shown);
}

TEST_CASE("a file that is moved away or replaced while open is not written behind one's back") {
    KeptTable kept;
    kept.sweep({TestSession{}});
    REQUIRE(kept.save());
    const auto away = kept.folder.file("away.db");
    std::filesystem::rename(kept.path, away);
    std::ofstream{kept.path} << "another one";
    const auto refused = kept.save();
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.contains("moved or removed while in use"));
    CHECK_FALSE(kept.record->save(state::CallsSpent{}));
    CHECK(bytes_of(kept.path) == "another one");
    std::filesystem::rename(away, kept.path); // put back
    CHECK(kept.save());
}

TEST_CASE("a save writes what has changed and no more") {
    KeptTable kept;
    std::vector<TestSession> sessions(100);
    for (std::size_t i = 0; i < sessions.size(); ++i)
        sessions[i].session_id = std::to_string(i);
    kept.sweep(sessions);
    REQUIRE(kept.save());
    CHECK(kept.table.changes().changed.empty());
    kept.close();
    alter(kept.path, "CREATE TABLE written(counters INTEGER, sessions INTEGER);"
                     "CREATE TRIGGER c AFTER INSERT ON counters BEGIN "
                     "INSERT INTO written VALUES(1, 0); END;"
                     "CREATE TRIGGER s AFTER INSERT ON sessions BEGIN "
                     "INSERT INTO written VALUES(0, 1); END");
    REQUIRE(kept.open());
    sessions[7].status = streams::Status::terminating;
    kept.sweep(sessions);
    CHECK(kept.table.changes().changed.size() == 1);
    REQUIRE(kept.save());
    REQUIRE(kept.save());
    kept.close();
    const auto database = Database::open(kept.path);
    REQUIRE(database);
    CHECK((*database)->integer("SELECT sum(sessions) FROM written") == 1);
    CHECK((*database)->integer("SELECT sum(counters) FROM written") == 1); // the move
}

} // namespace
