#include "unit/aws/credentials/case_secrets.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace gls::aws::test {
namespace {

using simdjson::dom::element;
using Secrets = std::set<std::string>;

// As the files, bodies and environments of the cases spell them.
constexpr std::array secret_names{
    std::string_view{"aws_secret_access_key"},
    std::string_view{"aws_session_token"},
    std::string_view{"aws_container_authorization_token"},
    std::string_view{"secret_access_key"},
    std::string_view{"session_token"},
    std::string_view{"secretaccesskey"},
    std::string_view{"sessiontoken"},
    std::string_view{"token"},
    std::string_view{"accesstoken"},
    std::string_view{"refreshtoken"},
    std::string_view{"clientsecret"},
    std::string_view{"webidentitytoken"},
    std::string_view{"x-aws-ec2-metadata-token"},
    std::string_view{"x-amz-sso_bearer_token"},
    std::string_view{"authorization"},
    std::string_view{"--pin"}, // a program's argument in our own cases
};

bool is_name_char(char c) {
    return is_letter_or_digit(c) || c == '_' || c == '-';
}

bool is_value_char(char c) {
    return !is_blank(c) && c != '"' && c != '\\' && c != '<' && c != '&' && c != ',' && c != '}';
}

// In JSON, XML, forms, command lines and the lines of a shared file alike a value follows its name
// after a few of  " : = > \  and blanks.
void scan(std::string_view text, Secrets& secrets) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        while (at < text.size() && is_name_char(text[at]))
            ++at;
        const std::string name = lower_case(text.substr(begin, at - begin));
        if (at == begin) {
            ++at;
            continue;
        }
        if (std::ranges::find(secret_names, name) == secret_names.end()) continue;
        std::size_t from = at;
        while (from < text.size() && std::string_view{"\":=>\\ \t"}.contains(text[from]))
            ++from;
        std::size_t end = from;
        while (end < text.size() && is_value_char(text[end]))
            ++end;
        // A blank alone leads to a value on a command line, to the next word in prose.
        const std::string_view between = text.substr(at, from - at);
        const bool assigns = name.starts_with("--")
                                 ? !between.empty()
                                 : between.find_first_of("\":=>") != between.npos;
        if (assigns && end > from) secrets.emplace(text.substr(from, end - from));
    }
}

void walk(element value, std::string_view name, Secrets& secrets) {
    if (value.is_object()) {
        for (const auto [key, member] : simdjson::dom::object{value}) {
            const bool is_prose = key == "docs" || key == "name" || key == "ErrorContains";
            if (!is_prose) walk(member, key, secrets);
        }
    } else if (value.is_array()) {
        for (const element one : simdjson::dom::array{value})
            walk(one, name, secrets);
    } else if (value.is_string()) {
        const std::string_view content{value};
        const bool is_signature = content.starts_with("AWS4-HMAC-SHA256");
        if (!is_signature &&
            std::ranges::find(secret_names, lower_case(name)) != secret_names.end())
            secrets.emplace(trimmed(content));
        scan(content, secrets);
    }
}

} // namespace

std::set<std::string> secrets_of_case(const fs::path& folder) {
    Secrets secrets;
    for (const auto& entry : fs::recursive_directory_iterator{folder}) {
        if (!entry.is_regular_file()) continue;
        const fs::path& path = entry.path();
        if (path.extension() == ".json") {
            walk(JsonFile{path}.root(), "", secrets);
            continue;
        }
        const std::string content = text_of(path);
        const bool is_token_file = content.find_first_of("[=") == std::string::npos;
        if (is_token_file) secrets.emplace(trimmed(content));
        scan(content, secrets);
    }
    secrets.erase("");
    return secrets;
}

bool shows(std::string_view text, std::string_view secret) {
    constexpr std::size_t unmistakable = 8;
    for (std::size_t at = text.find(secret); at != std::string_view::npos;
         at = text.find(secret, at + 1)) {
        const std::size_t end = at + secret.size();
        const bool is_word = (at == 0 || !is_letter_or_digit(text[at - 1])) &&
                             (end == text.size() || !is_letter_or_digit(text[end]));
        if (is_word || secret.size() >= unmistakable) return true;
    }
    return false;
}

} // namespace gls::aws::test
