// Process figures that do not change.
#pragma once

#include "metrics/process.hpp"

namespace gls::test {

class FixedProcess final : public metrics::ProcessSource {
public:
    metrics::ProcessFigures read() override {
        return {1.25, 1'799'999'000.5, 4096, 8192, 12, 1024};
    }
};

} // namespace gls::test
