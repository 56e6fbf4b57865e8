// One target's rows in the state file: read once, at the start; after each sweep what has changed
// is written in one transaction, so that table and counters never tell of different moments.
#pragma once

#include "state/calls_spent.hpp"
#include "state/file/database.hpp"
#include "state/restoration.hpp"
#include "state/session_table.hpp"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gls::state::file {

// Two targets of one name are the same only in the same region, and in the same account where that
// is known of both.
struct TargetNames {
    std::string name;
    std::string region;
    std::optional<std::string> account_id; // where a role tells it
};

class TargetRecord {
public:
    // What is kept goes into `table`, which is new. A target without rows begins with its first
    // save. Errors: unavailable; then the table is of no use.
    [[nodiscard]] static Result<std::unique_ptr<TargetRecord>>
    recall(Database& database, TargetNames names, SessionTable& table);
    ~TargetRecord();
    TargetRecord(const TargetRecord&) = delete;
    TargetRecord& operator=(const TargetRecord&) = delete;

    // As found or as saved last.
    [[nodiscard]] const std::optional<std::string>& account_id() const noexcept {
        return row_.account_id;
    }
    [[nodiscard]] const CallsSpent& spent() const noexcept { return row_.spent; }

    // Where this fails nothing is written and nothing forgotten: the next save makes up for it.
    // Rows say what is, not what to add, so that it does no harm to write one again.
    [[nodiscard]] Result<> save(SessionTable& table, std::optional<std::string> account_id,
                                const CallsSpent& spent);
    [[nodiscard]] Result<> save(const CallsSpent& spent); // that alone

private:
    struct Statements;
    struct Row {                        // of the table `targets`
        std::optional<std::int64_t> id; // none: not there yet
        TableTimes times;
        std::optional<std::string> account_id;
        CallsSpent spent;
    };
    struct Written { // how much of what only grows, and what else was there
        std::array<std::size_t, label_kinds.size()> labels{};
        std::array<std::size_t, label_kinds.size()> folded{};
        std::size_t cells{0};
        std::vector<KnownLabels::Row> known{};
        Ledger::Values counters{};
    };

    TargetRecord(Database& database, TargetNames names, std::unique_ptr<Statements> statements);
    [[nodiscard]] Result<> find();
    [[nodiscard]] Result<> read(SessionTable& table) const;
    [[nodiscard]] static Written all_of(const SessionTable& table);
    [[nodiscard]] Row write(Transaction& transaction, Row row);
    void write_labels(Transaction& transaction, std::int64_t id, const SessionTable& table);
    void write_known(Transaction& transaction, std::int64_t id,
                     const std::vector<KnownLabels::Row>& known);
    void write_counters(Transaction& transaction, std::int64_t id, const Ledger::Values& counters);
    void write_sessions(Transaction& transaction, std::int64_t id, const SessionTable& table);

    Database& database_;
    TargetNames names_;
    Row row_;
    Written written_;
    std::unique_ptr<Statements> statements_;
};

} // namespace gls::state::file
