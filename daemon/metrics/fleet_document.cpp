#include "metrics/fleet_document.hpp"

#include "metrics/fleet.hpp"

#include <utility>

namespace gls::metrics {
namespace {

std::shared_ptr<const RenderedFleet> rendered(std::shared_ptr<const poll::Pictures> pictures,
                                              WallTime now, const settings::Metrics& metrics) {
    auto fleet = std::make_shared<RenderedFleet>();
    fleet->valid_from = now;
    fleet->valid_until = next_staleness(*pictures, now);
    for (const auto format : {Format::text, Format::open_metrics}) {
        auto& form = fleet->forms[static_cast<std::size_t>(format)];
        Writer writer{format, form.plain};
        write_fleet(writer, *pictures, now, metrics);
        form.plain.shrink_to_fit();
        form.deflated = deflated_part(form.plain, Effort::thorough);
    }
    fleet->pictures = std::move(pictures);
    return fleet;
}

} // namespace

std::shared_ptr<const RenderedFleet> FleetDocument::at(WallTime now) {
    const std::scoped_lock lock{mutex_};
    auto pictures = board_.current();
    const bool holds = current_ && current_->pictures == pictures && now >= current_->valid_from &&
                       now < current_->valid_until;
    if (!holds) current_ = rendered(std::move(pictures), now, metrics_);
    return current_;
}

void FleetDocument::configure(settings::Metrics metrics) {
    const std::scoped_lock lock{mutex_};
    metrics_ = std::move(metrics);
    current_.reset();
}

} // namespace gls::metrics
