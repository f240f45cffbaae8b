// A student's chat: what a room is beside itself when a bot answers first and people when it cannot
// (spec student-support.md).
//
//            student writes                    escalation                      admin writes /
//            assign
// (new) ──▶ bot_handling ───────────────▶ waiting_for_admin ────────────────▶ admin_handling
//              ▲   │ thanks / solved          (sends blocked)                    │  thanks /
//              solved, │   └──────────────▶ resolved ◀──────────────────────────────────┘  admin
//              resolves └── any other message ──┘      closed: admin closes; a new message →
//              bot_handling
#pragma once

#include <string>

#include "base/clock.h"
#include "base/id.h"

namespace parlor::chat {

enum class StudentStatus { bot_handling, waiting_for_admin, admin_handling, resolved, closed };
inline constexpr int kStudentStatuses = 5;

struct StudentChat {
  StudentStatus status = StudentStatus::bot_handling;
  std::string intent;             // the bot's name of the problem; empty = none
  int bot_attempts = 0;           // of the bot, at this problem
  std::string language;           // "en", "ar"; empty = not known yet
  std::string dialogue;           // the Responder's own (responder.h)
  ConversationId admin;           // who handles it, or did last; 0 = nobody yet
  std::string escalation_reason;  // of the newest escalation; empty = never
  Timestamp escalated_at;         // 0 = never
  Timestamp waiting_since;        // for the alarm: 0 = does not wait, or the alarm was given
  Timestamp resolved_at;          // 0 = is not resolved
  bool resolved_by_person = false;
  Timestamp problem_since;  // when the bot first helped with this problem; 0 = it has not

  friend bool operator==(const StudentChat&, const StudentChat&) = default;
};

}  // namespace parlor::chat
