// Work of many like pieces, done by several workers at a time on one io_context.
#pragma once

#include "base/task.hpp"

#include <cstddef>

namespace gls {

class SharedWork {
public:
    virtual ~SharedWork() = default;
    [[nodiscard]] virtual bool over() const = 0; // nothing is left to begin, or it is in vain
    [[nodiscard]] virtual Task<> next() = 0;     // begins one piece at once, and ends it
};

// Every worker takes piece after piece until it is over; returns when all have ended theirs. Pieces
// hear of a cancellation themselves, as any await does, and say so in the work.
[[nodiscard]] Task<> work_off(SharedWork& work, std::size_t workers);

} // namespace gls
