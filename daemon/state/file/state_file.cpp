#include "state/file/state_file.hpp"

#include "state/file/schema.hpp"

#include <filesystem>
#include <utility>

namespace gls::state::file {

namespace {

namespace fs = std::filesystem;

std::unexpected<Error> refused(const std::string& path, const std::string& why) {
    return fail(ErrorKind::unavailable, "state file '" + path + "': " + why);
}

// Before SQLite has it: what it would write into without a question.
Result<> check_place(const std::string& path) {
    std::error_code none; // what cannot be told here SQLite will tell
    const auto what = fs::status(path, none).type();
    if (what != fs::file_type::regular && what != fs::file_type::not_found &&
        what != fs::file_type::none)
        return refused(path, "it is not a file; give state.path another name");
    const auto size_of = [&none](const std::string& name) {
        const auto size = fs::file_size(name, none);
        return none ? 0 : size;
    };
    if (size_of(path) == 0 && size_of(path + "-wal") != 0)
        return refused(path, "it is missing or empty, but its log '" + path +
                                 "-wal' is there; restore a copy, or move that away too to begin "
                                 "with an empty state");
    return {};
}

} // namespace

Result<std::unique_ptr<StateFile>> StateFile::open(const std::string& path) {
    if (auto good = check_place(path); !good) return std::unexpected{good.error()};
    auto database = Database::open(path);
    if (!database) return std::unexpected{database.error()};
    std::unique_ptr<StateFile> file{new StateFile{*std::move(database)}};
    if (auto good = file->verify(); !good) return std::unexpected{good.error()};
    if (auto ready = file->prepare(); !ready) return std::unexpected{ready.error()};
    return file;
}

// Reads only.
Result<> StateFile::verify() {
    Database& database = *database_;
    database.touch_nothing_at_close(true);
    if (database.read_only())
        return refused(database.path(),
                       std::string{"it cannot be written; "} + what_must_be_writable);
    // From the first access on nobody else gets in, and what WAL shares with others stays in
    // memory.
    if (auto locked = database.run("PRAGMA locking_mode=EXCLUSIVE; PRAGMA cell_size_check=ON;"
                                   "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-8192");
        !locked)
        return locked;
    const auto tables = database.integer("SELECT count(*) FROM sqlite_schema");
    if (!tables) return std::unexpected{tables.error()};
    if (*tables == 0) return {};
    const auto owner = database.integer("PRAGMA application_id");
    if (!owner) return std::unexpected{owner.error()};
    if (*owner != application_id)
        return refused(database.path(),
                       "it is a database of another program; give state.path another name");
    const auto version = database.integer("PRAGMA user_version");
    if (!version) return std::unexpected{version.error()};
    if (*version > schema_version)
        return refused(database.path(),
                       "its version " + std::to_string(*version) +
                           " is newer than this program's " + std::to_string(schema_version) +
                           "; run the newer exporter, or move the file away to begin "
                           "with an empty state");
    const auto check = database.text("PRAGMA quick_check(1)");
    if (!check) return std::unexpected{check.error()};
    if (*check != "ok")
        return refused(database.path(),
                       "it is damaged (" + *check +
                           "); restore a copy, or move it away to begin with an empty "
                           "state");
    return {};
}

Result<> StateFile::prepare() {
    Database& database = *database_;
    const auto mode = database.text("PRAGMA journal_mode=WAL");
    if (!mode) return std::unexpected{mode.error()};
    if (*mode != "wal")
        return refused(database.path(), "its file system does not take write-ahead logs");
    if (auto set = database.run("PRAGMA synchronous=FULL; PRAGMA journal_size_limit=1048576"); !set)
        return set;
    // A log that cannot be written is noticed only when somebody wants to.
    if (auto may = Transaction{database}.commit(); !may) return may;
    const auto version = database.integer("PRAGMA user_version");
    if (!version) return std::unexpected{version.error()};
    if (*version < schema_version) {
        Transaction transaction{database};
        for (auto from = *version; from < schema_version; ++from) {
            if (auto done = database.run(migrations.at(static_cast<std::size_t>(from))); !done)
                return done;
        }
        const auto stamp = "PRAGMA application_id=" + std::to_string(application_id) +
                           "; PRAGMA user_version=" + std::to_string(schema_version);
        if (auto done = database.run(stamp.c_str()); !done) return done;
        if (auto done = transaction.commit(); !done) return done;
    }
    database.touch_nothing_at_close(false);
    return {};
}

Result<std::unique_ptr<TargetRecord>> StateFile::recall(TargetNames names, SessionTable& table) {
    return TargetRecord::recall(*database_, std::move(names), table);
}

} // namespace gls::state::file
