// TargetRecord, the reading half.
#include "state/file/session_row.hpp"
#include "state/file/statements.hpp"

#include <string>

namespace gls::state::file {

namespace {

constexpr auto latest_day =
    std::chrono::floor<std::chrono::days>(milliseconds{longest_stamp}); // as for times

std::optional<WallTime> time_in(const Statement& row, int column) {
    return row.integer_or_null(column).transform(
        [](std::int64_t ms) { return WallTime{milliseconds{ms}}; });
}

Cell cell_in(const Statement& row) {
    const auto label = [&row](int column) { return static_cast<LabelId>(row.integer(column)); };
    Cell cell;
    cell.stream_group = label(1);
    cell.application = label(2);
    cell.location = label(3);
    cell.status_reason = label(4);
    cell.status = static_cast<streams::Status>(row.integer(5));
    cell.export_status = static_cast<streams::ExportStatus>(row.integer(6));
    return cell;
}

KnownLabels::Row known_in(const Statement& row) {
    return {static_cast<KnownLabels::Kind>(row.integer(0)),
            static_cast<std::uint32_t>(row.integer(1)),
            static_cast<KnownLabels::Presence>(row.integer(2))};
}

bool restore_session(Restoration& restoration, const Statement& row) {
    Entry entry;
    const auto key = row.blob(0);
    const bool in_range = row.number(1) <= longest_stamp && row.number(2) <= longest_stamp &&
                          row.number(3) <= ~CellId{0};
    if (!key || !in_range || !set_flags(entry, row.number(4))) return false;
    entry.key = key_of(*key);
    entry.created = row.number(1) & longest_stamp;
    entry.updated = row.number(2) & longest_stamp;
    entry.cell = static_cast<CellId>(row.number(3));
    return restoration.session(entry, row.text(5));
}

std::unexpected<Error> contradiction(const Database& database) {
    return fail(ErrorKind::unavailable,
                "state file '" + database.path() +
                    "': its rows contradict each other; restore a copy, or move it away to begin "
                    "with an empty state");
}

// Rows of one table, each into `take`; false from it: damaged.
template <class Take>
Result<> each_row(const Database& database, const char* sql, std::int64_t target, Take take) {
    auto rows = database.prepare(sql);
    if (!rows) return std::unexpected{rows.error()};
    rows->start(target);
    for (;;) {
        const auto more = rows->next();
        if (!more) return std::unexpected{more.error()};
        if (!*more) return {};
        if (take(*rows)) continue;
        return contradiction(database);
    }
}

} // namespace

TargetRecord::TargetRecord(Database& database, TargetNames names,
                           std::unique_ptr<Statements> statements)
    : database_{database}, names_{std::move(names)}, statements_{std::move(statements)} {}

TargetRecord::~TargetRecord() = default;

Result<std::unique_ptr<TargetRecord>> TargetRecord::recall(Database& database, TargetNames names,
                                                           SessionTable& table) {
    auto statements = Statements::prepare(database);
    if (!statements) return std::unexpected{statements.error()};
    std::unique_ptr<TargetRecord> record{
        new TargetRecord{database, std::move(names), *std::move(statements)}};
    record->row_.times.born_at = table.born_at();
    if (auto found = record->find(); !found) return std::unexpected{found.error()};
    if (!record->row_.id) return record;
    if (auto read = record->read(table); !read) return std::unexpected{read.error()};
    record->written_ = all_of(table);
    return record;
}

Result<> TargetRecord::find() {
    auto rows = database_.prepare(
        "SELECT id, account_id, born_at, live_as_of, full_as_of, spent_day, spent_calls "
        "FROM targets WHERE name=?1 AND region=?2 AND "
        "(account_id IS NULL OR ?3 IS NULL OR account_id=?3) ORDER BY id DESC LIMIT 1");
    if (!rows) return std::unexpected{rows.error()};
    rows->start(names_.name, names_.region, names_.account_id);
    const auto found = rows->next();
    if (!found) return std::unexpected{found.error()};
    if (!*found) return {};
    row_.id = rows->integer(0);
    if (!rows->text(1).empty()) row_.account_id = std::string{rows->text(1)};
    row_.times.born_at = WallTime{milliseconds{rows->integer(2)}};
    row_.times.live_as_of = time_in(*rows, 3);
    row_.times.full_as_of = time_in(*rows, 4);
    row_.spent.day = std::chrono::sys_days{std::chrono::days{rows->integer(5)}};
    row_.spent.calls = rows->number(6);
    return {};
}

Result<> TargetRecord::read(SessionTable& table) const {
    Restoration into{table};
    const auto day = row_.spent.day.time_since_epoch();
    if (!into.times(row_.times) || day < std::chrono::days{0} || day > latest_day)
        return contradiction(database_);
    const auto labels = [&into](const Statement& row) {
        const auto kind = row.number(0);
        return kind < label_kinds.size() &&
               into.label(label_kinds.at(kind), row.number(1), row.text(2));
    };
    const auto folded = [&into](const Statement& row) {
        const auto kind = row.number(0);
        return kind < label_kinds.size() && into.folded(label_kinds.at(kind), row.number(1));
    };
    const auto cells = [&into](const Statement& row) {
        return into.cell(row.number(0), cell_in(row));
    };
    const auto known = [&into](const Statement& row) { return into.known(known_in(row)); };
    const auto counters = [&into](const Statement& row) {
        return into.counter(row.number(0), row.number(1));
    };
    const auto sessions = [&into](const Statement& row) { return restore_session(into, row); };

    Result<> done;
    const auto take = [&](const char* sql, const auto& row) {
        if (done) done = each_row(database_, sql, *row_.id, row);
    };
    take("SELECT kind, id, text FROM labels WHERE target=? ORDER BY kind, id", labels);
    take("SELECT kind, hash FROM folded WHERE target=? ORDER BY kind, place", folded);
    take("SELECT id, stream_group, application, location, status_reason, status, export_status "
         "FROM cells WHERE target=? ORDER BY id",
         cells);
    take("SELECT kind, value, presence FROM known WHERE target=?", known);
    take("SELECT series, value FROM counters WHERE target=?", counters);
    take("SELECT key, created, updated, cell, flags, address FROM sessions WHERE target=? "
         "ORDER BY key",
         sessions);
    return done;
}

} // namespace gls::state::file
