// How it goes, in a word and a sentence, for one target and for all. Pure.
#pragma once

#include "poll/board.hpp"

#include <string>
#include <string_view>

namespace gls::web {

// From best to worst.
enum class Condition : unsigned char {
    fresh,    // the picture is within its age and the last sweep of each kind succeeded
    starting, // no sweep has ended yet
    late,     // the picture is older than its limit, though no sweep failed
    failing,  // the last sweep of some kind failed
};
[[nodiscard]] std::string_view text_of(Condition condition) noexcept;

struct Verdict {
    Condition condition{Condition::fresh};
    std::string sentence;
};

[[nodiscard]] Verdict verdict_of(const poll::Picture& picture, WallTime now);
// The worst of them, and who else is not fresh.
[[nodiscard]] Verdict verdict_of(const poll::Pictures& pictures, WallTime now);

// An age or a wait as people say it: "850 ms", "12 s", "3 min 5 s", "2 h 10 min", "4 d 3 h".
[[nodiscard]] std::string spoken(milliseconds duration);

} // namespace gls::web
