#include "web/guard/protection.hpp"

#include "web/config/read_web_config.hpp"

#include <expected>
#include <string>
#include <utility>

namespace gls::web {
namespace {

std::string beside(const std::string& config, const std::string& path) {
    if (path.starts_with('/')) return path;
    const auto slash = config.rfind('/');
    return slash == std::string::npos ? path : config.substr(0, slash + 1) + path;
}

// Reads the files that a section names; what cannot be read is noted, each with its key.
class NamedFiles {
public:
    NamedFiles(const Files& files, const std::string& config, Sources& sources)
        : files_{files}, config_{config}, sources_{sources} {}

    // The text itself, or that of the file; noted among the sources.
    std::string text_of(const std::string& text, const std::string& file, std::string key) {
        if (file.empty()) return text;
        const auto path = beside(config_, file);
        auto read = files_.read(path);
        if (!read) {
            findings_.emplace_back(std::move(key), read.error().message);
            return {};
        }
        sources_[path] = *read;
        return *std::move(read);
    }
    [[nodiscard]] const settings::Findings& findings() const { return findings_; }

private:
    const Files& files_;
    const std::string& config_;
    Sources& sources_;
    settings::Findings findings_;
};

std::string lines_of(const settings::Problems& problems, const std::string& file) {
    std::string lines;
    for (const auto& problem : problems)
        lines += (lines.empty() ? "" : "\n") + settings::text_of(problem, file);
    return lines;
}

std::expected<ServingTls, settings::Findings> read_tls(const TlsConfig& tls, NamedFiles files) {
    auto cert = files.text_of(tls.cert, tls.cert_file, "tls_server_config.cert_file");
    auto key = files.text_of(tls.key, tls.key_file, "tls_server_config.key_file");
    auto client_ca =
        files.text_of(tls.client_ca, tls.client_ca_file, "tls_server_config.client_ca_file");
    if (!files.findings().empty()) return std::unexpected{files.findings()};
    auto serving = serving_tls(tls, {std::move(cert), std::move(key), std::move(client_ca)});
    if (serving) return *std::move(serving);
    return std::unexpected{settings::Findings{std::move(serving.error())}};
}

} // namespace

Result<ReadProtection> read_protection(const Files& files, const std::string& path) {
    auto text = files.read(path);
    if (!text) return fail(ErrorKind::invalid_input, text.error().message);
    ReadProtection read;
    auto config = read_web_config(*text);
    if (!config) return fail(ErrorKind::invalid_input, lines_of(config.error(), path));
    read.sources[path] = *text;
    auto protection = std::make_shared<Protection>();
    protection->config = *std::move(config);
    if (protection->config.tls) {
        auto tls = read_tls(*protection->config.tls, {files, path, read.sources});
        if (!tls) return fail(ErrorKind::unavailable, lines_of(placed(*text, tls.error()), path));
        protection->tls = *std::move(tls);
    }
    read.protection = std::move(protection);
    return read;
}

} // namespace gls::web
