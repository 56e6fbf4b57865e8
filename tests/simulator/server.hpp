// Carries requests and replies over loopback TCP, plain or TLS, on one thread.
#pragma once

#include "simulator/simulator.hpp"

#include <expected>
#include <functional>
#include <string>

namespace gls::simulator {

// Serves until SIGTERM or SIGINT. `listening` is told the URL once the port is open. What stands in
// the way of serving (address, certificate) comes back as one sentence.
[[nodiscard]] std::expected<void, std::string>
serve(Simulator& simulator, const Settings& settings,
      const std::function<void(const std::string& url)>& listening);

} // namespace gls::simulator
