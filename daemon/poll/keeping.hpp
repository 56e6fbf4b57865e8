// What of a target outlives the process, and how that goes. After each sweep table and counters are
// written before anything of the sweep is published, so that no event is counted twice; of the
// day's budget some calls are written down before they are made, so that a crash gives none of them
// back. Where the file cannot be written the polling goes on in memory, and the next sweep tries
// again.
#pragma once

#include "base/log.hpp"
#include "poll/budget.hpp"
#include "state/file/target_record.hpp"
#include "state/session_table.hpp"

#include <memory>
#include <optional>
#include <string>

namespace gls::poll {

class Keeping {
public:
    // `record` may be null: what the file has of the target could not be read. Then nothing is
    // written over it, and writable() says so.
    Keeping(std::unique_ptr<state::file::TargetRecord> record, Budget& budget, Log& log,
            std::string target);
    Keeping(const Keeping&) = delete;
    Keeping& operator=(const Keeping&) = delete;
    ~Keeping(); // writes down what of the budget is spent, exactly

    void sweep_committed(state::SessionTable& table, std::optional<std::string> account_id);
    void call_goes();
    // Whose sessions they are, if a sweep has been kept.
    [[nodiscard]] std::optional<std::string> account_id() const;
    [[nodiscard]] bool writable() const noexcept { return writable_; }

private:
    void settle(const Result<>& written);

    std::unique_ptr<state::file::TargetRecord> record_;
    Budget& budget_;
    Log& log_;
    std::string target_;
    bool writable_;
};

} // namespace gls::poll
