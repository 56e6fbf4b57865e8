// SQLite as values: a connection, statements, transactions. The one home of its C interface.
#pragma once

#include "base/result.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace gls::state::file {

// In this order memcmp, and so SQLite, sorts as numbers do.
using Blob = std::array<std::byte, 16>;

// Advice for all that ends in "it cannot be written".
inline constexpr const char* what_must_be_writable =
    "its folder must exist; the folder, the file and its -wal, if there is one, must be writable "
    "for "
    "this user";

class Database;

// Prepared once, run often. Never outlives its database.
class Statement {
public:
    Statement(const Database& database, sqlite3_stmt* raw) : database_{&database}, raw_{raw} {}

    // Runs it to its end with these values in place of its "?": integers, texts, blobs, optionals.
    template <class... Values>
    [[nodiscard]] Result<> run(const Values&... values) {
        int at = 0;
        (put(++at, values), ...);
        return finish();
    }
    // For reading: put the values, then take row after row while next() is true.
    template <class... Values>
    void start(const Values&... values) {
        rewind();
        int at = 0;
        (put(++at, values), ...);
    }
    [[nodiscard]] Result<bool> next();
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::uint64_t number(int column) const { // as it was put
        return static_cast<std::uint64_t>(integer(column));
    }
    [[nodiscard]] std::optional<std::int64_t> integer_or_null(int column) const;
    [[nodiscard]] std::string_view text(int column) const; // until the next step
    [[nodiscard]] std::optional<Blob> blob(int column) const;

private:
    void put(int at, std::int64_t value);
    void put(int at, std::uint64_t value) { put(at, static_cast<std::int64_t>(value)); }
    void put(int at, std::string_view value);
    void put(int at, const std::string& value) { put(at, std::string_view{value}); }
    void put(int at, const Blob& value);
    template <class Value>
    void put(int at, const std::optional<Value>& value) {
        if (value) put(at, *value); // else it stays NULL
    }
    void rewind();
    [[nodiscard]] Result<> finish();

    struct Finalize {
        void operator()(sqlite3_stmt* raw) const noexcept;
    };
    const Database* database_;
    std::unique_ptr<sqlite3_stmt, Finalize> raw_;
};

class Database {
public:
    // Made where it is missing. Errors: unavailable.
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const std::string& path);

    [[nodiscard]] Result<> run(const char* sql); // one or more statements, without results
    [[nodiscard]] Result<Statement> prepare(std::string_view sql) const;
    [[nodiscard]] Result<std::int64_t> integer(const char* sql); // the first column of its one row
    [[nodiscard]] Result<std::string> text(const char* sql);     // likewise

    [[nodiscard]] bool read_only() const;
    // Fails where the file that is open is not the one at its path any more.
    [[nodiscard]] Result<> in_place() const;
    [[nodiscard]] std::int64_t last_row() const; // id of the row put in last
    // Leave the file and what lies beside it as they are when closing.
    void touch_nothing_at_close(bool nothing);
    [[nodiscard]] std::unexpected<Error> failure(int code) const; // what SQLite said last
    [[nodiscard]] const std::string& path() const noexcept { return path_; }

private:
    struct Close {
        void operator()(sqlite3* raw) const noexcept;
    };
    Database(std::string path, sqlite3* raw) : path_{std::move(path)}, raw_{raw} {}

    std::string path_;
    std::unique_ptr<sqlite3, Close> raw_;
};

// All or nothing: without commit() nothing happened. After a failure the rest is left out, and
// commit() tells what it was.
class Transaction {
public:
    explicit Transaction(Database& database);
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();

    template <class... Values>
    void run(Statement& statement, const Values&... values) {
        if (good_) good_ = statement.run(values...);
    }
    [[nodiscard]] bool good() const noexcept { return good_.has_value(); }
    [[nodiscard]] Result<> commit();

private:
    Database& database_;
    Result<> good_;
    bool open_;
};

} // namespace gls::state::file
