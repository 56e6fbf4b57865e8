# cmake -DFROM=<folder> -DTO=<file.cpp> -P embed.cmake: the page's files as C++ text.
set(delimiter "page")
set(code "// Made from the files of daemon/web/page.\n#include \"web/page_files.hpp\"\n\nnamespace gls::web {\n\n")
foreach(name html css js)
    file(READ ${FROM}/status.${name} text)
    string(APPEND code "const std::string_view page_${name}{R\"${delimiter}(${text})${delimiter}\"};\n\n")
endforeach()
string(APPEND code "} // namespace gls::web\n")
file(WRITE ${TO} "${code}")
