#include "web/target_tables.hpp"

#include "web/html.hpp"
#include "web/verdict.hpp"

#include <cmath>

namespace gls::web {
namespace {

constexpr const char* none = "–";

std::string coloured(const std::string& html, Condition condition) {
    return "<span class=\"" + std::string{text_of(condition)} + "\">" + html + "</span>";
}

// At most two digits behind the point.
std::string rate_text(double per_second) {
    auto text = std::to_string(std::round(per_second * 100) / 100);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text + "/s";
}

std::string budget_html(const poll::TargetStatus& status) {
    if (!status.budget_requests) return "no limit";
    const auto left = status.budget_remaining.value_or(0);
    return number_html(left) + " of " + number_html(*status.budget_requests) + " left";
}

std::string expiry_html(const poll::TargetStatus& status, WallTime now) {
    if (status.credentials_source.empty()) return none;
    const auto& expiry = status.credentials_expire_at;
    if (!expiry) return "do not expire";
    return *expiry < now ? coloured("expired", Condition::failing)
                         : "in " + spoken(*expiry - now) + ", " + time_html(*expiry);
}

std::vector<std::string> sweep_row(const std::string& target, const poll::SweepReport& sweep,
                                   WallTime now) {
    const bool good = sweep.failure.empty();
    const auto outcome =
        good ? coloured("succeeded", Condition::fresh)
             : coloured(escaped(sweep.failure + ": " + sweep.message), Condition::failing);
    return {escaped(target),
            text_of(sweep.kind),
            age_html(sweep.started, now),
            spoken(sweep.duration),
            number_html(sweep.pages),
            number_html(sweep.sessions),
            number_html(sweep.api_requests),
            outcome};
}

} // namespace

std::string targets_table(const poll::Pictures& pictures, WallTime now) {
    Table table{{"Target", "Region", "Account", "Condition", "Picture", "Tracked sessions"},
                {"", "", "", "", "", "number"},
                {},
                "cards"};
    for (const auto& picture : pictures) {
        const auto& [target, status, snapshot, inventory] = *picture;
        const auto condition = verdict_of(*picture, now).condition;
        table.rows.push_back(
            {escaped(target.name), escaped(target.region),
             escaped(target.account_id.value_or("not known yet")),
             coloured(std::string{text_of(condition)}, condition),
             status.last_live_success ? age_html(*status.last_live_success, now) : none,
             snapshot ? number_html(snapshot->tracked_sessions) : none});
    }
    return table_html(table);
}

std::string sweeps_table(const poll::Pictures& pictures, WallTime now) {
    Table table{{"Target", "Kind", "Began", "Took", "Pages", "Sessions", "Calls", "Outcome"},
                {"", "", "", "", "number", "number", "number", "words"},
                {},
                "cards"};
    for (const auto& picture : pictures) {
        for (const auto* last : {&picture->status.last_live, &picture->status.last_full}) {
            if (*last) table.rows.push_back(sweep_row(picture->target.name, **last, now));
        }
    }
    if (table.rows.empty()) return "<p class=\"quiet\">No sweep has ended yet.</p>";
    return table_html(table);
}

std::string pace_table(const poll::Pictures& pictures, WallTime now) {
    Table table{{"Target", "List calls", "Live every", "Full every", "Budget of the day",
                 "Credentials", "Expiry"},
                {},
                {},
                "cards"};
    for (const auto& picture : pictures) {
        const auto& [target, status, snapshot, inventory] = *picture;
        const auto& source = status.credentials_source;
        table.rows.push_back({escaped(target.name), rate_text(status.rate_limit_per_second),
                              spoken(status.live_interval), spoken(status.full_interval),
                              budget_html(status), source.empty() ? none : escaped(source),
                              expiry_html(status, now)});
    }
    return table_html(table);
}

} // namespace gls::web
