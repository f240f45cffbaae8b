#include "delivery/typing_board.h"

#include <utility>

namespace parlor::delivery {

std::vector<Typing> TypingBoard::put(Typing typing, Timestamp now) {
  std::vector<Typing> told;
  const Key key{typing.signal.room, typing.signal.from};
  const auto known = by_key_.find(key);
  if (!typing.is_typing) {
    if (known == by_key_.end()) return told;
    end(known->second);
    told.push_back(std::move(typing));
    return told;
  }
  if (known != by_key_.end()) {
    order_.erase(known->second);
    by_key_.erase(known);
  } else {
    if (by_key_.size() == kMaxTyping) told.push_back(end(order_.begin()));
    told.push_back(typing);
  }
  by_key_[key] = order_.insert(order_.end(), Entry{std::move(typing), now + kTypingMs});
  return told;
}

std::vector<Typing> TypingBoard::expire(Timestamp now) {
  std::vector<Typing> told;
  while (!order_.empty() && order_.front().ends_at <= now) told.push_back(end(order_.begin()));
  return told;
}

std::optional<Timestamp> TypingBoard::next_expiry() const {
  if (order_.empty()) return std::nullopt;
  return order_.front().ends_at;
}

Typing TypingBoard::end(Order::iterator entry) {
  auto typing = std::move(entry->typing);
  typing.is_typing = false;
  by_key_.erase({typing.signal.room, typing.signal.from});
  order_.erase(entry);
  return typing;
}

}  // namespace parlor::delivery
