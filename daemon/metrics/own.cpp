#include "metrics/own.hpp"

#include <utility>

namespace gls::metrics {
namespace {

template <class Number>
void write_figure(Writer& writer, Id id, const std::optional<Number>& value,
                  std::optional<WallTime> created = std::nullopt) {
    if (!value) return;
    writer.family(family(id));
    writer.sample({}, {}, static_cast<double>(*value), created);
}

void write_process(Writer& writer, const ProcessFigures& figures) {
    std::optional<WallTime> started;
    if (figures.start_time_seconds) {
        const FineSeconds since_epoch{*figures.start_time_seconds};
        started = WallTime{std::chrono::duration_cast<milliseconds>(since_epoch)};
    }
    write_figure(writer, Id::process_cpu, figures.cpu_seconds, started);
    write_figure(writer, Id::process_resident_memory, figures.resident_bytes);
    write_figure(writer, Id::process_virtual_memory, figures.virtual_bytes);
    write_figure(writer, Id::process_open_fds, figures.open_fds);
    write_figure(writer, Id::process_max_fds, figures.max_fds);
    write_figure(writer, Id::process_start_time, figures.start_time_seconds);
}

} // namespace

Own::Own(const Build& build, std::unique_ptr<ProcessSource> process, WallTime now)
    : registered_{{}, now, changes_},
      reload_good_{registered_.gauges(Id::config_last_reload_successful)},
      reload_time_{registered_.gauges(Id::config_last_reload_success_timestamp)},
      certificate_expiry_{registered_.gauges(Id::certificate_expiry)}, process_{std::move(process)},
      born_{now} {
    registered_.gauges(Id::build_info).set({build.version, build.revision, build.compiler}, 1);
    config_loaded(true, now); // settings that are wrong at start end the daemon
}

std::shared_ptr<TargetCounters> Own::add_target(const poll::TargetIdentity& target, WallTime now) {
    auto counters = std::make_shared<TargetCounters>(target, now, changes_);
    {
        const std::scoped_lock lock{mutex_};
        std::erase_if(targets_, [](const auto& each) { return each.expired(); });
        targets_.push_back(counters);
    }
    changes_->note();
    return counters;
}

void Own::config_loaded(bool good, WallTime now) {
    reload_good_.set({}, good ? 1 : 0);
    if (good) reload_time_.set({}, unix_seconds(now));
}

void Own::certificate_expires(std::optional<WallTime> when) {
    if (when) {
        certificate_expiry_.set({}, unix_seconds(*when));
    } else {
        certificate_expiry_.remove({});
    }
}

void Own::http_answered(std::string_view path, unsigned status) {
    const std::scoped_lock lock{mutex_};
    ++answers_[{status, std::string{path}}];
}

void Own::http_foreseen(std::string_view path, unsigned status) {
    const std::scoped_lock lock{mutex_};
    answers_.try_emplace({status, std::string{path}});
}

void Own::write_counted(Writer& writer) {
    std::vector<Registered::Collected> families;
    registered_.collect(families);
    {
        const std::scoped_lock lock{mutex_};
        for (const auto& each : targets_) {
            if (const auto counters = each.lock()) counters->registered().collect(families);
        }
    }
    write(writer, std::move(families));
}

void Own::write_passing(Writer& writer) {
    writer.family(family(Id::http_requests));
    {
        const std::scoped_lock lock{mutex_};
        for (const auto& [answer, count] : answers_) {
            const auto code = std::to_string(answer.first);
            writer.sample({}, {{"code", code}, {"path", answer.second}}, static_cast<double>(count),
                          born_);
        }
    }
    write_process(writer, process_->read());
}

} // namespace gls::metrics
