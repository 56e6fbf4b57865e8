// Everything outside the process that sources of credentials touch, as one bundle of seams. App
// owns them; they outlive every source.
#pragma once

#include "aws/credentials/programs.hpp"
#include "aws/http.hpp"
#include "base/clock.hpp"
#include "base/env.hpp"
#include "base/files.hpp"
#include "base/log.hpp"
#include "base/random.hpp"

#include <string>

namespace gls::aws {

struct Outside {
    const Env& env;
    Files& files;
    Clock& clock;
    Random& random;
    Log& log;
    Transport& transport;
    Programs& programs;
    std::string version{"0"}; // for User-Agent
};

} // namespace gls::aws
