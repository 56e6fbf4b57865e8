// An HTTP exchange as the SDKs recorded it, played back in order: method, address and form fields
// and proof (a session or bearer token) of each request must be those of the record; headers that
// name the SDK or sign the request may differ.
#pragma once

#include "aws/http.hpp"
#include "unit/aws/shared_data.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace gls::aws::test {

class RecordedTransport final : public Transport {
public:
    explicit RecordedTransport(const fs::path& http_traffic);

    Task<Result<HttpResponse>> send(HttpRequest request, Deadlines deadlines) override;
    [[nodiscard]] bool used_up() const { return next_ == exchanges_.size(); }

private:
    struct Exchange {
        std::string method;
        std::string uri;
        std::vector<Header> proofs;
        std::string request_body;
        HttpResponse response;
    };
    std::vector<Exchange> exchanges_;
    std::size_t next_{0};
};

} // namespace gls::aws::test
