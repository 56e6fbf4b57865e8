#include "app/arguments/build_info.hpp"

namespace gls::app {

std::string version_text(const BuildInfo& build) {
    std::string text{"gamelift_streams_exporter, version "};
    const auto add = [&text](std::string_view label, std::string_view value) {
        text += label;
        text += value;
    };
    add("", build.version);
    add(" (revision ", build.revision);
    add(")\n  build date  ", build.date);
    add("\n  compiler    ", build.compiler);
    text += '\n';
    return text;
}

} // namespace gls::app
