#include "store/sqlite/recent_texts.h"

#include <utility>
#include <variant>

namespace parlor::store {
namespace {

// Of an entry, beside its text.
constexpr std::size_t kEntryBytes = 96;

}  // namespace

RecentTexts::Key RecentTexts::key_of(RoomId room, bool is_note, std::int64_t seq) {
  return {room, seq * 2 + (is_note ? 1 : 0)};
}

std::size_t RecentTexts::Hash::operator()(const Key& key) const {
  return std::hash<RoomId>()(key.room) * 31 + static_cast<std::size_t>(key.place);
}

void RecentTexts::add(const std::vector<FinishedJob>& committed) {
  const std::lock_guard lock(mutex_);
  for (const auto& finished : committed) {
    for (const auto& event : finished.events) {
      const auto* posted = std::get_if<chat::MessagePosted>(&event.body);
      if (!posted || bytes_ > kMaxBytes) continue;
      const auto& message = *posted->message;
      const bool is_note = message.type == chat::MessageType::note;
      const bool is_new =
          texts_.try_emplace(key_of(message.room, is_note, message.seq), message.content).second;
      if (is_new) bytes_ += message.content.size() + kEntryBytes;
    }
  }
}

std::optional<std::string> RecentTexts::take(RoomId room, bool is_note, std::int64_t seq) {
  const std::lock_guard lock(mutex_);
  auto entry = texts_.extract(key_of(room, is_note, seq));
  if (entry.empty()) return std::nullopt;
  bytes_ -= entry.mapped().size() + kEntryBytes;
  return std::move(entry.mapped());
}

void RecentTexts::clear() {
  const std::lock_guard lock(mutex_);
  texts_.clear();
  bytes_ = 0;
}

}  // namespace parlor::store
