// Students who wait for a person longer than they should: the team is alarmed, the student is told
// (once for each wait).
#pragma once

#include <cstdint>
#include <optional>

#include "base/result.h"
#include "chat/responder.h"
#include "chat/transaction.h"

namespace parlor::chat {

inline constexpr int kAlarmsAStep = 25;

struct WaitingAlarmSettings {
  std::int64_t after_ms = 4LL * 3600 * 1000;
  const Responder* responder = nullptr;  // none: only the team is alarmed
};

// One step, of any account. Answers when to call again: at once if there are more; nothing when
// nobody waits.
std::optional<Timestamp> alarm_long_waits(Transaction& transaction,
                                          const WaitingAlarmSettings& settings);

}  // namespace parlor::chat
