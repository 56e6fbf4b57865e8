#include "state/labels.hpp"

#include <algorithm>
#include <utility>

namespace gls::state {
namespace {

constexpr std::size_t own_texts = 2;           // "other" and "": they take no place from AWS's
constexpr std::size_t most_folded = 1U << 16U; // remembered; what comes later is folded uncounted

} // namespace

LabelValues::LabelValues(std::size_t max_values) : texts_{"other", ""} {
    limit(max_values);
    ids_.emplace(texts_[other], other); // a real value of that name joins them: one line, not two
    ids_.emplace(texts_[none], none);
}

LabelId LabelValues::id_of(std::string_view text) {
    if (const auto known = ids_.find(text); known != ids_.end()) return known->second;
    const std::uint64_t hash = streams::key_of(text).low;
    if (folded_.contains(hash)) return other;
    if (texts_.size() - own_texts >= max_values_) {
        if (folded_.size() < most_folded) add_folded(hash);
        return other;
    }
    add(text);
    return static_cast<LabelId>(texts_.size() - 1);
}

bool LabelValues::add(std::string_view text) {
    if (texts_.size() >= own_texts + most) return false;
    if (!ids_.emplace(text, static_cast<LabelId>(texts_.size())).second) return false;
    texts_.emplace_back(text);
    return true;
}

bool LabelValues::add_folded(std::uint64_t hash) {
    if (!folded_.insert(hash).second) return false;
    folded_in_order_.push_back(hash);
    return true;
}

bool LabelValues::takes(std::string_view text) const {
    if (ids_.contains(text)) return true;
    return texts_.size() - own_texts < max_values_ && !folded_.contains(streams::key_of(text).low);
}

void LabelValues::limit(std::size_t max_values) noexcept {
    max_values_ = std::min(max_values, most);
}

const LabelValues& Labels::of(LabelKind kind) const noexcept {
    switch (kind) {
    case LabelKind::stream_group:
        return stream_group;
    case LabelKind::application:
        return application;
    case LabelKind::location:
        return location;
    case LabelKind::status_reason:
        break;
    }
    return status_reason;
}

LabelValues& Labels::of(LabelKind kind) noexcept {
    return const_cast<LabelValues&>(std::as_const(*this).of(kind));
}

} // namespace gls::state
