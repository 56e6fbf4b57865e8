#include "streams/page_json.hpp"

#include "streams/arn.hpp"
#include "streams/json_members.hpp"

#include <utility>
#include <vector>

namespace gls::streams {
namespace {

using namespace json;

constexpr std::size_t longest_arn = 1024;         // AWS's own limit is 128
constexpr std::size_t longest_token = 16U << 10U; // a token has to fit into a request line

// An item as it was sent; "" and none where missing.
struct Item {
    std::string_view arn, application_arn, location, status, status_reason, export_status;
    std::optional<WallTime> created_at, last_updated_at;
};

error_code read_export(const Body& body, od::value& value, Item& item) {
    item.export_status = {};
    od::object metadata;
    if (value.get_object().get(metadata)) return SUCCESS; // null, or not an object: missing
    return body.each_member(metadata, [&](Name name, od::value& member) {
        if (name == "Status") item.export_status = body.text_in(member);
        return SUCCESS;
    });
}

// By initials first: of a dozen members eight are read.
error_code read_item(const Body& body, od::object& object, Item& item) {
    return body.each_member(object, [&](Name name, od::value& value) {
        switch (name.initial()) {
        case 'A':
            if (name == "Arn") item.arn = body.text_in(value);
            if (name == "ApplicationArn") item.application_arn = body.text_in(value);
            break;
        case 'C':
            if (name == "CreatedAt") item.created_at = time_in(value);
            break;
        case 'E':
            if (name == "ExportFilesMetadata") return read_export(body, value, item);
            break;
        case 'L':
            if (name == "Location") item.location = body.text_in(value);
            if (name == "LastUpdatedAt") item.last_updated_at = time_in(value);
            break;
        case 'S':
            if (name == "Status") item.status = body.text_in(value);
            if (name == "StatusReason") item.status_reason = body.text_in(value);
            break;
        default:
            break;
        }
        return SUCCESS;
    });
}

SessionView session_of(const Item& item) {
    const Arn arn = split_arn(item.arn);
    const Arn application = split_arn(item.application_arn);
    SessionView session;
    session.key = key_of(item.arn);
    session.arn = item.arn;
    session.account_id = arn.account_id.empty() ? unknown : arn.account_id;
    const std::size_t slash = arn.id.find('/');
    if (arn.type == "streamsession" && slash != std::string_view::npos) {
        session.stream_group = label_or_unknown(arn.id.substr(0, slash));
        session.session_id = arn.id.substr(slash + 1);
    } else {
        session.stream_group = unknown;
    }
    session.application =
        application.type == "application" ? label_or_unknown(application.id) : unknown;
    session.location = label_or_unknown(item.location);
    session.status_text = label(item.status);
    session.status_reason = label(item.status_reason);
    session.status = status_of(item.status);
    if (!item.export_status.empty()) session.export_status = export_status_of(item.export_status);
    session.created_at = item.created_at;
    session.last_updated_at = item.last_updated_at;
    return session;
}

// simdjson gives no place once it has given up, so the place is told in our words.
std::unexpected<Error> not_json(const std::string& where, error_code error) {
    return fail(ErrorKind::malformed, "the answer is not the expected JSON, " + where + ": " +
                                          simdjson::error_message(error));
}

std::unexpected<Error> bad_item(std::size_t index, const char* what) {
    return fail(ErrorKind::malformed, "item " + std::to_string(index) + " of the page " + what);
}

Result<> read_items(const Body& body, od::value& value, std::vector<SessionView>& sessions) {
    sessions.clear();
    od::array items;
    if (value.get_array().get(items)) return fail(ErrorKind::malformed, "Items is not an array");
    for (auto element : items) {
        od::value item_value;
        if (const error_code error = std::move(element).get(item_value))
            return not_json("before item " + std::to_string(sessions.size()), error);
        od::object object;
        if (item_value.get_object().get(object))
            return bad_item(sessions.size(), "is not an object");
        Item item;
        if (const error_code error = read_item(body, object, item))
            return not_json("in item " + std::to_string(sessions.size()), error);
        if (item.arn.empty()) return bad_item(sessions.size(), "has no Arn");
        if (item.arn.size() > longest_arn) return bad_item(sessions.size(), "has too long an Arn");
        sessions.push_back(session_of(item));
    }
    return {};
}

Result<std::string> read_token(od::value& value) {
    if (bool null = false; value.is_null().get(null) == SUCCESS && null) return std::string{};
    std::string_view token;
    if (value.get_string().get(token))
        return fail(ErrorKind::malformed, "NextToken is not a string");
    if (token.size() > longest_token) return fail(ErrorKind::malformed, "NextToken is too long");
    return std::string{token};
}

} // namespace

struct PageReader::Buffers {
    od::parser parser;
    std::vector<SessionView> sessions;
};

PageReader::PageReader() : buffers_{std::make_unique<Buffers>()} {}
PageReader::~PageReader() = default;
PageReader::PageReader(PageReader&&) noexcept = default;
PageReader& PageReader::operator=(PageReader&&) noexcept = default;

Result<Page> PageReader::read_page(std::string& text) {
    Body body;
    if (const error_code error = body.open(buffers_->parser, text))
        return not_json("at its ends", error);
    Page page;
    bool has_items = false;
    Result<> read;
    const error_code error = body.each_member(body.root(), [&](Name name, od::value& value) {
        if (name == "Items") {
            has_items = true;
            read = read_items(body, value, buffers_->sessions);
        } else if (name == "NextToken") {
            Result<std::string> token = read_token(value);
            if (token)
                page.next_token = std::move(*token);
            else
                read = std::unexpected<Error>{std::move(token.error())};
        }
        return read ? SUCCESS : simdjson::INCORRECT_TYPE; // the latter stops here
    });
    if (!read) return std::unexpected<Error>{std::move(read.error())};
    if (error) return not_json("between its members", error);
    if (!has_items) return fail(ErrorKind::malformed, "the page has no Items");
    if (!body.ends_here()) return not_json("behind its end", simdjson::TAPE_ERROR);
    page.sessions = buffers_->sessions;
    return page;
}

Result<SessionView> PageReader::read_session(std::string& text) {
    Body body;
    if (const error_code error = body.open(buffers_->parser, text))
        return not_json("at its ends", error);
    Item item;
    if (const error_code error = read_item(body, body.root(), item))
        return not_json("in the session", error);
    if (!body.ends_here()) return not_json("behind its end", simdjson::TAPE_ERROR);
    if (item.arn.empty()) return fail(ErrorKind::malformed, "the session has no Arn");
    if (item.arn.size() > longest_arn)
        return fail(ErrorKind::malformed, "the session has too long an Arn");
    return session_of(item);
}

} // namespace gls::streams
