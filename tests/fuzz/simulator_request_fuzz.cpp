// Whole requests, signed or not, and control calls: no bytes may bring the simulator down. The
// first line is method and target, lines up to an empty one are headers, the rest is the body.
#include "simulator/simulator.hpp"

#include <cstdint>
#include <sstream>

namespace {

class Standing final : public gls::simulator::TimeSource {
public:
    [[nodiscard]] gls::simulator::Millis wall() const override { return 1'440'938'160'000; }
    [[nodiscard]] gls::simulator::Millis steady() const override { return 0; }
};

gls::simulator::Settings small_settings() {
    gls::simulator::Settings settings;
    settings.fleet.sessions = 50;
    settings.fleet.live = 20;
    settings.speed = 0;
    return settings;
}

gls::simulator::Request request_of(const std::string& text) {
    gls::simulator::Request request;
    std::istringstream lines{text};
    lines >> request.method >> request.target;
    std::string line;
    std::getline(lines, line);
    while (std::getline(lines, line) && !line.empty()) {
        const auto colon = std::min(line.find(':'), line.size() - 1);
        request.headers.emplace_back(line.substr(0, colon), line.substr(colon + 1));
    }
    std::getline(lines, request.body, '\0');
    return request;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Standing time;
    const auto request = request_of({reinterpret_cast<const char*>(data), size});
    // What is asked for by order costs time and memory in proportion; that is no finding.
    if (request.path().starts_with("/_simulator/") && request.method == "POST") {
        gls::simulator::Simulator simulator{small_settings(), time};
        if (request.body.size() < 200 && request.body.find("00") == std::string::npos)
            (void)simulator.answer(request);
        return 0;
    }
    static gls::simulator::Simulator simulator{small_settings(), time};
    (void)simulator.answer(request);
    // The service behind the signature, which no fuzzer can forge.
    static gls::simulator::World world{small_settings(), time};
    static const gls::simulator::Caller caller{"A", "111122223333", "arn", "us-west-2"};
    static const std::optional<gls::simulator::Fault> no_fault;
    const auto destination = gls::simulator::destination_of(request);
    if (gls::simulator::is_streams(destination.operation))
        (void)world.streams.answer(*world.fleet,
                                   {request, destination, caller, world.service_now(), no_fault});
    return 0;
}
