// One commit under way: the readings of a sweep, one by one, against what the table knows.
#pragma once

#include "state/session_table.hpp"

#include <vector>

namespace gls::state {

class SessionTable::Merge {
public:
    Merge(SessionTable& table, Sweep sweep);
    Committed run();

private:
    void meet(const Entry& reading);
    void meet_first(Entry& entry);
    void meet_again(EntryStore::Position at, const Entry& reading);
    void hide_unmet();              // a live sweep
    void remove_and_forget_unmet(); // a full sweep
    void follow(const Entry& entry);
    [[nodiscard]] bool is_hidden(const Entry& entry) const;
    [[nodiscard]] bool is_overtaken(const Entry& reading) const;

    SessionTable& table_;
    Sweep sweep_;
    std::vector<CellId> cells_; // of the sweep -> of the table
    Committed done_;
};

} // namespace gls::state
