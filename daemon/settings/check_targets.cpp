// Sources: role ARN, external id and session name as STS AssumeRole documents their lengths and
// characters; label names as Prometheus' data model has them.
#include "base/ascii.hpp"
#include "settings/check.hpp"
#include "settings/limits.hpp"
#include "settings/phrase.hpp"
#include "settings/print_yaml.hpp"
#include "settings/problem.hpp"

#include <boost/url/parse.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <string_view>

namespace gls::settings {
namespace {

constexpr std::string_view lower{"abcdefghijklmnopqrstuvwxyz"};
constexpr std::string_view digits{"0123456789"};
constexpr std::string_view word{"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"};

// Labels that the daemon's own families carry (CONTRACT's table) or that Prometheus treats
// specially.
constexpr std::array<std::string_view, 24> taken_labels{"account_id",
                                                        "application",
                                                        "code",
                                                        "compiler",
                                                        "default_application",
                                                        "description",
                                                        "export_status",
                                                        "field",
                                                        "from",
                                                        "kind",
                                                        "label",
                                                        "le",
                                                        "location",
                                                        "operation",
                                                        "path",
                                                        "quantile",
                                                        "reason",
                                                        "region",
                                                        "revision",
                                                        "runtime",
                                                        "source",
                                                        "status",
                                                        "status_reason",
                                                        "stream_class"};
constexpr std::array<std::string_view, 4> more_taken_labels{"stream_group", "target", "to",
                                                            "version"};

bool only(std::string_view text, std::string_view characters, std::string_view more = "") {
    return std::ranges::all_of(text,
                               [&](char c) { return characters.contains(c) || more.contains(c); });
}

// Splits off the front up to `separator`; takes all where there is none.
std::string_view take_part(std::string_view& rest, char separator) {
    const auto end = rest.find(separator);
    const auto part = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return part;
}

// us-west-2, us-gov-east-1, eusc-de-east-1: words, then a number.
bool is_region(std::string_view text) {
    if (text.size() > limits::longest_text) return false;
    const auto last = text.rfind('-');
    if (last == std::string_view::npos) return false;
    const auto number = text.substr(last + 1);
    if (number.empty() || !only(number, digits)) return false;
    std::string_view words = text.substr(0, last);
    if (!words.contains('-') || words.ends_with('-')) return false;
    while (!words.empty()) {
        const auto part = take_part(words, '-');
        if (part.empty() || !only(part, lower)) return false;
    }
    return true;
}

bool is_role_arn(std::string_view text) {
    std::string_view rest = text;
    const bool head = take_part(rest, ':') == "arn";
    const auto partition = take_part(rest, ':');
    const bool service = take_part(rest, ':') == "iam";
    const bool no_region = take_part(rest, ':').empty();
    const auto account = take_part(rest, ':');
    const bool role = rest.starts_with("role/") && rest.size() > 5 && !rest.ends_with('/');
    const bool characters = std::ranges::all_of(rest, [](char c) { return c > 0x20 && c < 0x7F; });
    return head && partition.starts_with("aws") && only(partition, "abcdefghijklmnopqrstuvwxyz-") &&
           service && no_region && account.size() == 12 && only(account, digits) && role &&
           characters && text.size() <= 2048;
}

// What is wrong with the URL; never the URL itself, which may hold a password.
std::string_view url_mistake(std::string_view text) {
    const auto url = boost::urls::parse_uri(text);
    if (!url) return "not a URL; write it as https://host or https://host:port";
    if (url->scheme() != "https" && url->scheme() != "http")
        return "not a web address; begin it with https:// or http://";
    if (url->encoded_host().empty())
        return "has no host; write it as https://host or https://host:port";
    if (url->has_port() && !port_of(std::string_view{url->port().data(), url->port().size()}))
        return "has a port that is none; write 1 to 65535, or leave it out";
    if (url->has_userinfo()) return "holds a user or password, which no endpoint takes; remove it";
    if (url->has_query() || url->has_fragment())
        return "holds a ? or # part, which no endpoint takes; remove it";
    return {};
}

void check_text(const std::string& path, const std::string& text, Findings& findings) {
    if (text.size() > limits::longest_text) {
        findings.push_back({path, phrase("has ", text.size(), " bytes; at most ",
                                         limits::longest_text, " are taken")});
    } else if (std::ranges::any_of(text,
                                   [](char c) { return (c >= 0 && c < 0x20) || c == 0x7F; })) {
        findings.push_back({path, "holds a line break or another control character; remove it"});
    }
}

void check_labels(const std::string& path, const Target& target, Findings& findings) {
    for (const auto& [name, value] : target.labels) {
        const auto here = phrase(path, ".", name);
        const auto wrong_name = [&](std::string message) {
            findings.push_back({here, std::move(message), "", true});
        };
        if (name.empty() || !only(name, word) || digits.contains(name.front())) {
            wrong_name(phrase(
                shown(name), " is not a label name; use letters, digits and _, not a digit first"));
        } else if (name.starts_with("__")) {
            wrong_name(
                "a label name that begins with __ is reserved for Prometheus; choose another");
        } else if (std::ranges::find(taken_labels, name) != taken_labels.end() ||
                   std::ranges::find(more_taken_labels, name) != more_taken_labels.end()) {
            wrong_name("a label that the exporter's own families use; choose another name");
        } else if (name.size() > limits::longest_text) {
            wrong_name(phrase("has ", name.size(), " bytes; at most ", limits::longest_text,
                              " are taken"));
        }
        check_text(here, value, findings);
    }
}

void check_role(const std::string& path, const Target& target, Findings& findings) {
    if (!target.role_arn.empty() && !is_role_arn(target.role_arn)) {
        findings.push_back(
            {path + ".role_arn",
             phrase(shown(target.role_arn),
                    " is not the ARN of a role; write it as arn:aws:iam::111122223333:role/name")});
    }
    const auto& id = target.external_id;
    if (id == hidden) {
        findings.push_back(
            {path + ".external_id",
             "stands for a value that --config.print has hidden; write the real one"});
    } else if (!id.empty() && (id.size() < 2 || id.size() > 1224 || !only(id, word, "+=,.@:/-"))) {
        findings.push_back(
            {path + ".external_id",
             "not an external id that STS takes; use 2 to 1224 letters, digits and _+=,.@:/-"});
    } else if (!id.empty() && target.role_arn.empty()) {
        findings.push_back({path + ".external_id",
                            "is sent only when a role is assumed; set role_arn too, or remove it",
                            path + ".role_arn"});
    }
    const auto& session = target.role_session_name;
    if (session.size() < 2 || session.size() > 64 || !only(session, word, "+=,.@-")) {
        findings.push_back(
            {path + ".role_session_name",
             phrase(shown(session),
                    " is not a name that STS takes; use 2 to 64 letters, digits and _+=,.@-")});
    }
}

void check_target(const std::string& path, const Target& target, Findings& findings) {
    check_text(path + ".name", target.name, findings);
    check_text(path + ".profile", target.profile, findings);
    if (!target.region.empty() && !is_region(target.region)) {
        findings.push_back(
            {path + ".region",
             phrase(shown(target.region), " is not the name of a region; write it as us-west-2")});
    }
    check_role(path, target, findings);
    if (!target.endpoint_url.empty()) {
        if (const auto mistake = url_mistake(target.endpoint_url); !mistake.empty()) {
            findings.push_back({path + ".endpoint_url", std::string{mistake}});
        }
    }
    check_labels(path + ".labels", target, findings);
}

void check_names(const std::vector<Target>& targets, Findings& findings) {
    std::map<std::string, std::size_t> first;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        const auto& name = targets[i].name.empty() ? targets[i].region : targets[i].name;
        const auto path = phrase("targets[", i, "].name");
        const auto region_path = phrase("targets[", i, "].region");
        if (name.empty()) {
            if (targets.size() > 1) {
                findings.push_back(
                    {path, "one of several targets needs a name of its own; set name, or region",
                     region_path});
            }
        } else if (const auto [earlier, is_new] = first.emplace(name, i); !is_new) {
            findings.push_back(
                {path,
                 phrase(shown(name), " is the name of targets[", earlier->second, "] already; ",
                        targets[i].name.empty() ? "it is the region's, so set a name"
                                                : "choose another"),
                 region_path});
        }
    }
}

} // namespace

void check_targets(const std::vector<Target>& targets, Findings& findings) {
    if (targets.empty()) {
        findings.push_back({"targets",
                            "an empty list; leave the key out for one target from the environment, "
                            "or list one, such as - region: us-west-2"});
    }
    for (std::size_t i = 0; i < targets.size(); ++i)
        check_target(phrase("targets[", i, "]"), targets[i], findings);
    check_names(targets, findings);
}

} // namespace gls::settings
