// The far end of a call, written down beforehand: expect this request, then reply, fail, or never
// answer. A request that was not expected, or an expectation never used, fails the test.
//
//     ScriptedTransport transport;
//     transport.expect("GET", "/latest/api/token").reply(200, "token");
//     transport.expect_any().fail(ErrorKind::timeout, "...").times(2);
#pragma once

#include "aws/http.hpp"

#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gls::test {

class ScriptedTransport final : public aws::Transport {
public:
    using Check = std::function<void(const aws::HttpRequest&)>;

    // One step of the script. All parts are optional but the answer.
    class Step {
    public:
        Step& host(std::string host);                      // the request must go to this host
        Step& header(std::string name, std::string value); // and hold this header
        Step& body(std::string body);                      // and this body
        Step& check(Check check);                          // and pass this
        Step& times(int count);                            // serves this many requests; 1

        Step& reply(int status, std::string body = {}, std::vector<aws::Header> headers = {});
        Step& fail(ErrorKind kind, std::string message = "scripted failure");
        Step& never_answer(); // until the request is cancelled, then fails as cancelled

    private:
        friend class ScriptedTransport;
        std::string method_;
        std::string target_;
        std::string host_;
        std::vector<aws::Header> headers_;
        std::vector<Check> checks_;
        Result<aws::HttpResponse> answer_;
        bool answers_{true};
        int left_{1};
    };

    ScriptedTransport() = default;
    ~ScriptedTransport() override; // fails the test if a step was never used
    ScriptedTransport(const ScriptedTransport&) = delete;
    ScriptedTransport& operator=(const ScriptedTransport&) = delete;

    Step& expect(std::string method, std::string target); // path and query exactly
    Step& expect_any();

    Task<Result<aws::HttpResponse>> send(aws::HttpRequest request,
                                         aws::Deadlines deadlines) override;

    [[nodiscard]] const std::vector<aws::HttpRequest>& requests() const { return requests_; }
    [[nodiscard]] bool finished() const; // every step used

    [[nodiscard]] static std::string_view header_of(const aws::HttpRequest& request,
                                                    std::string_view name); // "" where absent

private:
    std::deque<Step> steps_; // references stay valid while the script grows
    std::vector<aws::HttpRequest> requests_;
};

} // namespace gls::test
