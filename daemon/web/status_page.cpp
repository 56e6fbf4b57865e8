#include "web/status_page.hpp"

#include "web/bars.hpp"
#include "web/html.hpp"
#include "web/page_files.hpp"
#include "web/target_tables.hpp"
#include "web/verdict.hpp"

#include <openssl/evp.h>

#include <array>

namespace gls::web {
namespace {

// 'sha256-...' of an inline style or script, by which the policy admits it and nothing else.
std::string source_hash(std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr);
    std::array<unsigned char, 2UL * EVP_MAX_MD_SIZE> base64{};
    const auto length = EVP_EncodeBlock(base64.data(), digest.data(), static_cast<int>(size));
    return "'sha256-" + std::string{base64.begin(), base64.begin() + length} + "'";
}

// No outside requests, no frames around it, no inline code but ours.
const std::string& content_policy() {
    static const std::string policy =
        "default-src 'none'; style-src " + source_hash(page_css) + "; script-src " +
        source_hash(page_js) +
        "; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'";
    return policy;
}

std::string link(std::string_view path, std::string_view text) {
    return "<a href=\"" + escaped(path) + "\">" + escaped(text) + "</a>";
}

std::string links(const Site& site) {
    auto html = link(site.telemetry_path, "Metrics") + link("/api/v1/status", "Status as JSON") +
                link("/-/healthy", "Healthy") + link("/-/ready", "Ready");
    if (site.settings_text) html += link("/config", "Settings");
    return html;
}

} // namespace

Answer status_page(const poll::Pictures& pictures, WallTime now, const Site& site) {
    const auto verdict = verdict_of(pictures, now);
    const auto counts = shown_counts(pictures, now);
    Answer answer;
    answer.content_type = "text/html; charset=utf-8";
    answer.headers = {{"Content-Security-Policy", content_policy()},
                      {"Referrer-Policy", "no-referrer"},
                      {"Cache-Control", "no-store"}};
    answer.content.tail =
        filled(page_html, {{"style", page_css},
                           {"script", page_js},
                           {"condition", text_of(verdict.condition)},
                           {"verdict", escaped(verdict.sentence)},
                           {"links", links(site)},
                           {"statuses", status_bars(counts)},
                           {"locations", location_bars(counts)},
                           {"targets", targets_table(pictures, now)},
                           {"sweeps", sweeps_table(pictures, now)},
                           {"pace", pace_table(pictures, now)},
                           {"version", escaped(site.build.version)},
                           {"revision", escaped(site.build.revision)},
                           {"started", time_html(site.started)},
                           {"telemetry", link(site.telemetry_path, site.telemetry_path)}});
    return answer;
}

} // namespace gls::web
