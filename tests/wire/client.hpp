// The transport under test on a real io_context and clock, driven to its answer.
#pragma once

#include "async/asio_clock.hpp"
#include "aws/transport/tls_transport.hpp"

#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gls::test {

using Answer = Result<aws::HttpResponse>;

class Client {
public:
    explicit Client(aws::TransportOptions options = {});
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    // Fails the test if there is no answer within half a minute.
    Answer send(aws::HttpRequest request, aws::Deadlines deadlines = {});
    // All at once.
    std::vector<Answer> send_all(std::vector<aws::HttpRequest> requests,
                                 aws::Deadlines deadlines = {});
    // Cancels (terminal) once `when` is true.
    Answer send_and_cancel(aws::HttpRequest request, const std::function<bool()>& when);

private:
    void run_until(const std::function<bool()>& done);

    boost::asio::io_context context_;
    std::unique_ptr<Clock> clock_{asio_clock()};
    std::unique_ptr<aws::Transport> transport_;
};

[[nodiscard]] aws::HttpRequest http_get(std::uint16_t port, std::string target = "/");
[[nodiscard]] aws::HttpRequest https_get(std::string host, std::uint16_t port);

} // namespace gls::test
