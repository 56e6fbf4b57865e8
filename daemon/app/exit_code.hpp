// How the process ends; the contract's codes.
#pragma once

namespace gls::app {

enum ExitCode : int {
    ended_as_asked = 0,
    bad_input = 1,    // flags or settings; or --once or --config.check failed
    cannot_start = 2, // address in use, unreadable certificate, state file locked
    second_signal = 3,
};

} // namespace gls::app
