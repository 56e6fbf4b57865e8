// Bytes of a list page, or of one session, to sessions (restJson1 bodies of ListStreamSessions,
// ListStreamSessionsByAccount and GetStreamSession, API model of 2018-05-10). Pure; simdjson
// on-demand stays in the .cpp.
//
// What is tolerated: unknown members anywhere; a member of the wrong type or null counts as
// missing; of a member given twice the last one counts. What is not: a body that is not one JSON
// object from its first byte to its last, `Items` that is missing or not an array, an item that is
// not an object or has no Arn. Values of members that are not read are skipped by their brackets
// and quotes alone.
#pragma once

#include "base/result.hpp"
#include "streams/session.hpp"

#include <memory>
#include <span>
#include <string>

namespace gls::streams {

// The views stay valid until the reader's next call or until the text changes, whichever is first.
struct Page {
    std::span<const SessionView> sessions;
    std::string next_token; // "" on the last page
};

// Keeps its buffers between pages; one reader serves any number of chains on one thread.
class PageReader {
public:
    PageReader();
    ~PageReader();
    PageReader(PageReader&&) noexcept;
    PageReader& operator=(PageReader&&) noexcept;

    // `text` gains capacity for simdjson's padding where it has none; its content is not changed.
    // Error: malformed, saying where; never with any of the content.
    [[nodiscard]] Result<Page> read_page(std::string& text);
    [[nodiscard]] Result<SessionView> read_session(std::string& text);

private:
    struct Buffers;
    std::unique_ptr<Buffers> buffers_;
};

} // namespace gls::streams
