// The parts of ARNs that become labels. arn:PARTITION:gameliftstreams:REGION:ACCOUNT:RESOURCE with
// RESOURCE = streamsession/GROUP/SESSION, application/ID or streamgroup/ID. Pure.
#pragma once

#include <string_view>

namespace gls::streams {

// Every part is "" where the ARN does not have it in that form.
struct Arn {
    std::string_view region;
    std::string_view account_id; // twelve digits
    std::string_view type;       // streamsession, application, streamgroup
    std::string_view id;         // what follows the type's slash
};
[[nodiscard]] Arn split_arn(std::string_view arn) noexcept;

} // namespace gls::streams
