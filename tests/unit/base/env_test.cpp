#include "base/env.hpp"
#include "support/fake_env.hpp"

#include <doctest/doctest.h>

#include <cstdlib>

TEST_CASE("the process environment tells unset from empty") {
    const auto env = gls::process_env();
    ::setenv("GLS_TEST_VARIABLE", "a value", 1);
    CHECK(env->get("GLS_TEST_VARIABLE") == "a value");
    ::setenv("GLS_TEST_VARIABLE", "", 1);
    CHECK(env->get("GLS_TEST_VARIABLE") == "");
    ::unsetenv("GLS_TEST_VARIABLE");
    CHECK_FALSE(env->get("GLS_TEST_VARIABLE").has_value());
}

TEST_CASE("FakeEnv holds only what was put there") {
    gls::test::FakeEnv env{{{"AWS_REGION", "us-west-2"}}};
    env.set("EMPTY", "");
    CHECK(env.get("AWS_REGION") == "us-west-2");
    CHECK(env.get("EMPTY") == "");
    CHECK_FALSE(env.get("PATH").has_value());
    env.unset("EMPTY");
    CHECK_FALSE(env.get("EMPTY").has_value());
}
