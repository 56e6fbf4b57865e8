// Reads one response from a connection: status and header fields within their limit, then the body,
// at most so many bytes of it, inflated on the way in.
#pragma once

#include "aws/http_message.hpp"
#include "aws/transport/connection.hpp"
#include "base/result.hpp"
#include "base/task.hpp"

#include <cstddef>
#include <memory>

namespace gls::aws {

class ResponseReader {
public:
    enum class Expect { body, header_only }; // the latter after HEAD and CONNECT

    ResponseReader(Expect expect, std::size_t max_body_bytes);
    ~ResponseReader();
    ResponseReader(const ResponseReader&) = delete;
    ResponseReader& operator=(const ResponseReader&) = delete;

    // Errors: connection (cut off), malformed (not HTTP, over a limit, bad gzip), cancelled.
    [[nodiscard]] Task<Result<>> read(Connection& connection);
    [[nodiscard]] HttpResponse take(); // once read() has succeeded

    [[nodiscard]] bool begun() const { return begun_; } // a byte of the response has come
    [[nodiscard]] bool keep_alive() const;              // the connection may carry another request

private:
    struct Parser;
    void expect_another();
    // True once the response is complete.
    [[nodiscard]] Result<bool> parse(Connection& connection);

    Expect expect_;
    std::size_t max_body_bytes_;
    std::unique_ptr<Parser> parser_;
    bool begun_{false};
};

} // namespace gls::aws
