// Every rule about values that have the right type: ranges, forms, and what one key demands of
// another. One message each, that says what would be right. Pure.
#pragma once

#include "settings/settings.hpp"

#include <string>
#include <utility>
#include <vector>

namespace gls::settings {

struct Finding {
    Finding(std::string where, std::string what, std::string other = {}, bool key = false)
        : path{std::move(where)}, message{std::move(what)}, with{std::move(other)},
          about_the_key{key} {}

    std::string path; // "targets[1].region"
    std::string message;
    std::string with;   // the other key of a rule between two
    bool about_the_key; // the name of a label, not its value
};
using Findings = std::vector<Finding>;

[[nodiscard]] Findings check(const Settings& settings); // empty: all is well

// The part about targets, in a file of its own.
void check_targets(const std::vector<Target>& targets, Findings& findings);

} // namespace gls::settings
