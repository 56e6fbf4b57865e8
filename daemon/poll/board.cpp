#include "poll/board.hpp"

#include <algorithm>

namespace gls::poll {

void Board::arrange(Pictures pictures) {
    auto next = std::make_shared<const Pictures>(std::move(pictures));
    const std::scoped_lock lock{mutex_};
    pictures_ = std::move(next);
}

void Board::publish(std::shared_ptr<const Picture> picture) {
    const std::scoped_lock lock{mutex_};
    auto next = std::make_shared<Pictures>(*pictures_);
    const auto place = std::ranges::find(*next, picture->target.name,
                                         [](const auto& shown) { return shown->target.name; });
    if (place == next->end()) return;
    *place = std::move(picture);
    pictures_ = std::move(next);
}

std::shared_ptr<const Pictures> Board::current() const {
    const std::scoped_lock lock{mutex_};
    return pictures_;
}

} // namespace gls::poll
