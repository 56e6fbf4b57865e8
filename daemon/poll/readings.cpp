#include "poll/readings.hpp"

namespace gls::poll {

namespace {

// Distinct unknown texts that get a log line; past it they are only counted.
constexpr std::size_t most_logged = 50;
// Sessions are met twice because they move, or because a page shifts; a thousand in a row are not.
constexpr unsigned most_pages_without_news = 10;

} // namespace

void ReadingNotes::note(const streams::SessionView& session) {
    if (session.status == streams::Status::unknown) unknown("Status", session.status_text);
    if (session.export_status == streams::ExportStatus::unknown) unknown("ExportFilesStatus", "");
    if (!session.status_reason.empty() && !streams::is_known_status_reason(session.status_reason))
        unknown("StatusReason", session.status_reason);
    const bool told = session.account_id != "unknown";
    if (told && account_id_ != session.account_id) account_id_ = session.account_id;
}

void ReadingNotes::unknown(std::string_view field, std::string_view text) {
    observer_.unknown_value(field);
    std::string seen{field};
    seen.append("=").append(text.substr(0, 64));
    if (logged_.size() >= most_logged || !logged_.insert(seen).second) return;
    log_.warn("unknown_value", {{"field", field},
                                {"value", text.substr(0, 64)},
                                {"hint", field == "StatusReason"
                                             ? "shown as it is; a newer version may know it"
                                             : "counted as UNKNOWN; a newer version may know it"}});
}

void Readings::sessions(std::span<const streams::SessionView> read) {
    const auto number = table_.next_read();
    if (!since_) since_ = number;
    const auto again = sweep_.add(read, number, *since_);
    for (const auto& session : read)
        notes_.note(session);
    const bool nothing_new = !read.empty() && again == read.size();
    nothing_new_ = nothing_new ? nothing_new_ + 1 : 0;
    if (progress_ == nullptr) return;
    ++progress_->pages;
    progress_->sessions += read.size();
}

void Readings::answered(unsigned attempts, milliseconds took) {
    if (progress_ == nullptr) return;
    progress_->calls += attempts;
    progress_->in_flight += took;
}

bool Readings::goes_on() const {
    if (in_vain_ != nullptr && in_vain_->has_value()) return false;
    return begun_anew_ || nothing_new_ < most_pages_without_news;
}

} // namespace gls::poll
