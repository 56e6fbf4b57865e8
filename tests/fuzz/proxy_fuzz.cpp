// Any text as HTTPS_PROXY and as NO_PROXY, the two parted by the first line end: accepted or
// refused, with no word of it in the refusal, and what is accepted is whole.
#include "aws/transport/proxy.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace gls::aws;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto end = text.find('\n');
    const std::string_view url = text.substr(0, end);
    const std::string_view no_proxy = end == std::string_view::npos ? "" : text.substr(end + 1);

    ProxySettings settings;
    auto proxy = parse_proxy("HTTPS_PROXY", url);
    if (proxy) {
        require(!proxy->host.empty() && proxy->port != 0);
        require(proxy->host.find_first_of("\r\n @/") == std::string::npos);
        require(proxy->authorization.reveal().find_first_of("\r\n") == std::string::npos);
        settings.for_https = *proxy;
    } else {
        require(proxy.error().message.starts_with("HTTPS_PROXY: "));
        require(proxy.error().message.size() < 120); // a text of ours, whatever came in
    }
    settings.exceptions = parse_no_proxy(no_proxy);
    for (const ProxyException& exception : settings.exceptions)
        require(exception.prefix_bits <= 128);
    Endpoint endpoint;
    for (const char* host : {"far.test", "10.1.2.3", "2001:db8::1", "localhost"}) {
        endpoint.host = host;
        const Proxy* const used = proxy_for(settings, endpoint);
        require(used == nullptr || (proxy && host != std::string_view{"localhost"}));
    }
    return 0;
}
