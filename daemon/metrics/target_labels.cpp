#include "metrics/target_labels.hpp"

#include "metrics/writer.hpp"

#include <vector>

namespace gls::metrics {
namespace {

std::vector<Label> of(const poll::TargetIdentity& target) {
    std::vector<Label> labels{{"target", target.name}, {"region", target.region}};
    for (const auto& [name, value] : target.labels)
        labels.push_back({name, value});
    return labels;
}

} // namespace

std::string target_labels(const poll::TargetIdentity& target) {
    return label_text(of(target));
}

std::string account_labels(const poll::TargetIdentity& target) {
    auto labels = of(target);
    labels.push_back({"account_id", target.account_id.value()});
    return label_text(labels);
}

} // namespace gls::metrics
