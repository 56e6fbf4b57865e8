// What one signature of a typical list call costs, with the day's key kept and without it.
// Single thread, CPU time; build it in the release preset.
#include "aws/request/sigv4.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <string>

namespace {

using namespace gls;
using namespace gls::aws;

constexpr int signatures = 100'000;
constexpr int rounds = 5; // the quickest counts: the others had company

double cpu_ns() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

HttpRequest list_call(std::size_t token_bytes) {
    HttpRequest request;
    request.endpoint.host = "gameliftstreams.us-west-2.api.aws";
    request.target =
        "/streamsessions?MaxResults=100&NextToken=" + std::string(token_bytes, 'A') + "%3D%3D";
    request.headers = {{"Accept", "application/json"},
                       {"User-Agent", "gamelift_streams_exporter/0.1.0 ua/2.1 os/linux lang/c++"},
                       {"amz-sdk-invocation-id", "1b2c3d4e-5f60-4718-9a0b-c1d2e3f40516"},
                       {"amz-sdk-request", "ttl=20261124T104410Z; attempt=1; max=5"}};
    return request;
}

Credentials keys(std::size_t session_token_bytes) {
    Credentials credentials;
    credentials.access_key_id = "AKIDEXAMPLE";
    credentials.secret_access_key = Secret{"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"};
    credentials.session_token = Secret{std::string(session_token_bytes, 'T')};
    return credentials;
}

// Each signature is for another second, as in life; `new_day` throws the kept key away each time.
double ns_each(const HttpRequest& call, const Credentials& credentials, bool new_day) {
    constexpr WallTime start{seconds{1'790'000'000}};
    Signer signer{"us-west-2", "gameliftstreams"};
    double best = 0;
    for (int round = 0; round < rounds; ++round) {
        const double begun = cpu_ns();
        for (int i = 0; i < signatures; ++i) {
            HttpRequest request = call; // the call loop dresses a copy for each attempt as well
            const WallTime now =
                start + (new_day ? std::chrono::hours{24 * (i % 1000)} : seconds{i % 1000});
            signer.sign(request, credentials, now);
        }
        const double each = (cpu_ns() - begun) / signatures;
        best = round == 0 ? each : std::min(best, each);
    }
    return best;
}

} // namespace

int main() {
    std::puts("ns a signature (copy of the request included), best of 5 rounds of 100,000");
    const HttpRequest first = list_call(0);
    const HttpRequest next = list_call(200);
    std::printf("list call, long-term key, day's key kept      %7.0f\n",
                ns_each(first, keys(0), false));
    std::printf("next page (token 200 B), day's key kept       %7.0f\n",
                ns_each(next, keys(0), false));
    std::printf("next page, session token 800 B, key kept      %7.0f\n",
                ns_each(next, keys(800), false));
    std::printf("next page, long-term key, key derived anew    %7.0f\n",
                ns_each(next, keys(0), true));
}
