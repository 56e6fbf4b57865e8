#include "state/file/database.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace gls::state::file {

namespace {

const char* advice_for(int code) {
    switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return "another process has it open: end that one, or give each daemon a state.path of its "
               "own";
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        return "restore a copy, or move it away to begin with an empty state";
    case SQLITE_FULL:
        return "make room on its file system";
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return what_must_be_writable;
    default:
        return "check its file system";
    }
}

} // namespace

void Statement::Finalize::operator()(sqlite3_stmt* raw) const noexcept {
    sqlite3_finalize(raw);
}

void Statement::put(int at, std::int64_t value) {
    sqlite3_bind_int64(raw_.get(), at, value);
}

// The value outlives the step that reads it.
void Statement::put(int at, std::string_view value) {
    sqlite3_bind_text(raw_.get(), at, value.data(), static_cast<int>(value.size()), SQLITE_STATIC);
}

void Statement::put(int at, const Blob& value) {
    sqlite3_bind_blob(raw_.get(), at, value.data(), static_cast<int>(value.size()), SQLITE_STATIC);
}

void Statement::rewind() {
    sqlite3_reset(raw_.get());
    sqlite3_clear_bindings(raw_.get());
}

Result<> Statement::finish() {
    int code = SQLITE_ROW;
    while (code == SQLITE_ROW)
        code = sqlite3_step(raw_.get());
    Result<> done;
    if (code != SQLITE_DONE) done = database_->failure(code);
    rewind();
    return done;
}

Result<bool> Statement::next() {
    const int code = sqlite3_step(raw_.get());
    if (code == SQLITE_ROW) return true;
    Result<bool> end{false};
    if (code != SQLITE_DONE) end = database_->failure(code);
    rewind();
    return end;
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(raw_.get(), column);
}

std::optional<std::int64_t> Statement::integer_or_null(int column) const {
    if (sqlite3_column_type(raw_.get(), column) == SQLITE_NULL) return std::nullopt;
    return integer(column);
}

std::string_view Statement::text(int column) const {
    const auto* const bytes = sqlite3_column_text(raw_.get(), column);
    if (bytes == nullptr) return {};
    return {reinterpret_cast<const char*>(bytes),
            static_cast<std::size_t>(sqlite3_column_bytes(raw_.get(), column))};
}

std::optional<Blob> Statement::blob(int column) const {
    Blob blob;
    const void* const bytes = sqlite3_column_blob(raw_.get(), column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(raw_.get(), column));
    if (bytes == nullptr || size != blob.size()) return std::nullopt;
    std::memcpy(blob.data(), bytes, blob.size());
    return blob;
}

void Database::Close::operator()(sqlite3* raw) const noexcept {
    sqlite3_close_v2(raw);
}

Result<std::unique_ptr<Database>> Database::open(const std::string& path) {
    sqlite3* raw = nullptr;
    constexpr int flags =
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const int code = sqlite3_open_v2(path.c_str(), &raw, flags, nullptr);
    std::unique_ptr<Database> database{new Database{path, raw}};
    if (code != SQLITE_OK) return database->failure(code);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    return database;
}

Result<> Database::run(const char* sql) {
    const int code = sqlite3_exec(raw_.get(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return failure(code);
    return {};
}

Result<Statement> Database::prepare(std::string_view sql) const {
    sqlite3_stmt* raw = nullptr;
    const int code = sqlite3_prepare_v3(raw_.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
    if (code != SQLITE_OK) return failure(code);
    return Statement{*this, raw};
}

Result<std::int64_t> Database::integer(const char* sql) {
    auto statement = prepare(sql);
    if (!statement) return std::unexpected{statement.error()};
    const auto row = statement->next();
    if (!row) return std::unexpected{row.error()};
    return *row ? statement->integer(0) : 0;
}

Result<std::string> Database::text(const char* sql) {
    auto statement = prepare(sql);
    if (!statement) return std::unexpected{statement.error()};
    const auto row = statement->next();
    if (!row) return std::unexpected{row.error()};
    return *row ? std::string{statement->text(0)} : std::string{};
}

bool Database::read_only() const {
    return sqlite3_db_readonly(raw_.get(), "main") == 1;
}

Result<> Database::in_place() const {
    int moved = 0;
    sqlite3_file_control(raw_.get(), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    if (moved == 0) return {};
    return fail(
        ErrorKind::unavailable,
        "state file '" + path_ +
            "': it was moved or removed while in use; put it back, or restart the exporter, "
            "which begins with what lies there then");
}

std::int64_t Database::last_row() const {
    return sqlite3_last_insert_rowid(raw_.get());
}

void Database::touch_nothing_at_close(bool nothing) {
    sqlite3_db_config(raw_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, nothing ? 1 : 0, nullptr);
}

std::unexpected<Error> Database::failure(int code) const {
    std::string message = "state file '" + path_ + "': ";
    message.append(raw_ ? sqlite3_errmsg(raw_.get()) : sqlite3_errstr(code));
    return fail(ErrorKind::unavailable, std::move(message.append("; ").append(advice_for(code))));
}

Transaction::Transaction(Database& database)
    : database_{database}, good_{database.in_place()}, open_{false} {
    if (good_) good_ = database.run("BEGIN IMMEDIATE");
    open_ = good_.has_value();
}

Transaction::~Transaction() {
    // Where SQLite has rolled back by itself this finds nothing to do, and says so in vain.
    if (open_) (void)database_.run("ROLLBACK");
}

Result<> Transaction::commit() {
    if (good_) good_ = database_.run("COMMIT");
    if (good_) open_ = false;
    return good_;
}

} // namespace gls::state::file
