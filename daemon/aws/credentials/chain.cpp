#include "aws/credentials/chain.hpp"

#include <string>
#include <utility>

namespace gls::aws {

Task<Result<Credentials>> Chain::load() {
    std::string asked;
    for (const auto& source : sources_) {
        auto loaded = co_await source->load();
        if (loaded || loaded.error().kind != ErrorKind::not_configured) co_return loaded;
        if (!asked.empty()) asked += "; ";
        asked += loaded.error().message;
    }
    co_return fail(ErrorKind::credentials,
                   "no credentials found (" + asked +
                       "): set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, name a "
                       "profile, or run where AWS provides a role");
}

} // namespace gls::aws
