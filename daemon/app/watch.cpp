#include "app/watch.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace gls::app {

namespace {

constexpr seconds region_pause{30}; // between two looks for one that nobody has told

std::shared_ptr<const poll::Picture> first_picture(const poll::TargetIdentity& identity) {
    poll::Picture picture;
    picture.target = identity;
    return std::make_shared<const poll::Picture>(std::move(picture));
}

// As far as settings tell: by whose credentials, and where.
bool is_same_account(const settings::Target& a, const settings::Target& b) {
    return a.region == b.region && a.profile == b.profile && a.role_arn == b.role_arn &&
           a.endpoint_url == b.endpoint_url;
}

} // namespace

Watch::Watch(WatchParts parts)
    : parts_{std::move(parts)}, tasks_{parts_.aws.around().executor, parts_.aws.around().log} {}

void Watch::take(settings::Settings settings) {
    wanted_ = std::move(settings);
    if (std::exchange(adopting_, true)) return;
    tasks_.start("adopt_settings", adopt_wanted());
}

void Watch::start() {
    started_ = true;
    for (const auto& target : targets_)
        target->start();
    tasks_.start("look_for_regions", look_for_regions());
}

// An instance's metadata may be late, and a profile written later: then the target begins anew,
// under the name that the region gives it.
Task<> Watch::look_for_regions() {
    for (;;) {
        const bool slept = co_await parts_.aws.around().clock.sleep_for(region_pause);
        if (!slept) co_return;
        const bool unknown = std::ranges::any_of(
            targets_, [](const auto& watched) { return watched->identity().region.empty(); });
        if (!unknown || adopting_) continue;
        // Only where it has been told: who stays is not to be judged anew each time.
        const auto settings = settings_;
        const auto identities = co_await identities_of(settings.targets);
        const auto staying = those_that_stay(settings.targets, identities);
        if (std::ranges::find(staying, nullptr) != staying.end() && !adopting_) take(settings_);
    }
}

Task<> Watch::adopt_wanted() {
    while (wanted_ && !stopping_) {
        auto settings = *std::move(wanted_);
        wanted_.reset();
        co_await adopt(std::move(settings));
    }
    adopting_ = false;
}

Task<> Watch::adopt(settings::Settings settings) {
    settings_ = settings;
    auto identities = co_await identities_of(settings.targets);
    const auto staying = those_that_stay(settings.targets, identities);
    for (std::size_t i = 0; i < identities.size(); ++i) {
        if (staying[i] != nullptr) identities[i] = staying[i]->identity();
    }
    const auto wanted = [&staying](const auto& watched) {
        return std::ranges::find(staying, watched.get()) != staying.end();
    };
    const auto unwanted = std::ranges::stable_partition(targets_, wanted);
    std::ranges::move(unwanted, std::back_inserter(leaving_));
    targets_.erase(unwanted.begin(), unwanted.end());
    const bool gone = co_await end_leaving();
    if (!gone || stopping_) co_return;

    arrange_board(identities);
    Targets next;
    for (std::size_t i = 0; i < identities.size(); ++i) {
        if (staying[i] != nullptr) {
            const auto is_it = [&](const auto& watched) { return watched.get() == staying[i]; };
            next.push_back(std::move(*std::ranges::find_if(targets_, is_it)));
            next.back()->configure(settings);
            continue;
        }
        auto memory = memory_of(settings, identities[i]);
        memory.spent = spent_before(settings.targets[i]);
        next.push_back(std::make_unique<WatchedTarget>(
            parts_, settings, settings.targets[i], std::move(identities[i]), std::move(memory)));
        if (started_) next.back()->start();
    }
    targets_ = std::move(next);
    parts_.published();
}

// By their places in the settings; null: a target that is new, or has changed. Where only others
// can tell the region, and they are silent now, it is still the same.
std::vector<WatchedTarget*>
Watch::those_that_stay(const std::vector<settings::Target>& targets,
                       const std::vector<poll::TargetIdentity>& identities) const {
    std::vector<WatchedTarget*> staying(targets.size());
    for (std::size_t i = 0; i < targets.size(); ++i) {
        const auto stays = [&](const auto& watched) {
            const auto& region = identities[i].region;
            return watched->settings() == targets[i] &&
                   (region.empty() || region == watched->identity().region);
        };
        const auto found = std::ranges::find_if(targets_, stays);
        if (found != targets_.end()) staying[i] = found->get();
    }
    return staying;
}

// At the start a state that cannot be read is a reason not to start; a daemon that runs watches the
// new target in memory, says so, and leaves the file's rows of it alone.
Memory Watch::memory_of(const settings::Settings& settings, const poll::TargetIdentity& identity) {
    auto memory = recall(parts_, settings, identity);
    if (memory) return *std::move(memory);
    if (started_) {
        parts_.aws.around().log.error(
            "state_not_read", {{"target", identity.name}, {"error", memory.error().message}});
    } else if (!refusal_) {
        refusal_ = memory.error();
    }
    return blank(parts_, settings);
}

// Those that stay show what they showed, new ones that nothing is known yet.
void Watch::arrange_board(const std::vector<poll::TargetIdentity>& identities) {
    const auto shown = parts_.board.current();
    poll::Pictures pictures;
    for (const auto& identity : identities) {
        const auto stays = [&identity](const auto& watched) {
            return watched->identity().name == identity.name;
        };
        const auto name_of = [](const auto& picture) { return picture->target.name; };
        const auto last = std::ranges::find(*shown, identity.name, name_of);
        const bool keep = last != shown->end() && std::ranges::any_of(targets_, stays);
        pictures.push_back(keep ? *last : first_picture(identity));
    }
    parts_.board.arrange(std::move(pictures));
}

Task<std::vector<poll::TargetIdentity>>
Watch::identities_of(const std::vector<settings::Target>& targets) {
    std::vector<poll::TargetIdentity> identities;
    for (const auto& target : targets) {
        auto region = co_await parts_.aws.region_of(target.region, target.profile);
        identities.push_back(identity_of(target, std::move(region)));
    }
    co_return identities;
}

state::CallsSpent Watch::spent_before(const settings::Target& target) const {
    state::CallsSpent spent;
    for (const auto& [former, calls] : spent_) {
        if (is_same_account(former, target)) spent = std::max(spent, calls);
    }
    return spent;
}

Task<bool> Watch::end_leaving() {
    for (const auto& target : leaving_)
        target->cancel();
    for (const auto& target : leaving_) {
        const bool ended = co_await target->ended();
        if (!ended) co_return false;
        const auto spent = std::max(target->spent(), spent_before(target->settings()));
        std::erase_if(spent_, [&target](const auto& former) {
            return is_same_account(former.first, target->settings());
        });
        spent_.emplace_back(target->settings(), spent);
    }
    leaving_.clear();
    co_return true;
}

Task<bool> Watch::once() {
    for (const auto& target : targets_)
        target->start_once();
    const bool all_ended = co_await ended();
    const bool all_good = leave_out_failed();
    co_return (all_ended && all_good);
}

// With all their families.
bool Watch::leave_out_failed() {
    std::erase_if(targets_, [](const auto& target) { return !target->went_well(); });
    poll::Pictures good;
    const auto shown = parts_.board.current();
    for (const auto& picture : *shown) {
        const auto is_it = [&](const auto& watched) {
            return watched->identity().name == picture->target.name;
        };
        if (std::ranges::any_of(targets_, is_it)) good.push_back(picture);
    }
    const bool all_good = good.size() == shown->size();
    parts_.board.arrange(std::move(good));
    parts_.published();
    return all_good;
}

void Watch::cancel() {
    stopping_ = true;
    tasks_.cancel();
    for (const auto& target : targets_)
        target->cancel();
}

Task<bool> Watch::ended() {
    const bool adopted = co_await tasks_.empty();
    if (!adopted) co_return false;
    // Some may still be leaving: a stop in the middle of a reload has cut the wait for them short.
    const auto all = groups();
    for (const auto* group : all) {
        for (const auto& target : *group) {
            const bool ended = co_await target->ended();
            if (!ended) co_return false;
        }
    }
    co_return true;
}

std::size_t Watch::running() const {
    std::size_t running = tasks_.running();
    for (const auto* group : groups()) {
        for (const auto& target : *group)
            running += target->running();
    }
    return running;
}

} // namespace gls::app
