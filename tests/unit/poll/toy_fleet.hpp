// GameLift Streams as a model in memory, behind aws::Api and without a socket: a fleet that lives
// by an injected clock, its lists and look-ups as JSON, and every session's past, so that a test
// can say what was true at any time. Not the simulator, which is a program of its own and checks
// far more.
#pragma once

#include "aws/call.hpp"
#include "base/clock.hpp"
#include "base/random.hpp"
#include "streams/session.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <queue>
#include <string>
#include <vector>

namespace gls::test {

struct ToyFleetSettings {
    std::uint64_t listed{60}; // at the start, live ones included
    std::uint64_t live{20};
    double starts_per_minute{2};
    double export_share{0.02};
    double drop_share{0.2};  // connections that are lost and found again
    double brief_share{0.1}; // sessions that live for seconds
    milliseconds retention{std::chrono::hours{2}};
    double failing_share{0}; // calls that end in an error
    milliseconds latency{50};
    std::uint64_t stream_groups{1};
    milliseconds group_life{0}; // then others take their place, and they are deleted; 0: never
    std::uint64_t seed{1};
};

// One status of one session, from an instant on.
struct Past {
    WallTime since;
    streams::Status status;
};

struct ToySession {
    std::uint64_t id{0};
    WallTime created;
    WallTime updated;
    WallTime ends;                   // when it is to leave CONNECTED for good
    std::optional<WallTime> removed; // from the list
    streams::Status status{streams::Status::activating};
    streams::ExportStatus export_status{streams::ExportStatus::none};
    std::vector<Past> past; // kept where `keeps_past`
};

class ToyFleet final : public aws::Api {
public:
    // `gate` may be null. `keeps_past`: for tests that ask for it; a large fleet does without.
    ToyFleet(Clock& clock, ToyFleetSettings settings, aws::CallGate* gate, bool keeps_past);

    Task<Result<aws::Answer>> call(aws::Operation operation) override;

    void live_until(WallTime now); // everything that happens up to then
    // Of each operation from now on: the error that it ends in; none: it works.
    using Breaks = std::function<std::optional<ErrorKind>(const aws::Operation&)>;
    void break_where(Breaks breaks) { breaks_ = std::move(breaks); }
    [[nodiscard]] const std::vector<ToySession>& sessions() const { return sessions_; }
    [[nodiscard]] std::uint64_t calls() const { return calls_; }
    [[nodiscard]] std::uint64_t calls(const std::string& operation) const;

    // Statuses held at some instant of [from, to]; empty where it was not yet, or no longer,
    // listed.
    [[nodiscard]] static std::vector<streams::Status> held(const ToySession& session, WallTime from,
                                                           WallTime to);

private:
    struct Change {
        WallTime at;
        std::uint64_t session;
        bool operator<(const Change& other) const { return at > other.at; } // earliest on top
    };

    void start(WallTime at, bool brief);
    void step(ToySession& session, WallTime at);
    void set(ToySession& session, streams::Status status, WallTime at);
    void next(const ToySession& session, WallTime at, double after_seconds);
    void end(ToySession& session, WallTime at);
    [[nodiscard]] double chance();
    [[nodiscard]] double around(double seconds); // exponential
    [[nodiscard]] std::string group_of(const ToySession& session) const;
    [[nodiscard]] Result<std::string> list(const aws::Operation& operation) const;
    [[nodiscard]] std::string list_groups() const;
    [[nodiscard]] Result<std::string> get(const aws::Operation& operation) const;
    [[nodiscard]] Result<std::string> answer_to(const aws::Operation& operation) const;

    Clock& clock_;
    ToyFleetSettings settings_;
    Breaks breaks_;
    aws::CallGate* gate_;
    bool keeps_past_;
    std::uint64_t state_;
    std::vector<ToySession> sessions_; // in the order of their ids; those removed stay
    std::uint64_t first_listed_{0};    // all before it are removed
    std::priority_queue<Change> changes_;
    WallTime next_start_;
    std::uint64_t calls_{0};
    std::map<std::string, std::uint64_t> calls_by_operation_;
};

} // namespace gls::test
