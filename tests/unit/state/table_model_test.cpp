// The table against its plain model. The bench runs the same for millions of steps:
// `table_bench model 5000000`.
#include "random_sweeps.hpp"

#include <doctest/doctest.h>

using gls::test::RandomSweeps;

TEST_CASE("the table agrees with a plain model after every commit of random, overlapping sweeps") {
    for (const std::uint32_t sessions : {3U, 40U, 300U}) {
        RandomSweeps sweeps{sessions, sessions};
        std::string problem;
        for (int i = 0; i < 4000 && problem.empty(); ++i)
            problem = sweeps.step();
        CHECK_MESSAGE(problem.empty(), problem);
        CHECK(sweeps.commits() > 100);
        CHECK(sweeps.events() > 100);
    }
}
