// The body of a request of the AWS Query protocol, as far as STS needs it: texts and whole numbers
// side by side, in the order given. Source: Smithy, "AWS query protocol". Pure.
#pragma once

#include <string>
#include <string_view>

namespace gls::aws {

class QueryForm {
public:
    QueryForm(std::string_view action, std::string_view version);
    QueryForm& add(std::string_view name, std::string_view value); // the value is encoded here
    [[nodiscard]] std::string finish();

private:
    std::string text_;
};

} // namespace gls::aws
