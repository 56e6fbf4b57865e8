#include "web/html.hpp"

#include "base/iso8601.hpp"
#include "web/verdict.hpp"

#include <algorithm>

namespace gls::web {

std::string escaped(std::string_view text) {
    std::string html;
    html.reserve(text.size());
    for (const char c : text) {
        switch (c) {
        case '&':
            html += "&amp;";
            break;
        case '<':
            html += "&lt;";
            break;
        case '>':
            html += "&gt;";
            break;
        case '"':
            html += "&quot;";
            break;
        case '\'':
            html += "&#39;";
            break;
        default:
            html += c;
        }
    }
    return html;
}

std::string number_html(std::uint64_t number) {
    const auto digits = std::to_string(number);
    std::string grouped;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i != 0 && (digits.size() - i) % 3 == 0) grouped += "\u202f"; // narrow no-break space
        grouped += digits[i];
    }
    return "<data value=\"" + digits + "\">" + grouped + "</data>";
}

std::string age_html(WallTime then, WallTime now) {
    return "<time class=\"age\" datetime=\"" + iso8601(then) + "\">" +
           spoken(std::max(milliseconds{0}, now - then)) + " ago</time>";
}

std::string time_html(WallTime time) {
    const auto text = iso8601(time);
    auto shown = text.substr(0, text.find('.')) + " UTC";
    shown[shown.find('T')] = ' ';
    return "<time datetime=\"" + text + "\">" + shown + "</time>";
}

std::string table_html(const Table& table) {
    const bool cards = table.kind == "cards";
    std::string html = "<table class=\"" + std::string{table.kind} + "\">\n<thead><tr>";
    const auto class_of = [&](std::size_t column) {
        const auto name = column < table.classes.size() ? table.classes[column] : "";
        return name.empty() ? std::string{} : " class=\"" + std::string{name} + "\"";
    };
    for (std::size_t i = 0; i < table.head.size(); ++i) {
        html += "<th scope=\"col\"" + class_of(i) + ">" + table.head[i] + "</th>";
    }
    html += "</tr></thead>\n<tbody>\n";
    for (const auto& row : table.rows) {
        html += "<tr><th scope=\"row\">" + row.front() + "</th>";
        for (std::size_t i = 1; i < row.size(); ++i) {
            const auto head = cards ? " data-head=\"" + table.head[i] + "\"" : std::string{};
            html += "<td" + class_of(i) + head + ">" + row[i] + "</td>";
        }
        html += "</tr>\n";
    }
    return html += "</tbody>\n</table>";
}

std::string filled(std::string_view text, Parts parts) {
    std::string html;
    while (true) {
        const auto begin = std::min(text.find("{{"), text.size());
        html += text.substr(0, begin);
        text.remove_prefix(begin);
        if (text.empty()) return html;
        const auto end = text.find("}}");
        if (end == std::string_view::npos) return html += text;
        const auto name = text.substr(2, end - 2);
        const auto* const part =
            std::ranges::find(parts, name, [](const auto& each) { return each.first; });
        if (part != parts.end()) html += part->second;
        text.remove_prefix(end + 2);
    }
}

} // namespace gls::web
