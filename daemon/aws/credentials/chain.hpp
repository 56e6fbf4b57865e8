// Sources asked one after the other. One that does not apply passes the question on; any other
// outcome, keys or a failure, is the answer: a broken source must not make a daemon act as somebody
// else.
#pragma once

#include "aws/credentials.hpp"

#include <memory>
#include <vector>

namespace gls::aws {

class Chain final : public CredentialsSource {
public:
    explicit Chain(std::vector<std::unique_ptr<CredentialsSource>> sources)
        : sources_{std::move(sources)} {}
    // Errors: credentials where none applies, naming all that were asked; else as the source told
    // it.
    [[nodiscard]] Task<Result<Credentials>> load() override;

private:
    std::vector<std::unique_ptr<CredentialsSource>> sources_;
};

} // namespace gls::aws
