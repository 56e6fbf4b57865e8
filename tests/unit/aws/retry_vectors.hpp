// The published numbers of retries, where they are at hand.
#pragma once

#include "shared_data.hpp"

#include <memory>

namespace gls::aws::test {

struct Vectors {
    std::unique_ptr<JsonFile> file;
    Vectors() {
        if (const auto path = shared("retry/retry-vectors.json"))
            file = std::make_unique<JsonFile>(*path);
    }
    explicit operator bool() const { return file != nullptr; }
    simdjson::dom::element operator[](const char* name) const { return file->root()[name]; }
};

} // namespace gls::aws::test
