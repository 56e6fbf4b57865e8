#include "state/file/statements.hpp"

#include <array>
#include <utility>
#include <vector>

namespace gls::state::file {

Result<std::unique_ptr<TargetRecord::Statements>>
TargetRecord::Statements::prepare(const Database& database) {
    // In the order of the members.
    constexpr std::array texts{
        "INSERT INTO targets(name, region, account_id, born_at, live_as_of, full_as_of, spent_day, "
        "spent_calls) VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
        "UPDATE targets SET account_id=?, born_at=?, live_as_of=?, full_as_of=?, spent_day=?, "
        "spent_calls=? WHERE id=?",
        "REPLACE INTO labels VALUES(?, ?, ?, ?)",
        "REPLACE INTO folded VALUES(?, ?, ?, ?)",
        "REPLACE INTO cells VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
        "REPLACE INTO known VALUES(?, ?, ?, ?)",
        "DELETE FROM known WHERE target=? AND kind=? AND value=?",
        "REPLACE INTO counters VALUES(?, ?, ?)",
        "REPLACE INTO sessions VALUES(?, ?, ?, ?, ?, ?, ?)",
        "DELETE FROM sessions WHERE target=? AND key=?",
    };
    std::vector<Statement> ready;
    for (const char* const text : texts) {
        auto statement = database.prepare(text);
        if (!statement) return std::unexpected{statement.error()};
        ready.push_back(*std::move(statement));
    }
    auto next = ready.begin();
    const auto take = [&next]() -> Statement&& { return std::move(*next++); };
    // Braces: from left to right.
    return std::unique_ptr<Statements>{new Statements{take(), take(), take(), take(), take(),
                                                      take(), take(), take(), take(), take()}};
}

} // namespace gls::state::file
