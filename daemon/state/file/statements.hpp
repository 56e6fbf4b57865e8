// What a target's record says to the database, prepared once.
#pragma once

#include "state/file/target_record.hpp"

namespace gls::state::file {

struct TargetRecord::Statements {
    Statement insert_target, update_target, label, folded, cell, known, unknown, counter, session,
        forget;

    [[nodiscard]] static Result<std::unique_ptr<Statements>> prepare(const Database& database);
};

} // namespace gls::state::file
