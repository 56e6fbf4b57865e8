// The bytes of one connection to requests, without I/O: whoever owns the connection asks for room,
// fills it, and looks how far that goes. All of HTTP/1.1's syntax is Beast's, which is used here
// alone. Rules: RFC 9112.
#pragma once

#include "web/message.hpp"

#include <cstddef>
#include <memory>
#include <span>

namespace gls::web {

class RequestReader {
public:
    RequestReader(std::size_t header_bytes, std::size_t body_bytes);
    ~RequestReader();
    RequestReader(const RequestReader&) = delete;
    RequestReader& operator=(const RequestReader&) = delete;

    enum class Progress : unsigned char {
        unfinished, // more bytes are needed
        whole,      // request() is there
        refused,    // refusal() says with which status; the connection is of no further use
    };

    // Bytes that are there already and belong to the next request: it was pipelined.
    [[nodiscard]] bool has_bytes() const;
    void rest(); // between requests: holds no memory until bytes come
    [[nodiscard]] std::span<char> room();
    void filled(std::size_t bytes);

    void begin(); // the next request
    [[nodiscard]] Progress advance();
    [[nodiscard]] Progress ended();     // no more bytes will come
    [[nodiscard]] Progress timed_out(); // nor is it worth waiting for them

    // 400, 408, 413, 414, 417 or 431; 0: nobody is there to be told.
    [[nodiscard]] unsigned refusal() const { return refusal_; }
    // Of a whole request, until begin(). It says nothing of the listener.
    [[nodiscard]] Request request() const;
    [[nodiscard]] bool keep_alive() const;

private:
    struct Parts;
    Parts& parts(); // made when needed
    Progress refuse(unsigned status);

    std::size_t header_bytes_;
    std::size_t body_bytes_;
    std::unique_ptr<Parts> parts_;
    unsigned refusal_{0};
};

} // namespace gls::web
