// The control calls under /_simulator/: plain JSON in and out (README.md has the shapes).
#pragma once

#include "simulator/http.hpp"
#include "simulator/world.hpp"

#include <string>

namespace gls::simulator {

class Control {
public:
    explicit Control(World& world) : world_(world) {}
    [[nodiscard]] Reply answer(const Request& request);

private:
    [[nodiscard]] std::string body_of(const Request& request);
    [[nodiscard]] std::string calls();
    [[nodiscard]] std::string clock(const Request& request);
    [[nodiscard]] std::string fleet(const Request& request);
    [[nodiscard]] std::string faults(const Request& request);
    [[nodiscard]] std::string rate_limit(const Request& request);
    [[nodiscard]] std::string credentials(const Request& request);
    World& world_;
};

} // namespace gls::simulator
