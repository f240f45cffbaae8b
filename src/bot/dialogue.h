// A student's chat as the bot sees it, and what the bot does about a message in it: plain values.
//
//     Situation + Detected --decide()--> Decision
//
// The caller keeps `status` and the Dialogue with the chat. A Dialogue is stored as one short text:
// dialogue_text() and read_dialogue(), which reads whatever is no dialogue as a new one.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/language.h"

namespace parlor::bot {

enum class Status { bot_handling, waiting_for_admin, admin_handling, resolved, closed };

std::string_view name_of(Status status);
std::optional<Status> status_of(std::string_view name);

struct Dialogue {
  std::string intent;                // the chat's current_intent; empty: none yet
  int attempts = 0;                  // bot_attempts: guidance, choices, rephrases on this problem
  int step = 0;                      // steps of the intent given so far
  bool is_guided = false;            // help was given for this problem: "no" means it failed
  bool has_rephrased = false;        // asked once to say it in other words
  bool heard_voice = false;          // the student's last message was a voice message
  std::optional<Language> language;  // the student's, from the last text that had one
  std::string last_text;  // what the bot said last: "closing/1", "step/PAYMENT/card_ready"
  int repeats = 0;        // replies of that kind in a row, without help between them
  std::vector<std::string> offered;  // ids of the numbered choices that stand now

  friend bool operator==(const Dialogue&, const Dialogue&) = default;
};

inline constexpr std::size_t kMaxDialogueBytes = 4096;

std::string dialogue_text(const Dialogue& dialogue);
Dialogue read_dialogue(std::string_view text);

enum class MessageKind { text, image, voice, file };

// What is written in texts as {name}: a setting in both languages. "hours", "reset_url"; one that
// is not given, or empty, gets the intents file's default.
using Placeholders = std::map<std::string, Bilingual>;

struct Situation {
  Status status = Status::bot_handling;
  Dialogue dialogue;
  MessageKind kind = MessageKind::text;  // media with a caption is told by its caption
  bool has_text = true;                  // false: media without a caption
  // Since a person resolved the chat; none when it is not resolved, or was resolved by the bot.
  std::optional<std::chrono::milliseconds> resolved_by_person_ago = std::nullopt;
  bool sending_pauses = true;  // the account's waiting_sends: block; false: accept
  Placeholders placeholders;
};

enum class ReplyKind {
  guide,
  menu,
  choice,
  rephrase,
  faq,
  escalate,
  close,
  about_bot,
  ask_about_image,
  cannot_listen,
  wait_notice,
  remark,  // "take your time", "all right": no help, no question
};

std::string_view name_of(ReplyKind kind);

// A client shows `text` on a button and sends either of the two.
struct QuickReply {
  std::string id;
  std::string text;

  friend bool operator==(const QuickReply&, const QuickReply&) = default;
};

struct Reply {
  ReplyKind kind = ReplyKind::remark;
  Language language = Language::english;
  std::string text;         // whole: what is said, and the choices, numbered
  std::string sender_name;  // "Auto reply", "رد تلقائي"
  std::vector<QuickReply> quick_replies;

  friend bool operator==(const Reply&, const Reply&) = default;
};

enum class Escalation {
  wants_person,
  did_not_work,
  three_attempts,
  account_locked,
  needs_person,  // another intent that only people can help with
  paid_not_credited,
  not_understood,
  second_voice,
  repeating,  // it could only have said the same again
  failure,    // something inside broke
};

std::string_view name_of(Escalation reason);

struct Decision {
  Status status = Status::bot_handling;  // of the chat, after this message
  Dialogue dialogue;
  std::optional<Reply> reply;             // none: silent
  std::optional<Escalation> escalation;   // set when the chat goes to people by this message
  std::optional<Bilingual> handoff_note;  // with an escalation: what the bot tells the admins
  bool notify_admins = false;             // also without an escalation: asked for a person again
  bool same_admin_first = false;          // "still broken" soon after a person resolved it
  bool is_confirmed = false;              // resolved by a yes, a thanks or a "solved"
};

// When anything else broke, also when there is no Bot at all: needs no intents file.
// Silent, as ever, where a person has the chat.
Decision escalate_after_failure(const Situation& situation, std::optional<Language> language);

}  // namespace parlor::bot
