// The parts of ARNs that become labels. arn:PARTITION:gameliftstreams:REGION:ACCOUNT:RESOURCE with
// RESOURCE = streamsession/GROUP/SESSION, application/ID or streamgroup/ID. Pure.
#pragma once

#include <string>
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

// split_arn() for the ARNs of a list, which seldom differ before their ids: what is alike is
// compared in one go instead of split again. The parts are views into the ARN given, as
// split_arn()'s are.
class ArnSplitter {
public:
    ArnSplitter() = default;
    ArnSplitter(const ArnSplitter&) = delete; // its parts are views into its own head
    ArnSplitter& operator=(const ArnSplitter&) = delete;

    [[nodiscard]] Arn split(std::string_view arn);

private:
    std::string head_; // through the slash behind the type; "" before the first
    Arn parts_;        // of head_
};

} // namespace gls::streams
