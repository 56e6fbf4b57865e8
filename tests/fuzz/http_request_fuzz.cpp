// Any bytes on a connection, in pieces whose size the first byte says: requests come out, or one
// refusal with a status of the contract; what is left over stays bounded. Credentials are decoded.
#include "web/guard/basic_credentials.hpp"
#include "web/request_reader.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using Progress = gls::web::RequestReader::Progress;
    if (size == 0) return 0;
    std::string_view rest{reinterpret_cast<const char*>(data) + 1, size - 1};
    const std::size_t step = std::size_t{data[0]} + 1;
    gls::web::RequestReader reader{512, 128};
    reader.begin();
    while (true) {
        auto progress = reader.advance();
        if (progress == Progress::whole) {
            const auto request = reader.request();
            const auto who = gls::web::basic_credentials(request.authorization);
            if (request.target.empty() || (who && who->user.contains(':'))) std::abort();
            reader.rest();
            reader.begin();
            if (reader.has_bytes()) continue;
        }
        if (progress == Progress::unfinished && rest.empty()) progress = reader.ended();
        if (progress == Progress::refused) {
            constexpr std::array<unsigned, 7> statuses{0, 400, 408, 413, 414, 417, 431};
            if (std::ranges::find(statuses, reader.refusal()) == statuses.end()) std::abort();
            return 0;
        }
        if (rest.empty()) return 0;
        const auto room = reader.room();
        const auto bytes = std::min({step, room.size(), rest.size()});
        if (bytes == 0) std::abort(); // it would wait for ever
        std::copy_n(rest.begin(), bytes, room.begin());
        reader.filled(bytes);
        rest.remove_prefix(bytes);
    }
}
