#include "poll/keeping.hpp"

#include <algorithm>
#include <utility>

namespace gls::poll {

namespace {

// Calls written down ahead: a crash costs the day at most so many, and one write in so many calls
// is all that the budget costs between sweeps.
constexpr std::uint64_t ahead = 16;

} // namespace

Keeping::Keeping(std::unique_ptr<state::file::TargetRecord> record, Budget& budget, Log& log,
                 std::string target)
    : record_{std::move(record)}, budget_{budget}, log_{log}, target_{std::move(target)},
      writable_{record_ != nullptr} {}

Keeping::~Keeping() {
    if (record_ && record_->spent() != budget_.spent()) settle(record_->save(budget_.spent()));
}

std::optional<std::string> Keeping::account_id() const {
    return record_ ? record_->account_id() : std::nullopt;
}

void Keeping::sweep_committed(state::SessionTable& table, std::optional<std::string> account_id) {
    if (!record_) return;
    // What is written down ahead stays so.
    auto spent = budget_.spent();
    if (budget_.per_day() && record_->spent().day == spent.day)
        spent.calls = std::max(spent.calls, record_->spent().calls);
    settle(record_->save(table, std::move(account_id), spent));
}

void Keeping::call_goes() {
    if (!record_ || !budget_.per_day()) return;
    const auto spent = budget_.spent();
    const auto& written = record_->spent();
    if (written.day == spent.day && written.calls >= spent.calls) return;
    settle(record_->save(state::CallsSpent{spent.day, spent.calls + ahead - 1}));
}

void Keeping::settle(const Result<>& written) {
    if (!written && writable_) {
        log_.error("state_not_written",
                   {{"target", target_},
                    {"error", written.error().message},
                    {"action", "polling goes on in memory; every sweep tries again, and nothing is "
                               "lost unless the exporter ends before one succeeds"}});
    }
    if (written && !writable_) log_.info("state_written_again", {{"target", target_}});
    writable_ = written.has_value();
}

} // namespace gls::poll
