// AWS above the call loop, written down beforehand: expect this operation, then answer or fail. An
// operation that was not expected, or an expectation never used, fails the test.
//
//     ScriptedApi api;
//     api.expect("ListStreamSessionsByAccount").query("NextToken", "t1").answer(page_json({...}));
//     api.expect("GetStreamSession").path({"streamgroups", "sg-1",
//     ...}).fail(ErrorKind::not_found);
#pragma once

#include "aws/call.hpp"

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gls::test {

class ScriptedApi final : public aws::Api {
public:
    class Step {
    public:
        Step& path(std::vector<std::string> segments);
        Step& query(std::string name, std::string value); // among others
        Step& no_query(std::string name);
        Step& urgency(aws::Urgency urgency);
        Step& meanwhile(std::function<void()> happens); // while it is under way

        Step& answer(std::string body, unsigned attempts = 1);
        Step& fail(ErrorKind kind, unsigned attempts = 1);

    private:
        friend class ScriptedApi;
        std::string name_;
        std::optional<std::vector<std::string>> path_;
        std::vector<std::pair<std::string, std::string>> query_;
        std::vector<std::string> no_query_;
        std::optional<aws::Urgency> urgency_;
        std::function<void()> meanwhile_;
        Result<aws::Answer> answer_;
    };

    ScriptedApi() = default;
    ~ScriptedApi() override; // fails the test if a step was never used
    ScriptedApi(const ScriptedApi&) = delete;
    ScriptedApi& operator=(const ScriptedApi&) = delete;

    Step& expect(std::string operation);

    Task<Result<aws::Answer>> call(aws::Operation operation) override;

    [[nodiscard]] const std::vector<aws::Operation>& operations() const { return operations_; }

private:
    std::deque<Step> steps_; // references stay valid while the script grows
    std::vector<aws::Operation> operations_;
};

} // namespace gls::test
