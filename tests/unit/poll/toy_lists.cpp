// What the toy fleet answers.
#include "toy_fleet.hpp"

#include <algorithm>
#include <charconv>
#include <set>

namespace gls::test {

namespace {

using streams::ExportStatus;

constexpr std::size_t page_size = 100;

std::string_view value_of(const aws::Operation& operation, std::string_view name) {
    for (const auto& [key, value] : operation.query) {
        if (key == name) return value;
    }
    return {};
}

std::uint64_t number_in(std::string_view text) {
    std::uint64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

void append_time(std::string& out, const char* name, WallTime time) {
    const auto ms = time.time_since_epoch().count();
    std::string fraction = std::to_string(ms % 1000);
    fraction.insert(0, 3 - fraction.size(), '0');
    out.append(",\"")
        .append(name)
        .append("\":")
        .append(std::to_string(ms / 1000))
        .append(".")
        .append(fraction);
}

// Each session has an application of its own: the counts by application then tell of every single
// one.
void append_session(std::string& out, const ToySession& session, const std::string& group) {
    const auto id = std::to_string(session.id);
    out.append(R"({"Arn":"arn:aws:gameliftstreams:us-west-2:111122223333:streamsession/)")
        .append(group)
        .append("/s")
        .append(id)
        .append(R"(","Status":")")
        .append(text_of(session.status))
        .append(R"(","Location":"us-west-2","ApplicationArn":)")
        .append(R"("arn:aws:gameliftstreams:us-west-2:111122223333:application/a)")
        .append(id)
        .append("\"");
    append_time(out, "CreatedAt", session.created);
    append_time(out, "LastUpdatedAt", session.updated);
    if (session.export_status != ExportStatus::none) {
        out.append(R"(,"ExportFilesMetadata":{"Status":")")
            .append(text_of(session.export_status))
            .append("\"}");
    }
    out.append("}");
}

} // namespace

Result<std::string> ToyFleet::answer_to(const aws::Operation& operation) const {
    const auto broken = breaks_ ? breaks_(operation) : std::nullopt;
    if (broken) return fail(*broken, operation.name + " is broken");
    if (operation.name == "GetStreamSession") return get(operation);
    if (operation.name == "ListStreamGroups") return list_groups();
    return list(operation);
}

// "sg-3-1": the second group of the fourth generation.
std::string ToyFleet::group_of(const ToySession& session) const {
    const auto life = settings_.group_life.count();
    const auto generation = life == 0 ? 0 : session.created.time_since_epoch().count() / life;
    return "sg-" + std::to_string(generation) + "-" +
           std::to_string(session.id % settings_.stream_groups);
}

// Of the generations before this one, those with a live session: a group is not deleted before.
std::string ToyFleet::list_groups() const {
    ToySession young;
    young.created = clock_.now();
    std::set<std::string> groups;
    for (young.id = 0; young.id < settings_.stream_groups; ++young.id)
        groups.insert(group_of(young));
    for (auto id = first_listed_; id < sessions_.size(); ++id) {
        if (!sessions_[id].removed && is_live(sessions_[id].status))
            groups.insert(group_of(sessions_[id]));
    }
    std::string body{R"({"Items":[)"};
    for (const auto& group : groups)
        body.append(body.ends_with('[') ? "" : ",")
            .append(R"({"Id":")")
            .append(group)
            .append("\"}");
    return body + "]}";
}

// Tokens are ids: a chain meets every session that fits from its first to its last call.
Result<std::string> ToyFleet::list(const aws::Operation& operation) const {
    const auto status = value_of(operation, "Status");
    const auto export_status = value_of(operation, "ExportFilesStatus");
    const std::string group =
        operation.name == "ListStreamSessions" ? operation.path[1] : std::string{};
    std::string body{R"({"Items":[)"};
    std::size_t count = 0;
    auto id = std::max(first_listed_, number_in(value_of(operation, "NextToken")));
    for (; id < sessions_.size() && count < page_size; ++id) {
        const ToySession& session = sessions_[id];
        const bool fits = !session.removed && (group.empty() || group == group_of(session)) &&
                          (status.empty() || streams::status_of(status) == session.status) &&
                          (export_status.empty() ||
                           streams::export_status_of(export_status) == session.export_status);
        if (!fits) continue;
        if (count++ > 0) body.append(",");
        append_session(body, session, group_of(session));
    }
    body.append("]");
    if (count == page_size && id < sessions_.size())
        body.append(R"(,"NextToken":")").append(std::to_string(id)).append("\"");
    body.append("}");
    return body;
}

Result<std::string> ToyFleet::get(const aws::Operation& operation) const {
    const auto id = number_in(std::string_view{operation.path.back()}.substr(1)); // "s123"
    if (id >= sessions_.size() || sessions_[id].removed)
        return fail(ErrorKind::not_found, "no such session");
    std::string body;
    append_session(body, sessions_[id], group_of(sessions_[id]));
    return body;
}

} // namespace gls::test
