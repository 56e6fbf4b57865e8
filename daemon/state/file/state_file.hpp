// The file behind state.path: one SQLite database for all targets, in the hands of one process.
// Refused, and left exactly as it is: a file that is damaged, of another program, of a newer
// version, not writable, or open elsewhere.
#pragma once

#include "state/file/database.hpp"
#include "state/file/target_record.hpp"

#include <memory>
#include <string>

namespace gls::state::file {

class StateFile {
public:
    // Made where it is missing. Errors: unavailable, with what to do.
    [[nodiscard]] static Result<std::unique_ptr<StateFile>> open(const std::string& path);

    // What is kept of that target goes into `table`, which is new. A target that the file does not
    // know begins there with its first save. Errors: unavailable; then let go of the table.
    [[nodiscard]] Result<std::unique_ptr<TargetRecord>> recall(TargetNames names,
                                                               SessionTable& table);

private:
    explicit StateFile(std::unique_ptr<Database> database) : database_{std::move(database)} {}
    [[nodiscard]] Result<> verify();
    [[nodiscard]] Result<> prepare();

    std::unique_ptr<Database> database_;
};

} // namespace gls::state::file
