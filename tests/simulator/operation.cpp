#include "simulator/operation.hpp"

#include "simulator/digest.hpp"

#include <vector>

namespace gls::simulator {

namespace {

// Split before decoding: an ARN's own slash travels as %2F.
std::optional<std::vector<std::string>> segments_of(std::string_view path) {
    std::vector<std::string> segments;
    if (!path.starts_with('/')) return std::nullopt;
    while (!path.empty()) {
        path.remove_prefix(1);
        const auto end = path.find('/');
        auto segment = percent_decoded(path.substr(0, end));
        if (!segment) return std::nullopt;
        segments.push_back(std::move(*segment));
        if (end == std::string_view::npos) break;
        path.remove_prefix(end);
    }
    return segments;
}

Destination streams_destination(const std::vector<std::string>& path) {
    if (path.size() == 1 && path[0] == "streamsessions")
        return {Operation::list_stream_sessions_by_account};
    if (path[0] == "streamgroups") {
        if (path.size() == 1) return {Operation::list_stream_groups};
        if (path.size() == 2) return {Operation::get_stream_group, path[1]};
        if (path.size() == 3 && path[2] == "streamsessions")
            return {Operation::list_stream_sessions, path[1]};
        if (path.size() == 4 && path[2] == "streamsessions")
            return {Operation::get_stream_session, path[1], path[3]};
    }
    if (path[0] == "applications") {
        if (path.size() == 1) return {Operation::list_applications};
        if (path.size() == 2) return {Operation::get_application, path[1]};
    }
    return {};
}

Destination metadata_destination(std::string_view path) {
    constexpr std::string_view roles = "/latest/meta-data/iam/security-credentials/";
    if (path == roles || path == roles.substr(0, roles.size() - 1)) return {Operation::imds_role};
    if (path.starts_with(roles))
        return {Operation::imds_credentials, std::string{path.substr(roles.size())}};
    if (path == "/latest/dynamic/instance-identity/document") return {Operation::imds_document};
    if (path == "/container/credentials") return {Operation::container_credentials};
    return {};
}

} // namespace

std::optional<std::string> parameter(std::string_view form, std::string_view name) {
    while (!form.empty()) {
        const auto end = form.find('&');
        const auto part = form.substr(0, end);
        const auto equals = part.find('=');
        if (part.substr(0, equals) == name)
            return percent_decoded(equals == std::string_view::npos ? std::string_view{}
                                                                    : part.substr(equals + 1),
                                   true);
        if (end == std::string_view::npos) break;
        form.remove_prefix(end + 1);
    }
    return std::nullopt;
}

Destination destination_of(const Request& request) {
    const auto path = request.path();
    if (request.method == "PUT" && path == "/latest/api/token") return {Operation::imds_token};
    if (request.method == "POST" && path == "/") {
        const auto action = parameter(request.body, "Action").value_or("");
        const auto operation = value_of<Operation>(operation_texts, action);
        return operation && is_sts(*operation) ? Destination{*operation} : Destination{};
    }
    if (request.method != "GET") return {};
    if (path.starts_with("/latest/") || path.starts_with("/container/"))
        return metadata_destination(path);
    const auto segments = segments_of(path);
    return segments ? streams_destination(*segments) : Destination{};
}

} // namespace gls::simulator
