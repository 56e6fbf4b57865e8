#include "settings/known_keys.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace gls::settings;

// The contract's keys: adding one is free, renaming or losing one breaks users.
TEST_CASE("the keys are those of the contract") {
    const std::vector<std::string> expected{"targets",
                                            "targets[].name",
                                            "targets[].region",
                                            "targets[].profile",
                                            "targets[].role_arn",
                                            "targets[].external_id",
                                            "targets[].role_session_name",
                                            "targets[].endpoint_url",
                                            "targets[].labels",
                                            "sweep",
                                            "sweep.live_interval",
                                            "sweep.full_interval",
                                            "sweep.stale_after",
                                            "sweep.strategy",
                                            "sweep.look_ups",
                                            "sweep.timeout",
                                            "api",
                                            "api.requests_per_second",
                                            "api.burst",
                                            "api.requests_per_day",
                                            "api.max_attempts",
                                            "api.connect_timeout",
                                            "api.request_timeout",
                                            "metrics",
                                            "metrics.breakdowns",
                                            "metrics.max_values_per_label",
                                            "state",
                                            "state.path",
                                            "inventory",
                                            "inventory.interval"};
    CHECK(known_keys() == expected);
}

TEST_CASE("a key in a problem's path is shown as a key, or in quotation marks") {
    CHECK(shown_key("live_interval") == "live_interval");
    CHECK(shown_key("a b") == R"("a b")");
    CHECK(shown_key("a\nb") == R"("a\nb")");
    CHECK(shown_key("") == R"("")");
    CHECK(shown_key("AKIAIOSFODNN7EXAMPLE").find("AKIA") == std::string::npos);
}
