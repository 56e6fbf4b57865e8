// Sessions as GameLift Streams writes them. Everything private in them carries SECRET-MARKER, so
// that a search through what a daemon wrote finds any leak. Written straight into the page: this is
// where the simulator spends its time. Pure.
#pragma once

#include "simulator/fleet.hpp"

#include <string>
#include <string_view>

namespace gls::simulator {

// What a fault does to the items that are written.
struct Twist {
    std::string_view unknown_status{}; // in every tenth item
    bool missing_fields{false};        // each item lacks one of its members, in turn
    Millis time_shift{0};
    enum class Times : std::uint8_t { seconds, iso, exponent } times{Times::seconds};
};

class SessionJson {
public:
    SessionJson(const Fleet& fleet, std::string_view account, std::string_view region);

    // StreamSessionSummary. `index` counts the items of the answer.
    void append_summary(std::string& text, const Session& session, const Twist& twist,
                        std::size_t index) const;
    // GetStreamSessionOutput.
    void append_whole(std::string& text, const Session& session, const Twist& twist) const;

private:
    void append_common(std::string& text, const Session& session, const Twist& twist,
                       std::size_t index) const;
    const Fleet& fleet_;
    std::string arn_;     // up to and with "streamsession/"
    std::string app_arn_; // up to and with "application/"
    std::string role_;
};

} // namespace gls::simulator
