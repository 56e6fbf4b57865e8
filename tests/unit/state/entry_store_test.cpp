#include "state/entry_store.hpp"

#include <doctest/doctest.h>

#include <map>
#include <random>

using gls::state::Entry;
using gls::state::EntryStore;
using gls::streams::SessionKey;

namespace {

Entry entry(std::uint64_t number) {
    Entry entry;
    // Few and crowded homes, at the end of the index as well, so that slots wrap and move up.
    entry.key = {number, (number % 7 == 0 ? ~std::uint64_t{0} : number % 5) << 32U};
    entry.read = static_cast<std::uint32_t>(number);
    return entry;
}

} // namespace

TEST_CASE("entries are found by key through any order of putting in and taking out") {
    EntryStore store;
    std::map<SessionKey, std::uint32_t> model;
    std::mt19937_64 random{7};
    for (int step = 0; step < 4'000; ++step) {
        const Entry one = entry(random() % 60);
        const auto found = store.find(one.key);
        REQUIRE(found.has_value() == model.contains(one.key));
        if (found) REQUIRE(store[*found].read == model[one.key]);
        if (random() % 2 == 0) {
            const auto [at, is_new] = store.find_or_insert(one);
            REQUIRE(is_new == model.emplace(one.key, one.read).second);
            REQUIRE(store[at].key == one.key);
        } else if (found) {
            store.remove(*found);
            model.erase(one.key);
        }
        REQUIRE(store.size() == model.size());
    }
}

TEST_CASE("draining visits all in their order and leaves an empty store") {
    EntryStore store;
    for (std::uint32_t i = 0; i < 10'000; ++i)
        store.find_or_insert(entry(i));
    std::uint32_t visited = 0;
    std::uint32_t asked = 0;
    bool in_order = true;
    store.drain([&](const Entry&) { ++asked; },
                [&](const Entry& one) { in_order = in_order && one.read == visited++; });
    CHECK(in_order);
    CHECK(visited == 10'000);
    CHECK(asked > 9'000);
    CHECK(store.size() == 0);
    CHECK_FALSE(store.find(entry(1).key).has_value());
    CHECK(store.find_or_insert(entry(1)).second);
}
