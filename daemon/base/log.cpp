// The only file that includes spdlog, because of what its headers cost to compile.
#include "base/log.hpp"

#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <chrono>
#include <utility>

namespace gls {
namespace {

class StandardErrorLog final : public Log {
public:
    StandardErrorLog(LogLevel level, LogFormat format)
        : level_{level}, format_{format},
          out_{"", std::make_shared<spdlog::sinks::stderr_sink_mt>()} {
        out_.set_pattern("%v"); // the line is ours already
        // A log that fails must not take the daemon along, nor be reported to itself.
        out_.set_error_handler([](const std::string&) {});
    }

    bool enabled(LogLevel level) const override { return level >= level_; }

    void write(LogLevel level, std::string_view event, std::span<const Field> fields) override {
        const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(
            spdlog::log_clock::now().time_since_epoch());
        const std::string line = log_line(format_, now.count(), level, event, fields);
        out_.log(spdlog::level::info, spdlog::string_view_t{line.data(), line.size()});
    }

private:
    LogLevel level_;
    LogFormat format_;
    spdlog::logger out_; // its sink holds the lock and sends each line in one write
};

} // namespace

std::unique_ptr<Log> standard_error_log(LogLevel level, LogFormat format) {
    return std::make_unique<StandardErrorLog>(level, format);
}

} // namespace gls
