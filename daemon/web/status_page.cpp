#include "web/status_page.hpp"

#include "web/verdict.hpp"

namespace gls::web {

Answer status_page(const poll::Pictures& pictures, WallTime now, const Site&) {
    return plain_answer(200, verdict_of(pictures, now).sentence + '\n');
}

} // namespace gls::web
