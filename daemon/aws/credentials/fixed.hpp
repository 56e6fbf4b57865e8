// A provider of keys that are at hand already: the base of a chain of roles.
#pragma once

#include "aws/credentials.hpp"

#include <memory>
#include <utility>

namespace gls::aws {

class FixedCredentials final : public CredentialsProvider {
public:
    explicit FixedCredentials(Credentials credentials)
        : credentials_{std::make_shared<const Credentials>(std::move(credentials))} {}

    Task<Result<std::shared_ptr<const Credentials>>> get() override { co_return credentials_; }
    void refused_by_aws(const Credentials& /*keys*/) override {} // there is nothing newer to be had
    [[nodiscard]] std::shared_ptr<const Credentials> current() const override {
        return credentials_;
    }

private:
    std::shared_ptr<const Credentials> credentials_;
};

} // namespace gls::aws
