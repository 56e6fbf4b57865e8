// TargetRecord, the writing half.
#include "state/file/target_record.hpp"

#include "state/file/session_row.hpp"
#include "state/file/statements.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace gls::state::file {

namespace {

std::optional<std::int64_t> column_of(const std::optional<WallTime>& time) {
    if (!time) return std::nullopt;
    return time->time_since_epoch().count();
}

std::uint64_t column_of(auto number)
    requires std::is_enum_v<decltype(number)>
{
    return static_cast<std::uint64_t>(number);
}

// Each once, in the order in which their rows lie.
std::vector<streams::SessionKey> in_order(std::vector<streams::SessionKey> keys) {
    std::ranges::sort(keys);
    const auto repeated = std::ranges::unique(keys);
    keys.erase(repeated.begin(), repeated.end());
    return keys;
}

} // namespace

Result<> TargetRecord::save(SessionTable& table, std::optional<std::string> account_id,
                            const CallsSpent& spent) {
    Row row = row_;
    row.times = {.born_at = table.born_at(),
                 .live_as_of = table.live_as_of(),
                 .full_as_of = table.full_as_of()};
    if (account_id) row.account_id = std::move(account_id);
    row.spent = spent;
    auto now = all_of(table);

    Transaction transaction{database_};
    row = write(transaction, std::move(row));
    const auto id = row.id.value_or(0);
    write_labels(transaction, id, table);
    write_known(transaction, id, now.known);
    write_counters(transaction, id, now.counters);
    write_sessions(transaction, id, table);
    if (auto done = transaction.commit(); !done) return done;
    row_ = std::move(row);
    written_ = std::move(now);
    table.saved();
    return {};
}

Result<> TargetRecord::save(const CallsSpent& spent) {
    Row row = row_;
    row.spent = spent;
    Transaction transaction{database_};
    row = write(transaction, std::move(row));
    if (auto done = transaction.commit(); !done) return done;
    row_ = std::move(row);
    return {};
}

TargetRecord::Written TargetRecord::all_of(const SessionTable& table) {
    Written all;
    for (std::size_t kind = 0; kind < label_kinds.size(); ++kind) {
        all.labels.at(kind) = table.labels().of(label_kinds.at(kind)).size();
        all.folded.at(kind) = table.labels().of(label_kinds.at(kind)).folded_hashes().size();
    }
    all.cells = table.cells().size();
    all.known = table.known().rows();
    all.counters = table.ledger().values();
    return all;
}

// With its id.
TargetRecord::Row TargetRecord::write(Transaction& transaction, Row row) {
    const auto born_at = row.times.born_at.time_since_epoch().count();
    const auto live_as_of = column_of(row.times.live_as_of);
    const auto full_as_of = column_of(row.times.full_as_of);
    const auto day = std::int64_t{row.spent.day.time_since_epoch().count()};
    if (row.id) {
        transaction.run(statements_->update_target, row.account_id, born_at, live_as_of, full_as_of,
                        day, row.spent.calls, *row.id);
    } else {
        transaction.run(statements_->insert_target, names_.name, names_.region, row.account_id,
                        born_at, live_as_of, full_as_of, day, row.spent.calls);
        if (transaction.good()) row.id = database_.last_row();
    }
    return row;
}

void TargetRecord::write_labels(Transaction& transaction, std::int64_t id,
                                const SessionTable& table) {
    constexpr std::size_t own_texts = 2; // "other" and "": every table has them
    for (std::size_t kind = 0; kind < label_kinds.size(); ++kind) {
        const LabelValues& values = table.labels().of(label_kinds.at(kind));
        for (auto at = std::max(written_.labels.at(kind), own_texts); at < values.size(); ++at)
            transaction.run(statements_->label, id, std::uint64_t{kind}, std::uint64_t{at},
                            values.text_of(static_cast<LabelId>(at)));
        const auto folded = values.folded_hashes();
        for (auto at = written_.folded.at(kind); at < folded.size(); ++at)
            transaction.run(statements_->folded, id, std::uint64_t{kind}, std::uint64_t{at},
                            folded[at]);
    }
    for (auto at = written_.cells; at < table.cells().size(); ++at) {
        const Cell& cell = table.cells()[static_cast<CellId>(at)];
        transaction.run(statements_->cell, id, std::uint64_t{at}, std::uint64_t{cell.stream_group},
                        std::uint64_t{cell.application}, std::uint64_t{cell.location},
                        std::uint64_t{cell.status_reason}, column_of(cell.status),
                        column_of(cell.export_status));
    }
}

void TargetRecord::write_known(Transaction& transaction, std::int64_t id,
                               const std::vector<KnownLabels::Row>& known) {
    std::vector<KnownLabels::Row> rows;
    std::ranges::set_difference(written_.known, known, std::back_inserter(rows));
    for (const auto& row : rows)
        transaction.run(statements_->unknown, id, column_of(row.kind), std::uint64_t{row.value});
    rows.clear();
    std::ranges::set_difference(known, written_.known, std::back_inserter(rows));
    for (const auto& row : rows)
        transaction.run(statements_->known, id, column_of(row.kind), std::uint64_t{row.value},
                        column_of(row.presence));
}

void TargetRecord::write_counters(Transaction& transaction, std::int64_t id,
                                  const Ledger::Values& counters) {
    std::vector<std::pair<std::uint64_t, std::uint64_t>> rows; // what has begun or grown
    for (const auto& [number, value] : counters) {
        const auto written = written_.counters.find(number);
        if (written == written_.counters.end() || written->second != value)
            rows.emplace_back(number, value);
    }
    std::ranges::sort(rows);
    for (const auto& [number, value] : rows)
        transaction.run(statements_->counter, id, number, value);
}

void TargetRecord::write_sessions(Transaction& transaction, std::int64_t id,
                                  const SessionTable& table) {
    for (const auto& key : in_order(table.changes().forgotten))
        transaction.run(statements_->forget, id, key_column(key));
    for (const auto& key : in_order(table.changes().changed)) {
        const Entry* const entry = table.find(key);
        if (entry == nullptr) continue; // forgotten since
        const auto address = table.address_of(key);
        std::optional<std::string_view> kept;
        if (!address.empty()) kept = address;
        transaction.run(statements_->session, id, key_column(key), std::uint64_t{entry->created},
                        std::uint64_t{entry->updated}, std::uint64_t{entry->cell},
                        flags_column(*entry), kept);
    }
}

} // namespace gls::state::file
