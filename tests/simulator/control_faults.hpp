// Fault rules from and to JSON. Pure.
#pragma once

#include "simulator/fault.hpp"
#include "simulator/json_reader.hpp"

#include <string>
#include <vector>

namespace gls::simulator {

// Throws BadControl for anything but a JSON object. `parser` owns what the object points into.
[[nodiscard]] JsonObject parsed_object(simdjson::dom::parser& parser, const std::string& body);
[[nodiscard]] std::vector<Fault> faults_from(simdjson::dom::element list);
[[nodiscard]] std::string json_of(const FaultBook& book);

} // namespace gls::simulator
