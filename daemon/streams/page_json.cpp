#include "streams/page_json.hpp"

#include "streams/arn.hpp"
#include "streams/json_page.hpp"

#include <utility>
#include <vector>

namespace gls::streams {
namespace {

using namespace json;

constexpr std::size_t longest_arn = 1024; // AWS's own limit is 128

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

// One for each kind of ARN in a page.
struct Splitters {
    ArnSplitter session, application;
};

SessionView session_of(const Item& item, Splitters& splitters) {
    const Arn arn = splitters.session.split(item.arn);
    const Arn application = splitters.application.split(item.application_arn);
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

struct Sessions {
    std::vector<SessionView> read;
    Splitters splitters;

    void begin() { read.clear(); }
    const char* take(const Body& body, od::object& object, error_code& error) {
        Item item;
        error = read_item(body, object, item);
        if (error) return "";
        if (item.arn.empty()) return "has no Arn";
        if (item.arn.size() > longest_arn) return "has too long an Arn";
        read.push_back(session_of(item, splitters));
        return "";
    }
};

} // namespace

struct PageReader::Buffers {
    od::parser parser;
    Sessions sessions;
};

PageReader::PageReader() : buffers_{std::make_unique<Buffers>()} {}
PageReader::~PageReader() = default;
PageReader::PageReader(PageReader&&) noexcept = default;
PageReader& PageReader::operator=(PageReader&&) noexcept = default;

Result<Page> PageReader::read_page(std::string& text) {
    Result<std::string> next_token = read_list(buffers_->parser, text, buffers_->sessions);
    if (!next_token) return std::unexpected<Error>{std::move(next_token.error())};
    return Page{buffers_->sessions.read, std::move(*next_token)};
}

Result<SessionView> PageReader::read_session(std::string& text) {
    Result<> read = read_one(buffers_->parser, text, buffers_->sessions);
    if (!read) return std::unexpected<Error>{std::move(read.error())};
    return buffers_->sessions.read.front();
}

} // namespace gls::streams
