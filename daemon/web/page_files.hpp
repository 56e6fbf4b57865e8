// The files of web/page, embedded at build.
#pragma once

#include <string_view>

namespace gls::web {

extern const std::string_view page_html; // with {{placeholders}}
extern const std::string_view page_css;
extern const std::string_view page_js;

} // namespace gls::web
