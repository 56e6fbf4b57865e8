#include "poll/board.hpp"

#include <utility>

namespace gls::poll {

Board::Board(Pictures initial) : pictures_{std::make_shared<const Pictures>(std::move(initial))} {}

void Board::publish(std::size_t target, std::shared_ptr<const Picture> picture) {
    const std::scoped_lock lock{mutex_};
    auto next = std::make_shared<Pictures>(*pictures_);
    next->at(target) = std::move(picture);
    pictures_ = std::move(next);
}

std::shared_ptr<const Pictures> Board::current() const {
    const std::scoped_lock lock{mutex_};
    return pictures_;
}

} // namespace gls::poll
