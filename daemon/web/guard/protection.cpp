#include "web/guard/protection.hpp"

#include "web/config/read_web_config.hpp"

#include <string_view>
#include <utility>

namespace gls::web {
namespace {

std::string beside(const std::string& config, const std::string& path) {
    if (path.starts_with('/')) return path;
    const auto slash = config.rfind('/');
    return slash == std::string::npos ? path : config.substr(0, slash + 1) + path;
}

// The text itself, or that of the file; noted among the sources.
Result<std::string> text_of(const std::string& text, const std::string& file, std::string_view key,
                            const std::string& config, const Files& files, Sources& sources) {
    if (file.empty()) return text;
    const auto path = beside(config, file);
    auto read = files.read(path);
    if (!read) {
        return fail(ErrorKind::unavailable, config + ": tls_server_config." + std::string{key} +
                                                "_file: " + read.error().message);
    }
    sources[path] = *read;
    return *std::move(read);
}

Result<ServingTls> read_tls(const TlsConfig& tls, const std::string& config, const Files& files,
                            Sources& sources) {
    auto cert = text_of(tls.cert, tls.cert_file, "cert", config, files, sources);
    auto key = text_of(tls.key, tls.key_file, "key", config, files, sources);
    auto client_ca =
        text_of(tls.client_ca, tls.client_ca_file, "client_ca", config, files, sources);
    std::string unreadable;
    for (const auto* text : {&cert, &key, &client_ca}) {
        if (!*text) unreadable += (unreadable.empty() ? "" : "\n") + text->error().message;
    }
    if (!unreadable.empty()) return fail(ErrorKind::unavailable, std::move(unreadable));
    auto serving = serving_tls(tls, {*std::move(cert), *std::move(key), *std::move(client_ca)});
    if (!serving) return fail(ErrorKind::unavailable, config + ": " + serving.error().message);
    return serving;
}

} // namespace

Result<ReadProtection> read_protection(const Files& files, const std::string& path) {
    auto text = files.read(path);
    if (!text) return fail(ErrorKind::invalid_input, text.error().message);
    ReadProtection read;
    auto config = read_web_config(*text);
    if (!config) {
        std::string lines;
        for (const auto& problem : config.error())
            lines += (lines.empty() ? "" : "\n") + settings::text_of(problem, path);
        return fail(ErrorKind::invalid_input, std::move(lines));
    }
    read.sources[path] = *std::move(text);
    auto protection = std::make_shared<Protection>();
    protection->config = *std::move(config);
    if (protection->config.tls) {
        auto tls = read_tls(*protection->config.tls, path, files, read.sources);
        if (!tls) return std::unexpected{std::move(tls.error())};
        protection->tls = *std::move(tls);
    }
    read.protection = std::move(protection);
    return read;
}

} // namespace gls::web
