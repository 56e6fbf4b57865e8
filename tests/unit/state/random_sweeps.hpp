// Random sweeps against the session table and its model at once, in steps: begin, read, look up,
// abandon, commit, of a live and a full sweep that overlap as they like.
#pragma once

#include "table_model.hpp"

#include <cstdint>
#include <optional>
#include <random>
#include <string>

namespace gls::test {

class RandomSweeps {
public:
    RandomSweeps(std::uint64_t seed, std::uint32_t sessions);

    // One random step; "" while table and model agree, else what differs.
    [[nodiscard]] std::string step();
    // Both go on as after a restart: what was under way is lost. `restored` is what was kept of
    // table(); "" where that shows the same.
    [[nodiscard]] std::string restart(state::SessionTable restored);
    [[nodiscard]] state::SessionTable& table() { return table_; }
    [[nodiscard]] static state::TableOptions options();
    [[nodiscard]] std::uint64_t commits() const { return commits_; }
    [[nodiscard]] std::uint64_t events() const { return events_; }

private:
    struct Running {
        state::Sweep sweep;
        ModelSweep model;
    };

    [[nodiscard]] std::uint32_t below(std::uint32_t limit);
    [[nodiscard]] TestSession session(std::uint32_t number); // with values of the moment
    void begin(std::optional<Running>& running, state::SweepKind kind);
    void read(Running& running, std::uint32_t number, state::ReadNumber at);
    void lose(Running& running, std::uint32_t number, state::ReadNumber at);
    [[nodiscard]] std::string look_up_unseen(Running& running);
    [[nodiscard]] std::string commit(std::optional<Running>& running);

    std::mt19937_64 random_;
    std::uint32_t sessions_;
    WallTime now_{milliseconds{1'000'000}};
    state::SessionTable table_;
    TableModel model_;
    std::optional<Running> live_;
    std::optional<Running> full_;
    std::uint64_t commits_{0};
    std::uint64_t events_{0};
};

} // namespace gls::test
