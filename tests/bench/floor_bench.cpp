// The least that a full sweep over TLS can cost on this machine: one blocking connection of Beast
// and OpenSSL, pages counted by status with simdjson, and nothing else: no deadlines, no retries,
// no limits, no checks, no table. What sweep_bench needs more is the price of all that. Its calls
// are signed by the daemon's own signer, because the simulator verifies them.
//     floor_bench URL        https://127.0.0.1:PORT; AWS_CA_BUNDLE and keys as sweep_bench has them
#include "aws/request/sigv4.hpp"
#include "aws/text/percent.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <simdjson.h>

#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/resource.h>

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using namespace gls::aws;

std::string from_environment(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? "" : value;
}

class Floor {
public:
    explicit Floor(const std::string& authority) {
        const std::size_t colon = authority.rfind(':');
        request_.endpoint.host = authority.substr(0, colon);
        const std::string port = authority.substr(colon + 1);
        std::from_chars(port.data(), port.data() + port.size(), request_.endpoint.port);
        keys_.access_key_id = from_environment("AWS_ACCESS_KEY_ID");
        keys_.secret_access_key = gls::Secret{from_environment("AWS_SECRET_ACCESS_KEY")};
        tls_.load_verify_file(from_environment("AWS_CA_BUNDLE"));
        stream_.set_verify_mode(asio::ssl::verify_peer);
        asio::ip::tcp::resolver resolver{context_};
        asio::connect(stream_.next_layer(), resolver.resolve(request_.endpoint.host, port));
        stream_.next_layer().set_option(asio::ip::tcp::no_delay{true});
        stream_.handshake(asio::ssl::stream_base::client);
    }

    void sweep() {
        std::string token;
        do {
            std::string page = fetch(token);
            token = count(page);
            ++pages;
        } while (!token.empty());
    }

    std::uint64_t sessions{0};
    std::uint64_t pages{0};

private:
    std::string fetch(const std::string& token) {
        request_.target = "/streamsessions?MaxResults=100";
        if (!token.empty()) request_.target += "&NextToken=" + percent_encoded(token);
        signer_.sign(request_, keys_,
                     std::chrono::floor<gls::milliseconds>(std::chrono::system_clock::now()));
        http::request<http::empty_body> call{http::verb::get, request_.target, 11};
        for (const Header& header : request_.headers)
            call.set(header.name, header.value);
        http::write(stream_, call);
        http::response<http::string_body> answer;
        http::read(stream_, buffer_, answer);
        if (answer.result() != http::status::ok) throw std::runtime_error{answer.body()};
        return std::move(answer.body());
    }

    std::string count(std::string& page) {
        page.reserve(page.size() + simdjson::SIMDJSON_PADDING);
        auto document = parser_.iterate(page.data(), page.size(), page.capacity());
        std::string token;
        for (auto member : document.get_object()) {
            const std::string_view name = member.unescaped_key();
            if (name == "NextToken") {
                if (!member.value().is_null()) token = std::string_view{member.value()};
            } else if (name == "Items") {
                for (auto item : member.value().get_array()) {
                    const std::string_view status = item["Status"];
                    ++by_status_[std::string{status}];
                    ++sessions;
                }
            }
        }
        return token;
    }

    HttpRequest request_;
    Credentials keys_;
    Signer signer_{"us-west-2", "gameliftstreams"};
    asio::io_context context_;
    asio::ssl::context tls_{asio::ssl::context::tls_client};
    asio::ssl::stream<asio::ip::tcp::socket> stream_{context_, tls_};
    boost::beast::flat_buffer buffer_;
    simdjson::ondemand::parser parser_;
    std::map<std::string, std::uint64_t> by_status_;
};

} // namespace

int main(int argc, char** argv) {
    constexpr std::string_view scheme = "https://";
    const std::string_view url = argc == 2 ? argv[1] : "";
    if (!url.starts_with(scheme)) {
        std::fprintf(stderr, "usage: floor_bench https://127.0.0.1:PORT\n");
        return 1;
    }
    const auto begun = std::chrono::steady_clock::now();
    Floor floor{std::string{url.substr(scheme.size())}};
    floor.sweep();
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begun;
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    std::printf(
        "floor  %9lu sessions  %6lu pages  %6lu calls  %5.2f CPU s (%.2f user, %.2f system) "
        " %6.2f s wall  %6.1f MiB peak\n",
        floor.sessions, floor.pages, floor.pages, seconds(used.ru_utime) + seconds(used.ru_stime),
        seconds(used.ru_utime), seconds(used.ru_stime), wall.count(),
        static_cast<double>(used.ru_maxrss) / 1024);
    return 0;
}
