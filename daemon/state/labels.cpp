#include "state/labels.hpp"

#include <algorithm>

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
        if (folded_.size() < most_folded) folded_.insert(hash);
        return other;
    }
    const auto id = static_cast<LabelId>(texts_.size());
    texts_.emplace_back(text);
    ids_.emplace(text, id);
    return id;
}

bool LabelValues::takes(std::string_view text) const {
    return ids_.contains(text) || texts_.size() - own_texts < max_values_;
}

void LabelValues::limit(std::size_t max_values) noexcept {
    max_values_ = std::min(max_values, most);
}

} // namespace gls::state
