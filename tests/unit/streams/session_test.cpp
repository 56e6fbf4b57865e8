#include "streams/session.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <string>
#include <vector>

using namespace gls::streams;

namespace {

std::string arn_of(int number) {
    return "arn:aws:gameliftstreams:us-west-2:111122223333:streamsession/sg-1AB2C3De4/S" +
           std::to_string(number);
}

template <class T>
bool all_differ(std::vector<T> values) {
    std::ranges::sort(values);
    return std::ranges::adjacent_find(values) == values.end();
}

} // namespace

TEST_CASE("every status has AWS's spelling and is found by it") {
    for (std::size_t i = 0; i < known_status_count; ++i) {
        const auto status = static_cast<Status>(i);
        CHECK(status_of(text_of(status)) == status);
        CHECK(is_live(status) == (i < 6));
        CHECK(is_ended(status) == (i >= 6));
    }
    CHECK(text_of(Status::pending_client_reconnection) == "PENDING_CLIENT_RECONNECTION");
}

TEST_CASE("a status that is not AWS's is unknown, neither live nor ended") {
    for (const char* text : {"", "UNKNOWN", "active", "ACTIVE ", "PAUSED"})
        CHECK(status_of(text) == Status::unknown);
    CHECK_FALSE(is_live(Status::unknown));
    CHECK_FALSE(is_ended(Status::unknown));
}

TEST_CASE("export statuses are found by AWS's spelling; NONE is ours and is not") {
    CHECK(export_status_of("PENDING") == ExportStatus::pending);
    CHECK(export_status_of("SUCCEEDED") == ExportStatus::succeeded);
    CHECK(export_status_of("FAILED") == ExportStatus::failed);
    CHECK(export_status_of("NONE") == ExportStatus::unknown);
    CHECK(export_status_of("") == ExportStatus::unknown);
}

TEST_CASE("keys are the same for the same ARN, whatever lies behind it") {
    const std::string longer = arn_of(1) + "xyz";
    CHECK(key_of(arn_of(1)) == key_of(std::string_view{longer}.substr(0, longer.size() - 3)));
    CHECK(key_of("arn") != key_of(std::string_view{"arn\0", 4}));
    CHECK(key_of("") != key_of(std::string_view{"\0", 1}));
}

// The state file holds keys, so they may not change by accident.
TEST_CASE("keys are the same in every version") {
    CHECK(key_of(arn_of(1)) == SessionKey{0x58c5fff5d599a930, 0xb086f9118fbba158});
}

TEST_CASE("neither half of a key repeats among similar ARNs") {
    std::vector<std::uint64_t> high;
    std::vector<std::uint64_t> low;
    for (int i = 0; i < 50'000; ++i) {
        const SessionKey key = key_of(arn_of(i));
        high.push_back(key.high);
        low.push_back(key.low);
    }
    CHECK(all_differ(high));
    CHECK(all_differ(low));
}

TEST_CASE("one changed bit of an ARN changes about half the bits of either half") {
    const std::string arn = arn_of(7);
    int high = 0;
    int low = 0;
    int flips = 0;
    for (std::size_t i = 0; i < arn.size(); ++i) {
        for (unsigned bit = 0; bit < 8; ++bit, ++flips) {
            std::string other = arn;
            other[i] = static_cast<char>(static_cast<unsigned char>(other[i]) ^ (1U << bit));
            high += std::popcount(key_of(arn).high ^ key_of(other).high);
            low += std::popcount(key_of(arn).low ^ key_of(other).low);
        }
    }
    CHECK(high / flips >= 31);
    CHECK(high / flips <= 32);
    CHECK(low / flips >= 31);
    CHECK(low / flips <= 32);
}
