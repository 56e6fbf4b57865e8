#include "metrics/scrape.hpp"

namespace gls::metrics {

std::size_t Content::size() const noexcept {
    std::size_t bytes = head.size() + tail.size();
    for (const auto& each : shared)
        bytes += each ? each->size() : 0;
    return bytes;
}

std::string Content::joined() const {
    std::string all = head;
    for (const auto& each : shared)
        all += each ? *each : "";
    return all += tail;
}

std::shared_ptr<const Form> Scrape::counted(Format format) {
    auto& [changes, form] = counted_[static_cast<std::size_t>(format)];
    const auto now = own_.changes(); // before rendering, for one more may come meanwhile
    if (form && changes == now) return form;
    auto fresh = std::make_shared<Form>();
    Writer writer{format, fresh->plain};
    own_.write_counted(writer);
    fresh->deflated = deflated_part(fresh->plain, Effort::quick);
    changes = now;
    form = std::move(fresh);
    return form;
}

Content Scrape::content(Format format, Encoding encoding, WallTime now) {
    const auto fleet = fleet_.at(now);
    const auto& first = fleet->form(format);
    const auto second = counted(format);
    std::string passing;
    Writer writer{format, passing};
    own_.write_passing(writer);
    writer.end();
    // The shared pointers hold the whole rendering and point into it.
    if (encoding == Encoding::identity)
        return {{}, {{{fleet, &first.plain}, {second, &second->plain}}}, std::move(passing)};
    return {std::string{gzip_header},
            {{{fleet, &first.deflated.bytes}, {second, &second->deflated.bytes}}},
            gzip_ending(first.deflated, second->deflated, passing)};
}

} // namespace gls::metrics
