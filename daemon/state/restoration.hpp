// A table made again from what was kept of it, row by row. Rows come in the order of the functions
// here; each function returns false where a row contradicts those before it: then what was kept is
// damaged, and the table is to be let go. Pure.
#pragma once

#include "state/session_table.hpp"

#include <string_view>

namespace gls::state {

struct TableTimes {
    WallTime born_at{};
    std::optional<WallTime> live_as_of{};
    std::optional<WallTime> full_as_of{};
};

class Restoration {
public:
    explicit Restoration(SessionTable& table) : table_{table} {} // a new one, and empty

    [[nodiscard]] bool times(const TableTimes& times);
    [[nodiscard]] bool label(LabelKind kind, std::uint64_t id, std::string_view text); // by id
    [[nodiscard]] bool folded(LabelKind kind, std::uint64_t hash); // in their order
    [[nodiscard]] bool cell(std::uint64_t id, const Cell& cell);   // by id
    [[nodiscard]] bool known(const KnownLabels::Row& row);
    [[nodiscard]] bool counter(std::uint64_t number, std::uint64_t value);
    // Its cell's id in `entry.cell`; `read` is not kept.
    [[nodiscard]] bool session(Entry entry, std::string_view address);

private:
    [[nodiscard]] bool has(LabelKind kind, std::uint64_t id) const noexcept {
        return id < table_.labels_.of(kind).size();
    }

    SessionTable& table_;
};

} // namespace gls::state
