#include "state/file/schema.hpp"

#include "state/known_labels.hpp"
#include "state/labels.hpp"
#include "state/ledger.hpp"
#include "streams/session.hpp"

namespace gls::state::file {

// Times are milliseconds of the Unix epoch, NULL where not known. sessions.flags are those of
// target_record.cpp; rows lie in the order of their keys, without a second index.
const std::array<const char*, 1> migrations{R"(
CREATE TABLE targets(
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, region TEXT NOT NULL, account_id TEXT,
    born_at INTEGER NOT NULL, live_as_of INTEGER, full_as_of INTEGER,
    spent_day INTEGER NOT NULL, spent_calls INTEGER NOT NULL) STRICT;
CREATE TABLE labels(
    target INTEGER, kind INTEGER, id INTEGER, text TEXT NOT NULL,
    PRIMARY KEY(target, kind, id)) STRICT, WITHOUT ROWID;
CREATE TABLE folded(
    target INTEGER, kind INTEGER, place INTEGER, hash INTEGER NOT NULL,
    PRIMARY KEY(target, kind, place)) STRICT, WITHOUT ROWID;
CREATE TABLE cells(
    target INTEGER, id INTEGER, stream_group INTEGER NOT NULL, application INTEGER NOT NULL,
    location INTEGER NOT NULL, status_reason INTEGER NOT NULL, status INTEGER NOT NULL,
    export_status INTEGER NOT NULL,
    PRIMARY KEY(target, id)) STRICT, WITHOUT ROWID;
CREATE TABLE known(
    target INTEGER, kind INTEGER, value INTEGER, presence INTEGER NOT NULL,
    PRIMARY KEY(target, kind, value)) STRICT, WITHOUT ROWID;
CREATE TABLE counters(
    target INTEGER, series INTEGER, value INTEGER NOT NULL,
    PRIMARY KEY(target, series)) STRICT, WITHOUT ROWID;
CREATE TABLE sessions(
    target INTEGER, key BLOB, created INTEGER, updated INTEGER, cell INTEGER NOT NULL,
    flags INTEGER NOT NULL, address TEXT,
    PRIMARY KEY(target, key)) STRICT, WITHOUT ROWID;
)"};

static_assert(migrations.size() == schema_version);

// These numbers are in files: whoever moves one writes a migration.
static_assert(static_cast<int>(streams::Status::activating) == 0 &&
              static_cast<int>(streams::Status::terminated) == 6 &&
              static_cast<int>(streams::Status::error) == 7 &&
              static_cast<int>(streams::Status::unknown) == 8);
static_assert(static_cast<int>(streams::ExportStatus::pending) == 1 &&
              static_cast<int>(streams::ExportStatus::failed) == 3 &&
              static_cast<int>(streams::ExportStatus::unknown) == 4);
static_assert(static_cast<int>(LabelKind::stream_group) == 0 &&
              static_cast<int>(LabelKind::status_reason) == 3);
static_assert(LabelValues::other == 0 && LabelValues::none == 1);
static_assert(static_cast<int>(KnownLabels::Kind::stream_group) == 2 &&
              static_cast<int>(KnownLabels::Presence::absent_at_last_full) == 2);
static_assert(static_cast<int>(Counter::started) == 0 && static_cast<int>(Counter::duration) == 4 &&
              static_cast<int>(Counter::activation_sum) == 7);
static_assert(duration_bounds.size() == 11 && activation_bounds.size() == 11);

} // namespace gls::state::file
