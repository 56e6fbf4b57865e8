// The parser's side of schema_test.py: one JSON document (which is YAML, too) a line on standard
// input; for each, on one line, "good" and the settings it means, or "bad" and the problems.
// With --keys: the known keys instead.
#include "settings/known_keys.hpp"
#include "settings/print_yaml.hpp"
#include "settings/read_yaml.hpp"

#include <algorithm>
#include <iostream>
#include <string>
#include <string_view>

using namespace gls::settings;

int main(int count, char** words) {
    if (count == 2 && std::string_view{words[1]} == "--keys") {
        for (const auto& key : known_keys())
            std::cout << key << '\n';
        return 0;
    }
    for (std::string line; std::getline(std::cin, line);) {
        std::string answer;
        if (const auto settings = read_yaml(line)) {
            answer = "good\t" + print_yaml(*settings);
        } else {
            answer = "bad";
            for (const auto& problem : settings.error())
                answer += '\t' + text_of(problem, "document");
        }
        std::ranges::replace(answer, '\n', '|');
        std::cout << answer << '\n';
    }
}
