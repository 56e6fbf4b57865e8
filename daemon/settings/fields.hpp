// Every key of the settings file, once and in the file's order: reading, printing and the list of
// known keys are three visitors that go through here. A visitor has one function for each kind of
// value; `section` and `list` take a function that is called with the visitor of the inner mapping.
// A key without a constant default says in words what holds where it is left out.
#pragma once

#include "settings/settings.hpp"

namespace gls::settings {

template <class Visitor>
void fields(Visitor& v, Target& target) {
    v.text("name", target.name);
    v.text("region", target.region);
    v.text("profile", target.profile);
    v.text("role_arn", target.role_arn);
    v.secret("external_id", target.external_id);
    v.text("role_session_name", target.role_session_name);
    v.url("endpoint_url", target.endpoint_url);
    v.labels("labels", target.labels);
}

template <class Visitor>
void fields(Visitor& v, Sweep& sweep) {
    v.duration("live_interval", sweep.live_interval);
    v.duration("full_interval", sweep.full_interval);
    v.duration("stale_after", sweep.stale_after, "three live intervals");
    v.choice("strategy", sweep.strategy, strategies);
    v.flag("look_ups", sweep.look_ups);
    v.duration("timeout", sweep.timeout,
               "30m, or three times the planned calls at requests_per_second where that is longer");
}

template <class Visitor>
void fields(Visitor& v, Api& api) {
    v.number("requests_per_second", api.requests_per_second);
    v.whole("burst", api.burst);
    v.whole("requests_per_day", api.requests_per_day);
    v.whole("max_attempts", api.max_attempts, "AWS_MAX_ATTEMPTS, else 5");
    v.duration("connect_timeout", api.connect_timeout);
    v.duration("request_timeout", api.request_timeout);
}

template <class Visitor>
void fields(Visitor& v, Metrics& metrics) {
    v.choices("breakdowns", metrics.breakdowns, all_breakdowns);
    v.whole("max_values_per_label", metrics.max_values_per_label);
}

template <class Visitor>
void fields(Visitor& v, Settings& settings) {
    v.list("targets", settings.targets, [](auto& in, Target& target) { fields(in, target); });
    v.section("sweep", [&](auto& in) { fields(in, settings.sweep); });
    v.section("api", [&](auto& in) { fields(in, settings.api); });
    v.section("metrics", [&](auto& in) { fields(in, settings.metrics); });
    v.section("state", [&](auto& in) { in.text("path", settings.state_path); });
    v.section("inventory", [&](auto& in) { in.duration("interval", settings.inventory_interval); });
}

} // namespace gls::settings
