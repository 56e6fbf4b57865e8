#include "support/scripted_api.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace gls::test {

using Step = ScriptedApi::Step;

Step& Step::path(std::vector<std::string> segments) {
    path_ = std::move(segments);
    return *this;
}

Step& Step::query(std::string name, std::string value) {
    query_.emplace_back(std::move(name), std::move(value));
    return *this;
}

Step& Step::no_query(std::string name) {
    no_query_.push_back(std::move(name));
    return *this;
}

Step& Step::urgency(aws::Urgency urgency) {
    urgency_ = urgency;
    return *this;
}

Step& Step::answer(std::string body, unsigned attempts) {
    answer_ = aws::Answer{std::move(body), attempts};
    return *this;
}

Step& Step::meanwhile(std::function<void()> happens) {
    meanwhile_ = std::move(happens);
    return *this;
}

Step& Step::fail(ErrorKind kind, unsigned attempts) {
    Error error;
    error.kind = kind;
    error.message = "scripted failure";
    error.attempts = attempts;
    answer_ = std::unexpected<Error>{std::move(error)};
    return *this;
}

ScriptedApi::~ScriptedApi() {
    CHECK_MESSAGE(steps_.empty(), "an expected operation never came");
}

Step& ScriptedApi::expect(std::string operation) {
    steps_.emplace_back().name_ = std::move(operation);
    return steps_.back();
}

Task<Result<aws::Answer>> ScriptedApi::call(aws::Operation operation) {
    operations_.push_back(operation);
    if (steps_.empty()) {
        FAIL_CHECK("not expected: " << operation.name);
        co_return gls::fail(ErrorKind::connection, "the script is at its end");
    }
    const Step step = std::move(steps_.front());
    steps_.pop_front();
    CHECK(operation.name == step.name_);
    if (step.path_) CHECK(operation.path == *step.path_);
    if (step.urgency_) CHECK(operation.urgency == *step.urgency_);
    for (const auto& pair : step.query_)
        CHECK_MESSAGE(std::ranges::find(operation.query, pair) != operation.query.end(),
                      "missing " << pair.first << "=" << pair.second);
    for (const std::string& name : step.no_query_)
        CHECK(std::ranges::none_of(operation.query,
                                   [&](const auto& pair) { return pair.first == name; }));
    if (step.meanwhile_) step.meanwhile_();
    co_return step.answer_;
}

} // namespace gls::test
