// Label texts as small numbers. Past the limit a further text is folded into "other", for good: a
// value once folded stays folded and a value once shown stays shown, so that no counter falls.
// Pure.
#pragma once

#include "streams/session.hpp"

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gls::state {

using LabelId = std::uint16_t;

struct TextHash {
    using is_transparent = void;
    using is_avalanching = void;
    std::size_t operator()(std::string_view text) const noexcept {
        return static_cast<std::size_t>(streams::key_of(text).low);
    }
};

class LabelValues {
public:
    static constexpr LabelId other = 0;         // the texts past the limit
    static constexpr LabelId none = 1;          // "", where a session has no such value
    static constexpr std::size_t most = 65'000; // what a LabelId can number

    explicit LabelValues(std::size_t max_values = most);

    [[nodiscard]] LabelId id_of(std::string_view text); // adds it where it is new
    // Whether it is known or there is room for it: id_of() would not fold it.
    [[nodiscard]] bool takes(std::string_view text) const;
    [[nodiscard]] std::string_view text_of(LabelId id) const noexcept { return texts_[id]; }
    [[nodiscard]] std::size_t size() const noexcept {
        return texts_.size();
    } // "other" and "" included
    [[nodiscard]] std::uint64_t folded() const noexcept { return folded_.size(); } // distinct texts
    void limit(std::size_t max_values) noexcept; // for values to come

    // Hashes of the folded texts, in the order in which they came.
    [[nodiscard]] std::span<const std::uint64_t> folded_hashes() const noexcept {
        return folded_in_order_;
    }
    // From a state that was kept, whatever the limit is now. False: it is there already.
    bool add(std::string_view text);
    bool add_folded(std::uint64_t hash);

private:
    std::size_t max_values_;
    std::vector<std::string> texts_;
    boost::unordered_flat_map<std::string, LabelId, TextHash, std::equal_to<>> ids_;
    boost::unordered_flat_set<std::uint64_t> folded_; // hashes: the texts need not be kept
    std::vector<std::uint64_t> folded_in_order_;
};

enum class LabelKind : std::uint8_t { stream_group, application, location, status_reason };
inline constexpr std::array label_kinds{LabelKind::stream_group, LabelKind::application,
                                        LabelKind::location, LabelKind::status_reason};

struct Labels {
    LabelValues stream_group, application, location, status_reason;

    explicit Labels(std::size_t max_values = LabelValues::most)
        : stream_group{max_values}, application{max_values}, location{max_values},
          status_reason{max_values} {}

    [[nodiscard]] const LabelValues& of(LabelKind kind) const noexcept;
    [[nodiscard]] LabelValues& of(LabelKind kind) noexcept;
};

} // namespace gls::state
