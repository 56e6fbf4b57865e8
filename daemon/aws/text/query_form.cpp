#include "aws/text/query_form.hpp"

#include "aws/text/percent.hpp"

#include <utility>

namespace gls::aws {

QueryForm::QueryForm(std::string_view action, std::string_view version) {
    add("Action", action);
    add("Version", version);
}

QueryForm& QueryForm::add(std::string_view name, std::string_view value) {
    if (!text_.empty()) text_ += '&';
    text_ += name;
    text_ += '=';
    append_percent_encoded(text_, value);
    return *this;
}

std::string QueryForm::finish() {
    return std::move(text_);
}

} // namespace gls::aws
