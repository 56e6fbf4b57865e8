#include "web/acceptors.hpp"

#include <boost/asio/ip/v6_only.hpp>

#include <algorithm>
#include <sys/resource.h>
#include <sys/socket.h>
#include <vector>

namespace gls::web {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

// The endpoints to try, in order: the first that binds is it.
std::vector<tcp::endpoint> endpoints_of(asio::io_context& context, const ListenAddress& address,
                                        error_code& error) {
    if (address.host.empty()) return {{tcp::v6(), address.port}, {tcp::v4(), address.port}};
    tcp::resolver resolver{context};
    const auto found =
        resolver.resolve(address.host, std::to_string(address.port), tcp::resolver::passive, error);
    std::vector<tcp::endpoint> endpoints;
    for (const auto& entry : found)
        endpoints.push_back(entry.endpoint());
    // A name with both families means IPv4 first, as other exporters do with "localhost".
    std::ranges::stable_sort(endpoints, {},
                             [](const tcp::endpoint& e) { return e.address().is_v6(); });
    return endpoints;
}

error_code listen_on(tcp::acceptor& acceptor, const tcp::endpoint& endpoint) {
    error_code error;
    acceptor.open(endpoint.protocol(), error);
    if (error) return error;
    error_code ignored; // an option that cannot be set shows in bind, or does not matter
    acceptor.set_option(asio::socket_base::reuse_address{true}, ignored);
    if (endpoint.protocol() == tcp::v6()) {
        const bool every_address = endpoint.address() == asio::ip::address_v6::any();
        acceptor.set_option(asio::ip::v6_only{!every_address}, ignored);
    }
    acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    return error;
}

} // namespace

Result<tcp::acceptor> open_acceptor(asio::io_context& context, const ListenAddress& address) {
    error_code error;
    for (const auto& endpoint : endpoints_of(context, address, error)) {
        tcp::acceptor acceptor{context};
        error = listen_on(acceptor, endpoint);
        if (!error) return acceptor;
        if (error == asio::error::address_in_use) break; // the other family would hide that
    }
    return fail(ErrorKind::unavailable,
                "cannot listen on " + address_text(address) + ": " + error.message());
}

Result<tcp::acceptor> inherited_acceptor(asio::io_context& context, int descriptor) {
    sockaddr_storage address{};
    socklen_t size = sizeof(address);
    int listens = 0;
    socklen_t listens_size = sizeof(listens);
    const bool known =
        getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size) == 0 &&
        getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listens, &listens_size) == 0;
    const bool internet = address.ss_family == AF_INET || address.ss_family == AF_INET6;
    error_code error = asio::error::operation_not_supported;
    tcp::acceptor acceptor{context};
    if (known && internet && listens != 0) {
        acceptor.assign(address.ss_family == AF_INET ? tcp::v4() : tcp::v6(), descriptor, error);
        if (!error) return acceptor;
    }
    return fail(ErrorKind::unavailable, "descriptor " + std::to_string(descriptor) +
                                            " is not a listening TCP socket: " + error.message());
}

ListenAddress bound_address(const tcp::acceptor& acceptor) {
    error_code error;
    const auto endpoint = acceptor.local_endpoint(error);
    return {endpoint.address().to_string(), endpoint.port()};
}

std::size_t raise_descriptor_limit(std::size_t wanted) {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return wanted;
    if (limit.rlim_cur < wanted) {
        const auto before = limit.rlim_cur;
        limit.rlim_cur = std::min<rlim_t>(wanted, limit.rlim_max);
        if (setrlimit(RLIMIT_NOFILE, &limit) != 0) limit.rlim_cur = before;
    }
    return static_cast<std::size_t>(std::min<rlim_t>(limit.rlim_cur, wanted));
}

} // namespace gls::web
