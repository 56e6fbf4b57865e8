// Any bytes as the body of a refused call, in both protocols: always an error of one bounded line.
#include "aws/retry/error_response.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace gls::aws;
    if (size == 0) return 0;
    HttpResponse response;
    response.status = 400 + data[0] % 200;
    response.body.assign(reinterpret_cast<const char*>(data) + 1, size - 1);
    response.headers.push_back(
        {"x-amzn-ErrorType", response.body.substr(0, response.body.find('\n'))});
    for (const auto format : {ErrorFormat::rest_json, ErrorFormat::query_xml}) {
        const auto error = error_of(response, format);
        if (error.message.size() > 2000) __builtin_trap();
        if (error.message.find('\n') != std::string::npos) __builtin_trap();
    }
    return 0;
}
