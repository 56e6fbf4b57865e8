#include "fixed_process.hpp"
#include "metrics/scrape.hpp"
#include "pictures.hpp"

#include <doctest/doctest.h>
#include <zlib.h>

namespace gls::metrics {
namespace {

using test::noon;

struct ScrapeFixture {
    poll::Board board{{test::shared(test::small_picture())}};
    FleetDocument fleet{board, {}};
    Own own{{"1", "2", "3"}, std::make_unique<test::FixedProcess>(), noon};
    Scrape scrape{fleet, own};
};

std::string unpacked(const std::string& bytes) {
    std::string out(1U << 20U, '\0');
    z_stream stream{};
    REQUIRE(inflateInit2(&stream, 16 + MAX_WBITS) == Z_OK);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    CHECK(inflate(&stream, Z_FINISH) == Z_STREAM_END);
    out.resize(out.size() - stream.avail_out);
    inflateEnd(&stream);
    return out;
}

TEST_CASE_FIXTURE(ScrapeFixture,
                  "a scrape is the fleet's document, shared, and the daemon's own families") {
    const auto content = scrape.content(Format::text, Encoding::identity, noon);
    CHECK(content.shared[0].get() == &fleet.at(noon)->form(Format::text).plain);
    CHECK(content.size() == content.joined().size());
    CHECK(content.joined().starts_with("# HELP gamelift_streams_sessions "));
    CHECK(content.tail.find("process_cpu_seconds_total") != std::string::npos);
}

TEST_CASE_FIXTURE(ScrapeFixture, "what counts is rendered when it has changed, and is never late") {
    const auto counters = own.add_target({"prod", "us-west-2", {}, {}}, noon);
    for (const auto format : {Format::text, Format::open_metrics}) {
        for (const auto encoding : {Encoding::identity, Encoding::gzip}) {
            const auto content = [&] { return scrape.content(format, encoding, noon); };
            const auto text = [&] {
                return encoding == Encoding::gzip ? unpacked(content().joined())
                                                  : content().joined();
            };
            const auto delayed = [&] {
                const auto all = text();
                const auto at =
                    all.find(R"(sweeps_delayed_total{target="prod",region="us-west-2"} )");
                REQUIRE(at != std::string::npos);
                return std::stoi(all.substr(all.find(' ', at)));
            };
            CHECK(content().shared[1] == content().shared[1]);
            const auto before = delayed();
            counters->sweep_delayed();
            CHECK(delayed() == before + 1);
            own.http_answered("/metrics", 200);
            const auto answered = text();
            own.http_answered("/metrics", 200);
            CHECK(text() != answered);
        }
    }
}

TEST_CASE_FIXTURE(ScrapeFixture, "gzip unpacks to the plain text, in both formats") {
    for (const auto format : {Format::text, Format::open_metrics}) {
        const auto plain = scrape.content(format, Encoding::identity, noon).joined();
        CHECK(plain.ends_with("# EOF\n") == (format == Format::open_metrics));
        CHECK(unpacked(scrape.content(format, Encoding::gzip, noon).joined()) == plain);
    }
}

} // namespace
} // namespace gls::metrics
