#include "metrics/scrape.hpp"

namespace gls::metrics {

Content Scrape::content(Format format, Encoding encoding, WallTime now) {
    const auto fleet = fleet_.at(now);
    const auto& form = fleet->form(format);
    std::string own;
    Writer writer{format, own};
    own_.write(writer);
    writer.end();
    // The shared pointers hold the whole rendering and point into it.
    if (encoding == Encoding::identity) return {{}, {fleet, &form.plain}, std::move(own)};
    return {
        std::string{gzip_header}, {fleet, &form.deflated.bytes}, ending_.after(form.deflated, own)};
}

} // namespace gls::metrics
