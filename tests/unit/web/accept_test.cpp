#include "web/accept.hpp"

#include <doctest/doctest.h>

namespace gls::web {
namespace {

using metrics::Encoding;
using metrics::Format;

TEST_CASE("the format asked for, by weight") {
    const auto open = Format::open_metrics;
    const auto text = Format::text;
    struct Case {
        const char* accept;
        Format format;
    };
    for (const auto& [accept, format] : {
             Case{"", text},
             Case{"*/*", text},
             Case{"text/plain", text},
             Case{"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", text},
             Case{"text/html", text}, // nothing that we have: the common denominator
             Case{"application/openmetrics-text", open},
             Case{"application/openmetrics-text; version=1.0.0; charset=utf-8", open},
             Case{"application/openmetrics-text;version=\"1.0.0\"", open},
             Case{"Application/OpenMetrics-Text;Version=1.0.0", open},
             Case{"application/openmetrics-text;version=0.0.1", text},
             Case{"application/openmetrics-text;version=2.0.0", text},
             Case{"application/openmetrics-text;q=0", text},
             Case{"application/openmetrics-text;q=0.5,text/plain;q=0.4", open},
             Case{"application/openmetrics-text;q=0.4,text/plain;q=0.5", text},
             Case{"application/openmetrics-text;q=0.4,*/*;q=0.5", text},
             Case{"application/openmetrics-text,*/*;q=0.1", open},
             Case{"text/plain;q=0.1,application/*;q=0.2", open},
             Case{"application/openmetrics-text,text/plain", open},
             Case{"text/plain,application/openmetrics-text", text},
             // Prometheus 2.42 and 3
             Case{"application/openmetrics-text;version=1.0.0,application/openmetrics-text;"
                  "version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
                  open},
             Case{"application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,"
                  "application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;"
                  "escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1",
                  open},
             Case{"text/plain;version=0.0.4;q=1,*/*;q=0.1", text},
             // not what the RFC says
             Case{"application/openmetrics-text;q=2", text},
             Case{"application/openmetrics-text;q=high", text},
             Case{";;;,,,=", text},
             Case{"\"application/openmetrics-text", text},
         }) {
        CAPTURE(accept);
        CHECK(format_for(accept) == format);
    }
}

TEST_CASE("gzip only where it is asked for") {
    for (const auto* asked :
         {"gzip", "GZIP", "x-gzip", "deflate, gzip, br", "gzip;q=0.1", "*", "identity;q=0.5, gzip",
          "gzip;q=1.0, identity;q=1.0", "identity;q=0, *"}) {
        CAPTURE(asked);
        CHECK(encoding_for(asked) == Encoding::gzip);
    }
    for (const auto* asked : {"", "identity", "gzip;q=0", "gzip;q=0.000", "deflate", "gzip;q=0, *",
                              "identity, gzip;q=0.5", "*;q=0", "gzipped", "gzip;q=x"}) {
        CAPTURE(asked);
        CHECK(encoding_for(asked) == Encoding::identity);
    }
}

TEST_CASE("content types are those that Prometheus 3 insists on") {
    CHECK(content_type_of(Format::text) == "text/plain; version=0.0.4; charset=utf-8");
    CHECK(content_type_of(Format::open_metrics) ==
          "application/openmetrics-text; version=1.0.0; charset=utf-8");
}

} // namespace
} // namespace gls::web
