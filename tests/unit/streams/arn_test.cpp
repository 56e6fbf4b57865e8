#include "streams/arn.hpp"

#include <doctest/doctest.h>

using gls::streams::Arn;
using gls::streams::ArnSplitter;
using gls::streams::split_arn;

TEST_CASE("an ARN is split into region, account, type and id") {
    const Arn arn = split_arn(
        "arn:aws:gameliftstreams:us-west-2:111122223333:streamsession/sg-1AB2C3De4/ABC123def4567");
    CHECK(arn.region == "us-west-2");
    CHECK(arn.account_id == "111122223333");
    CHECK(arn.type == "streamsession");
    CHECK(arn.id == "sg-1AB2C3De4/ABC123def4567");
}

TEST_CASE("partitions other than aws are split alike") {
    const Arn arn =
        split_arn("arn:aws-us-gov:gameliftstreams:us-gov-west-1:000000000001:application/a-1");
    CHECK(arn.account_id == "000000000001");
    CHECK(arn.type == "application");
    CHECK(arn.id == "a-1");
}

TEST_CASE("what an ARN does not tell is empty") {
    CHECK(split_arn("").type.empty());
    CHECK(split_arn("sg-1AB2C3De4").type.empty());
    CHECK(split_arn("urn:aws:s:r:111122223333:application/a").id.empty());
    CHECK(split_arn("arn:aws:s:r:11112222333x:application/a").account_id.empty());
    CHECK(split_arn("arn:aws:s:r:1111222233334:application/a").account_id.empty());
    CHECK(split_arn("arn:aws:s:r:111122223333:application").id.empty());
    CHECK(split_arn("arn:aws:s").account_id.empty());
}

TEST_CASE("the splitter of a list splits every ARN as if it came alone") {
    ArnSplitter splitter;
    for (const char* text :
         {"arn:aws:s:r:111122223333:streamsession/g/1",
          "arn:aws:s:r:111122223333:streamsession/g/2", "arn:aws:s:r:111122223333:streamsession/",
          "arn:aws:s:r:111122223333:streamsession", "arn:aws:s:r:111122223333:streamsessions/g/3",
          "arn:aws:s:r:x:streamsession/g/4", "arn:aws:s:r:x:streamsession/g/5", "", "/", "arn",
          "arn:/", "arn:/a", "arn:/b:c/d", "arn:aws:s::::a/b:c/d", "arn:aws:s::::a/e",
          "streamsession/g/6", "arn::::::/x", "arn::::::/y/z",
          "arn:aws:s:r:111122223333:streamsession/g/7"}) {
        CAPTURE(text);
        const std::string_view arn{text};
        const Arn alone = split_arn(arn);
        const Arn parts = splitter.split(arn);
        CHECK(parts.region == alone.region);
        CHECK(parts.account_id == alone.account_id);
        CHECK(parts.type == alone.type);
        CHECK(parts.id == alone.id);
        for (const std::string_view part : {parts.region, parts.type, parts.id})
            CHECK((part.empty() || (part.data() >= arn.data() &&
                                    part.end() <= arn.end()))); // not into the last one
    }
}
