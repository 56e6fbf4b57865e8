// A snapshot as text, to compare two and to show what differs.
#pragma once

#include "state/snapshot.hpp"

#include <string>

namespace gls::test {

inline void put(std::string& text, const std::optional<WallTime>& time) {
    text += ' ';
    text += time ? std::to_string(time->time_since_epoch().count()) : "-";
}

template <std::size_t N>
void put(std::string& text, const std::array<std::uint64_t, N>& counts) {
    for (const std::uint64_t count : counts)
        text += ' ' + std::to_string(count);
}

inline std::string text_of(const state::Snapshot& snapshot) {
    std::string text = "as of";
    put(text, snapshot.live_as_of);
    put(text, snapshot.full_as_of);
    text += "\ntracked " + std::to_string(snapshot.tracked_sessions) + '\n';
    for (const state::LocationRow& row : snapshot.locations) {
        text += row.location;
        put(text, row.sessions);
        text += " exports";
        put(text, row.exports);
        text += " oldest";
        for (const auto& time : row.oldest_created)
            put(text, time);
        text += " /";
        for (const auto& time : row.oldest_updated)
            put(text, time);
        text += '\n';
    }
    for (const state::StreamGroupRow& row : snapshot.stream_groups) {
        text += row.stream_group + ' ' + row.location;
        put(text, row.sessions);
        text += '\n';
    }
    for (const state::ApplicationRow& row : snapshot.applications) {
        text += row.application;
        put(text, row.sessions);
        text += '\n';
    }
    for (const state::StatusReasonRow& row : snapshot.status_reasons)
        text += std::string{streams::text_of(row.status)} + ' ' + row.status_reason + ' ' +
                row.location + ' ' + std::to_string(row.sessions) + '\n';
    return text;
}

} // namespace gls::test
