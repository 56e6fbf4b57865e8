#include "unit/aws/credentials/recorded_transport.hpp"

#include <algorithm>
#include <ranges>
#include <set>

namespace gls::aws::test {
namespace {

using simdjson::dom::element;

// Scheme and authority lower case without the scheme's own port, query in any order.
std::string comparable(std::string uri) {
    for (const auto* port : {":443/", ":80/"}) {
        if (const auto at = uri.find(port); at != std::string::npos)
            uri.erase(at, std::string_view{port}.size() - 1);
    }
    if (std::ranges::count(uri, '/') == 2) uri += '/';
    const auto question = uri.find('?');
    if (question == std::string::npos) return uri;
    std::multiset<std::string> pairs;
    for (const auto part : std::views::split(std::string_view{uri}.substr(question + 1), '&')) {
        pairs.emplace(part.begin(), part.end());
    }
    uri.resize(question + 1);
    for (const auto& pair : pairs)
        uri += pair + '&';
    return uri;
}

// The fields of a form in any order. What the records were made with is not always what their
// environment says: names of sessions, roles and tokens of a web identity count by their presence.
std::multiset<std::string> fields_of(std::string_view body) {
    const bool web_identity = body.find("AssumeRoleWithWebIdentity") != std::string_view::npos;
    std::multiset<std::string> fields;
    for (const auto part : std::views::split(body, '&')) {
        const std::string field{part.begin(), part.end()};
        const std::string name = field.substr(0, field.find('='));
        const bool by_name = name == "RoleSessionName" || (web_identity && name != "Action");
        fields.insert(by_name ? name : field);
    }
    return fields;
}

// Headers by which a host that checks no signature knows its caller.
std::vector<Header> proofs_of(element headers) {
    std::vector<Header> proofs;
    for (const auto [name, values] : simdjson::dom::object{headers}) {
        const std::string value = text(values.at(0));
        const bool is_token = same_name(name, "x-aws-ec2-metadata-token") ||
                              same_name(name, "x-amz-sso_bearer_token") ||
                              (same_name(name, "authorization") && !value.starts_with("AWS4-"));
        if (is_token) proofs.push_back({std::string{name}, value});
    }
    return proofs;
}

} // namespace

RecordedTransport::RecordedTransport(const fs::path& http_traffic) {
    if (!fs::exists(http_traffic)) return;
    const JsonFile file{http_traffic};
    for (const element event : simdjson::dom::array{file.root()["events"]}) {
        const element action = event["action"];
        if (has(action["Request"])) {
            const element request = action["Request"]["request"];
            Exchange exchange;
            exchange.method = text(request["method"]);
            exchange.uri = text(request["uri"]);
            exchange.proofs = proofs_of(request["headers"]);
            exchanges_.push_back(std::move(exchange));
        } else if (has(action["Response"])) {
            const element response = action["Response"]["response"]["Ok"];
            auto& played = exchanges_.back().response;
            played.status = static_cast<int>(number(response["status"]));
            for (const auto [name, values] : simdjson::dom::object{response["headers"]}) {
                for (const element value : simdjson::dom::array{values}) {
                    played.headers.push_back(
                        {std::string{name}, std::string{std::string_view{value}}});
                }
            }
        } else if (has(action["Data"])) {
            const std::string data = text(action["Data"]["data"]["Utf8"]);
            auto& exchange = exchanges_.back();
            (text(action["Data"]["direction"]) == "Request" ? exchange.request_body
                                                            : exchange.response.body) += data;
        }
    }
}

Task<Result<HttpResponse>> RecordedTransport::send(HttpRequest request, Deadlines /*deadlines*/) {
    const std::string uri =
        request.endpoint.scheme + "://" + host_header(request.endpoint) + request.target;
    // A fault that passes is recorded once, however often one tries again.
    if (next_ == exchanges_.size() && next_ > 0 && exchanges_.back().response.status >= 500)
        --next_;
    if (next_ == exchanges_.size()) {
        FAIL_CHECK("a request that is not in the record: " << request.method << ' ' << uri);
        co_return fail(ErrorKind::connection, "the record has ended");
    }
    const Exchange& exchange = exchanges_[next_++];
    CHECK(request.method == exchange.method);
    CHECK(comparable(uri) == comparable(exchange.uri));
    for (const Header& proof : exchange.proofs)
        CHECK(request.header(proof.name).value_or("") == proof.value);
    if (!exchange.request_body.empty() && exchange.request_body.front() != '{') {
        CHECK(fields_of(request.body) == fields_of(exchange.request_body));
    }
    co_return exchange.response;
}

} // namespace gls::aws::test
