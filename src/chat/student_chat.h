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

#include "base/clock.h"
#include "base/id.h"
#include "chat/bot_talk.h"

namespace parlor::chat {

enum class StudentStatus { bot_handling, waiting_for_admin, admin_handling, resolved, closed };
inline constexpr int kStudentStatuses = 5;

struct StudentChat : BotTalk {
  StudentStatus status = StudentStatus::bot_handling;
  ConversationId admin;     // who handles it, or did last; 0 = nobody yet
  Timestamp escalated_at;   // 0 = never
  Timestamp waiting_since;  // for the alarm: 0 = does not wait, or the alarm was given

  friend bool operator==(const StudentChat&, const StudentChat&) = default;
};

}  // namespace parlor::chat
