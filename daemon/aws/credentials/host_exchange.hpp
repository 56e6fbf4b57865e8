// One request to a credentials host beside the machine (IMDS, the ECS or EKS agent), tried again
// after faults that pass. Short deadlines: these hosts answer at once or not at all.
#pragma once

#include "aws/credentials/outside.hpp"

#include <string>

namespace gls::aws {

struct HostPatience {
    Deadlines deadlines{
        .connect = milliseconds{1000}, .request = milliseconds{1000}, .max_body_bytes = 64U << 10U};
    unsigned attempts{3};
    bool silence_is_final{false}; // no second try after a timeout or a refused connection
};

// Any status below 500 but 429 is an answer. Errors: as Transport, server_error, throttled.
[[nodiscard]] Task<Result<HttpResponse>> ask_host(Outside outside, HttpRequest request,
                                                  HostPatience patience);

} // namespace gls::aws
