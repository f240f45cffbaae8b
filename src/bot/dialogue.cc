#include "bot/dialogue.h"

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <cmath>

#include "bot/located_json.h"

namespace parlor::bot {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxIdBytes = 128;
constexpr std::size_t kMaxOffered = 16;

constexpr std::array<std::string_view, 5> kStatuses = {"bot_handling", "waiting_for_admin",
                                                       "admin_handling", "resolved", "closed"};
constexpr std::array<std::string_view, 12> kReplyKinds = {
    "guide", "menu",      "choice",          "rephrase",      "faq",         "escalate",
    "close", "about_bot", "ask_about_image", "cannot_listen", "wait_notice", "remark"};
constexpr std::array<std::string_view, 10> kEscalations = {
    "wants_person",      "did_not_work",   "three_attempts", "account_locked", "needs_person",
    "paid_not_credited", "not_understood", "second_voice",   "repeating",      "failure"};

int small(const LocatedJson* value) {
  if (!value || !value->is_number() || !(std::abs(value->number()) < 1e6)) return 0;
  return std::max(0, static_cast<int>(value->number()));
}
bool flag(const LocatedJson* value) { return value && value->is_bool() && value->boolean(); }
std::string short_text(const LocatedJson* value) {
  return value && value->is_string() && value->string().size() <= kMaxIdBytes ? value->string()
                                                                              : "";
}

// The bot's words when it has no file of them.
constexpr std::string_view kFailureEnglish =
    "I cannot help with this right now. A person from our team will answer you here.";
constexpr std::string_view kFailureArabic =
    "لا أستطيع المساعدة في هذا الآن. سيرد شخص من فريقنا هنا.";
constexpr std::string_view kPauseEnglish = " Sending pauses until then.";
constexpr std::string_view kPauseArabic = " يتوقف إرسال الرسائل حتى ذلك الحين.";

}  // namespace

std::string_view name_of(Status status) { return kStatuses[static_cast<std::size_t>(status)]; }
std::string_view name_of(ReplyKind kind) { return kReplyKinds[static_cast<std::size_t>(kind)]; }
std::string_view name_of(Escalation reason) {
  return kEscalations[static_cast<std::size_t>(reason)];
}

std::optional<Status> status_of(std::string_view name) {
  const auto found = std::find(kStatuses.begin(), kStatuses.end(), name);
  if (found == kStatuses.end()) return std::nullopt;
  return static_cast<Status>(found - kStatuses.begin());
}

std::string dialogue_text(const Dialogue& dialogue) {
  json::object text;
  if (!dialogue.intent.empty()) text["intent"] = dialogue.intent;
  if (dialogue.attempts) text["attempts"] = dialogue.attempts;
  if (dialogue.step) text["step"] = dialogue.step;
  if (dialogue.is_guided) text["guided"] = true;
  if (dialogue.has_rephrased) text["rephrased"] = true;
  if (dialogue.heard_voice) text["voice"] = true;
  if (dialogue.language) text["language"] = name_of(*dialogue.language);
  if (!dialogue.last_text.empty()) text["last"] = dialogue.last_text;
  if (dialogue.repeats) text["repeats"] = dialogue.repeats;
  if (!dialogue.offered.empty())
    text["offered"] = json::array(dialogue.offered.begin(), dialogue.offered.end());
  return json::serialize(text);
}

Dialogue read_dialogue(std::string_view text) {
  if (text.size() > kMaxDialogueBytes) return {};
  const auto document = LocatedJson::parse(text);
  if (!document) return {};
  Dialogue dialogue;
  dialogue.intent = short_text(document->find("intent"));
  dialogue.attempts = small(document->find("attempts"));
  dialogue.step = small(document->find("step"));
  dialogue.is_guided = flag(document->find("guided"));
  dialogue.has_rephrased = flag(document->find("rephrased"));
  dialogue.heard_voice = flag(document->find("voice"));
  const auto language = short_text(document->find("language"));
  if (language == "en") dialogue.language = Language::english;
  if (language == "ar") dialogue.language = Language::arabic;
  dialogue.last_text = short_text(document->find("last"));
  dialogue.repeats = small(document->find("repeats"));
  const auto* offered = document->find("offered");
  if (offered && offered->is_array() && offered->items().size() <= kMaxOffered)
    for (const auto& choice : offered->items()) dialogue.offered.push_back(short_text(&choice));
  return dialogue;
}

Decision escalate_after_failure(const Situation& situation, std::optional<Language> language) {
  Decision decision;
  decision.status = situation.status;
  decision.dialogue = situation.dialogue;
  if (language) decision.dialogue.language = language;
  if (situation.status == Status::waiting_for_admin || situation.status == Status::admin_handling)
    return decision;
  const bool is_arabic = decision.dialogue.language == Language::arabic;
  Reply reply;
  reply.kind = ReplyKind::escalate;
  reply.language = is_arabic ? Language::arabic : Language::english;
  reply.text = is_arabic ? kFailureArabic : kFailureEnglish;
  if (situation.sending_pauses) reply.text += is_arabic ? kPauseArabic : kPauseEnglish;
  reply.sender_name = is_arabic ? "رد تلقائي" : "Auto reply";
  decision.reply = std::move(reply);
  decision.status = Status::waiting_for_admin;
  decision.escalation = Escalation::failure;
  decision.notify_admins = true;
  decision.dialogue.last_text = "failure/0";
  decision.dialogue.offered.clear();
  return decision;
}

}  // namespace parlor::bot
