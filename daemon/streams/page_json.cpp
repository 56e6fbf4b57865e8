#include "streams/page_json.hpp"

#include "base/iso8601.hpp"
#include "streams/arn.hpp"

#include <simdjson.h>

#include <algorithm>
#include <cmath>

namespace gls::streams {
namespace {

namespace od = simdjson::ondemand;
using simdjson::error_code;
using simdjson::SUCCESS;

constexpr std::string_view unknown = "unknown";
constexpr std::size_t longest_arn = 1024;         // AWS's own limit is 128
constexpr std::size_t longest_label = 128;        // bytes; longer texts are cut
constexpr std::size_t longest_token = 16U << 10U; // a token has to fit into a request line

// An item as it was sent; "" and none where missing.
struct Item {
    std::string_view arn, application_arn, location, status, status_reason, export_status;
    std::optional<WallTime> created_at, last_updated_at;
};

// The member's name without copying it, unless it is written with escapes.
std::string_view name_of(od::field& field) {
    const char* const begin = field.key().raw();
    const char* end = begin;
    for (; *end != '"'; ++end) {
        if (*end == '\\') {
            std::string_view name;
            return field.unescaped_key().get(name) == SUCCESS ? name : std::string_view{};
        }
    }
    return {begin, static_cast<std::size_t>(end - begin)};
}

// Anything but a string counts as missing; so does one that escapes half a surrogate pair.
std::string_view text_in(od::value value) {
    std::string_view text;
    return value.get_string().get(text) == SUCCESS ? text : std::string_view{};
}

// restJson1 sends epoch seconds unless the model says otherwise; SDKs accept ISO 8601 as well. What
// lies before 1970 or after 2999 is a mistake of the sender.
std::optional<WallTime> time_in(od::value value) {
    constexpr double end_of_2999 = 32'503'680'000.0;
    std::optional<WallTime> time;
    double number = 0;
    std::string_view text;
    if (value.get_double().get(number) == SUCCESS) {
        if (number >= 0 && number < end_of_2999)
            time = WallTime{milliseconds{std::llround(number * 1000)}};
    } else if (value.get_string().get(text) == SUCCESS) {
        time = parse_iso8601(text);
        if (time && (unix_seconds(*time) < 0 || unix_seconds(*time) >= end_of_2999)) time.reset();
    }
    return time;
}

template <class Visit> // visit(name, value) -> error_code
error_code each_member(od::object& object, Visit visit) {
    for (auto member : object) {
        od::field field;
        if (const error_code error = std::move(member).get(field)) return error;
        const std::string_view name = name_of(field);
        if (const error_code error = visit(name, field.value())) return error;
    }
    return SUCCESS;
}

error_code read_export(od::value value, Item& item) {
    item.export_status = {};
    od::object metadata;
    if (value.get_object().get(metadata)) return SUCCESS; // null, or not an object: missing
    return each_member(metadata, [&](std::string_view name, od::value member) {
        if (name == "Status") item.export_status = text_in(member);
        return SUCCESS;
    });
}

error_code read_item(od::object& object, Item& item) {
    return each_member(object, [&](std::string_view name, od::value value) {
        if (name == "Arn")
            item.arn = text_in(value);
        else if (name == "Status")
            item.status = text_in(value);
        else if (name == "StatusReason")
            item.status_reason = text_in(value);
        else if (name == "Location")
            item.location = text_in(value);
        else if (name == "ApplicationArn")
            item.application_arn = text_in(value);
        else if (name == "CreatedAt")
            item.created_at = time_in(value);
        else if (name == "LastUpdatedAt")
            item.last_updated_at = time_in(value);
        else if (name == "ExportFilesMetadata")
            return read_export(value, item);
        return SUCCESS;
    });
}

// Cut where a character begins. simdjson has checked that the body is UTF-8.
std::string_view label(std::string_view text) {
    std::size_t size = std::min(text.size(), longest_label);
    if (size < text.size()) {
        while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U)
            --size;
    }
    return text.substr(0, size);
}

std::string_view label_or_unknown(std::string_view text) {
    return text.empty() ? unknown : label(text);
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

// Only one document may be there: anything behind it is somebody else's answer, or a cut one.
bool ends_here(od::document& document) {
    return document.current_location().error() == simdjson::OUT_OF_BOUNDS;
}

Result<> read_items(od::value value, std::vector<SessionView>& sessions) {
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
        if (const error_code error = read_item(object, item))
            return not_json("in item " + std::to_string(sessions.size()), error);
        if (item.arn.empty()) return bad_item(sessions.size(), "has no Arn");
        if (item.arn.size() > longest_arn) return bad_item(sessions.size(), "has too long an Arn");
        sessions.push_back(session_of(item));
    }
    return {};
}

} // namespace

struct PageReader::Buffers {
    od::parser parser;

    [[nodiscard]] error_code open(std::string& body, od::document& document, od::object& root) {
        body.reserve(body.size() + simdjson::SIMDJSON_PADDING);
        const simdjson::padded_string_view view{body.data(), body.size(), body.capacity()};
        if (const error_code error = parser.iterate(view).get(document)) return error;
        return document.get_object().get(root);
    }
};

PageReader::PageReader() : buffers_{std::make_unique<Buffers>()} {}
PageReader::~PageReader() = default;
PageReader::PageReader(PageReader&&) noexcept = default;
PageReader& PageReader::operator=(PageReader&&) noexcept = default;

Result<Page> PageReader::read_page(std::string& body) {
    od::document document;
    od::object root;
    if (const error_code error = buffers_->open(body, document, root))
        return not_json("at its ends", error);

    Page page;
    bool has_items = false;
    for (auto member : root) {
        od::field field;
        if (const error_code error = std::move(member).get(field))
            return not_json("between its members", error);
        const std::string_view name = name_of(field);
        if (name == "Items") {
            has_items = true;
            const Result<> read = read_items(field.value(), sessions_);
            if (!read) return std::unexpected<Error>{read.error()};
        } else if (name == "NextToken") {
            page.next_token.clear();
            if (bool null = false; field.value().is_null().get(null) == SUCCESS && null) continue;
            std::string_view token;
            if (field.value().get_string().get(token))
                return fail(ErrorKind::malformed, "NextToken is not a string");
            if (token.size() > longest_token)
                return fail(ErrorKind::malformed, "NextToken is too long");
            page.next_token = token;
        }
    }
    if (!has_items) return fail(ErrorKind::malformed, "the page has no Items");
    if (!ends_here(document)) return not_json("behind its end", simdjson::TAPE_ERROR);
    page.sessions = sessions_;
    return page;
}

Result<SessionView> PageReader::read_session(std::string& body) {
    od::document document;
    od::object root;
    if (const error_code error = buffers_->open(body, document, root))
        return not_json("at its ends", error);
    Item item;
    if (const error_code error = read_item(root, item)) return not_json("in the session", error);
    if (!ends_here(document)) return not_json("behind its end", simdjson::TAPE_ERROR);
    if (item.arn.empty()) return fail(ErrorKind::malformed, "the session has no Arn");
    if (item.arn.size() > longest_arn)
        return fail(ErrorKind::malformed, "the session has too long an Arn");
    return session_of(item);
}

} // namespace gls::streams
