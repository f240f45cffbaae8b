#include "bot/policy.h"

#include <algorithm>

#include "bot/ngrams.h"
#include "bot/speech.h"

namespace parlor::bot {
namespace {

constexpr int kAttemptsWithoutIntent = 3;
constexpr std::size_t kMostTopics = 8;
// From here on a question of the FAQ is the one that was asked.
constexpr double kGoodAnswer = 0.45;
constexpr double kNearlyAsMuch = 0.15;
constexpr std::string_view kPayment = "PAYMENT";
constexpr std::string_view kAccountLocked = "ACCOUNT_LOCKED";

Language language_for(const Situation& situation, const Detected& detected) {
  if (detected.language) return *detected.language;
  return situation.dialogue.language.value_or(Language::english);
}

bool is_variant_of(std::string_view said, std::string_view text_id) {
  return said.starts_with(text_id) && said.substr(text_id.size()).starts_with('/');
}

// One message's decision in the making.
class Deciding {
 public:
  Deciding(const Intents& intents, const std::vector<Question>& questions,
           const Situation& situation, const Detected& detected)
      : intents_(intents),
        questions_(questions),
        situation_(situation),
        detected_(detected),
        speech_(intents, situation.placeholders, language_for(situation, detected)) {
    decision_.status = situation.status;
    decision_.dialogue = situation.dialogue;
    if (detected.language) chat().language = detected.language;
  }

  Decision result() && { return std::move(decision_); }

  void decide() {
    const bool spoke_before = std::exchange(chat().heard_voice, is_voice());
    switch (situation_.status) {
      case Status::waiting_for_admin:
        return;
      case Status::admin_handling:
        return beside_a_person();
      case Status::resolved:
        if (after_the_end()) return;
        [[fallthrough]];
      case Status::closed:
        restart();
        [[fallthrough]];
      case Status::bot_handling:
        break;
    }
    if (detected_.failed) return escalate(Escalation::failure, "escalated_other");
    if (!situation_.has_text) return answer_media(spoke_before);
    answer_text();
  }

  void notice() {
    if (situation_.status != Status::waiting_for_admin) return;
    say(ReplyKind::wait_notice, "waited_long");
    decision_.notify_admins = true;
  }

 private:
  Dialogue& chat() { return decision_.dialogue; }
  bool is_voice() const { return situation_.kind == MessageKind::voice && !situation_.has_text; }
  const Intent* intent() { return intents_.find(chat().intent); }
  int most_attempts() { return intent() ? intent()->max_attempts : kAttemptsWithoutIntent; }
  bool has_offered(std::string_view choice) {
    const auto& offered = chat().offered;
    return std::find(offered.begin(), offered.end(), choice) != offered.end();
  }
  bool has_offered_topics() {
    return std::any_of(chat().offered.begin(), chat().offered.end(),
                       [](const std::string& choice) { return choice.starts_with(kTopic); });
  }

  // --- the ends of a chat ---

  // It must never talk over a person.
  void beside_a_person() {
    if (!situation_.has_text || detected_.failed) return;
    if (detected_.control == Control::human) decision_.notify_admins = true;
    if (detected_.control == Control::thanks) close("closing");
  }

  // Whether a message to a resolved chat was dealt with; else the bot starts again.
  bool after_the_end() {
    if (!situation_.has_text || detected_.failed) return false;
    const bool is_nod = detected_.control == Control::acknowledged ||
                        (detected_.control == Control::yes && !detected_.language);
    if (is_nod) return true;
    if (detected_.control == Control::thanks) {
      close("closing");
      return true;
    }
    const auto ago = situation_.resolved_by_person_ago;
    if (detected_.control != Control::not_working || !ago || *ago > kStillTheirs) return false;
    decision_.same_admin_first = true;
    escalate(Escalation::did_not_work, "escalated_came_back");
    return true;
  }

  void restart() {
    decision_.status = Status::bot_handling;
    Dialogue fresh;
    fresh.language = chat().language;
    fresh.heard_voice = chat().heard_voice;
    fresh.last_text = chat().last_text;
    chat() = std::move(fresh);
  }

  void close(std::string_view text_id) {
    say(ReplyKind::close, text_id);
    decision_.status = Status::resolved;
    decision_.is_confirmed = true;
    end_problem();
  }

  void escalate(Escalation reason, std::string_view text_id) {
    const auto said = speech_.say(text_id, chat().last_text);
    const auto next = speech_.say(
        situation_.sending_pauses ? "escalated_next_block" : "escalated_next_accept", "");
    reply(ReplyKind::escalate, said.id, said.text + "\n" + next.text, {});
    decision_.status = Status::waiting_for_admin;
    decision_.escalation = reason;
    decision_.notify_admins = true;
    if (intent()) decision_.handoff_note = intent()->handoff_note;
    end_problem();
  }
  void escalate_for_attempts() { escalate(Escalation::three_attempts, "escalated_attempts"); }

  void end_problem() {
    chat().is_guided = false;
    chat().has_rephrased = false;
    chat().offered.clear();
  }

  // --- what is said ---

  void reply(ReplyKind kind, std::string id, std::string text, std::vector<std::string> offered) {
    Reply reply;
    reply.kind = kind;
    reply.language = speech_.language();
    reply.sender_name = speech_.say("bot_name", "").text;
    reply.text = std::move(text) + speech_.numbered(offered);
    if (detected_.tells_a_password)
      reply.text = speech_.say("no_passwords", "").text + "\n\n" + reply.text;
    reply.quick_replies = speech_.quick_replies(offered);
    decision_.reply = std::move(reply);
    chat().last_text = std::move(id);
    if (!offered.empty()) chat().offered = std::move(offered);
  }

  void say(ReplyKind kind, std::string_view text_id, std::vector<std::string> offered = {}) {
    auto said = speech_.say(text_id, chat().last_text);
    reply(kind, std::move(said.id), std::move(said.text), std::move(offered));
  }

  // Whether every variant of a text was said, one after the other.
  bool is_worn_out(std::string_view text_id) {
    if (!is_variant_of(chat().last_text, text_id)) chat().repeats = 0;
    const auto& variants = intents_.text(text_id).in(speech_.language());
    return ++chat().repeats > static_cast<int>(variants.size());
  }

  // What is no help and asks for nothing new; rather silent than the same again.
  void remark(std::string_view text_id) {
    if (!is_worn_out(text_id)) say(ReplyKind::remark, text_id);
  }

  // A question to the student that is no attempt to help.
  void ask(ReplyKind kind, std::string_view text_id, std::vector<std::string> offered = {}) {
    if (is_worn_out(text_id)) return escalate(Escalation::repeating, "escalated_other");
    say(kind, text_id, std::move(offered));
  }

  // Help, a choice or a wish for other words: what counts as an attempt.
  template <class Say>
  void attempt(const Say& say) {
    if (chat().attempts >= most_attempts()) return escalate_for_attempts();
    ++chat().attempts;
    say();
  }

  void menu(std::string_view text_id) { ask(ReplyKind::menu, text_id, topics()); }

  std::vector<std::string> topics() const {
    std::vector<std::string> choices;
    for (const auto& intent : intents_.intents)
      if (choices.size() < kMostTopics) choices.push_back(std::string(kTopic) + intent.id);
    choices.emplace_back(kPerson);
    return choices;
  }

  // --- media ---

  void answer_media(bool spoke_before) {
    if (situation_.kind == MessageKind::image)
      return ask(ReplyKind::ask_about_image, "image_no_caption");
    if (situation_.kind != MessageKind::voice)
      return ask(ReplyKind::ask_about_image, "file_no_caption");
    if (spoke_before) return escalate(Escalation::second_voice, "escalated_voice");
    say(ReplyKind::cannot_listen, "cannot_listen", {std::string(kPerson)});
  }

  // --- text ---

  void answer_text() {
    if (detected_.control == Control::human) return hand_over();
    if (choose()) return;
    const bool may_be_payment =
        detected_.control == Control::none || detected_.control == Control::not_working;
    if (may_be_payment && detected_.paid_not_credited && is_about_payment()) {
      begin(kPayment);
      return escalate(Escalation::paid_not_credited, "escalated_payment");
    }
    if (!answer_control()) answer_problem();
  }

  bool is_sure() const {
    return detected_.is_sure_of_intent(intents_.thresholds.high, intents_.thresholds.margin);
  }
  bool is_nearly_sure() const {
    const auto& [high, low, margin] = intents_.thresholds;
    return detected_.is_sure_of_intent(std::max(low, high - margin), 2 * margin);
  }
  // "I paid and the lesson is locked" is nearly as much about the lesson.
  bool is_about_payment() const {
    if (situation_.dialogue.intent == kPayment && situation_.dialogue.is_guided) return true;
    const auto& intents = detected_.intents;
    const auto considered =
        intents.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(2, intents.size()));
    return std::any_of(intents.begin(), considered, [](const ScoredIntent& intent) {
      return intent.id == kPayment && intent.confidence >= kNearlyAsMuch;
    });
  }

  void hand_over() {
    if (chat().intent.empty() && is_sure()) begin(detected_.intents[0].id);
    escalate(Escalation::wants_person, "escalated_asked");
  }

  // The number or the words of a choice that stands.
  bool choose() {
    const auto& offered = chat().offered;
    if (offered.empty()) return false;
    const auto size = static_cast<int>(offered.size());
    const int number = detected_.choice == kLastChoice ? size : detected_.choice;
    if (number > size) {
      attempt([&] { say(ReplyKind::rephrase, "choose_again"); });
      return true;
    }
    if (number > 0) {
      take(offered[static_cast<std::size_t>(number - 1)]);
      return true;
    }
    const auto named = std::find_if(offered.begin(), offered.end(),
                                    [&](const std::string& choice) { return is_named(choice); });
    if (named == offered.end()) return false;
    take(*named);
    return true;
  }

  bool is_named(const std::string& choice) const {
    const auto is_said = [&](const std::string& label) {
      return phrase_key(words_of(label)) == detected_.label;
    };
    return is_said(choice) || is_said(speech_.label(choice, Language::english)) ||
           is_said(speech_.label(choice, Language::arabic));
  }

  void take(const std::string& choice) {
    if (choice == kPerson) return hand_over();
    if (choice == kYes) return close("closing_solved");
    if (choice == kNo) return did_not_work();
    const auto id = choice.substr(kTopic.size());
    if (id == kOther) return something_else();
    if (intents_.find(id)) return guide(id);
    menu("opener_menu");  // the intents were changed since
  }

  void did_not_work() { escalate(Escalation::did_not_work, "escalated_not_working"); }

  void something_else() {
    if (chat().is_guided) begin_anew();
    chat().has_rephrased = true;
    chat().offered.clear();
    attempt([&] { say(ReplyKind::rephrase, "neither"); });
  }

  // Whether the message was answered by what it is in itself.
  bool answer_control() {
    switch (detected_.control) {
      case Control::none:
        return false;
      case Control::human:
        hand_over();
        break;
      case Control::not_working:
        if (chat().is_guided) {
          did_not_work();
        } else if (is_sure() || is_nearly_sure()) {
          return false;  // what does not work is the problem itself
        } else {
          menu("opener_menu");
        }
        break;
      case Control::thanks:
        close("closing");
        break;
      case Control::yes:
        agree();
        break;
      case Control::no:
        disagree();
        break;
      case Control::greeting:
        menu(chat().last_text.empty() ? "greeting_menu" : "opener_menu");
        break;
      case Control::are_you_a_bot:
        ask(ReplyKind::about_bot, "are_you_a_bot", {std::string(kPerson)});
        break;
      case Control::next:
        next();
        break;
      case Control::acknowledged:
      case Control::wait:
        nod();
        break;
      case Control::unclear:
        explain();
        break;
      case Control::neither:
        something_else();
        break;
    }
    return true;
  }

  void agree() {
    if (chat().offered == std::vector<std::string>{std::string(kPerson)}) return hand_over();
    if (chat().is_guided && !has_offered_topics()) return close("closing_solved");
    menu("opener_menu");
  }
  void disagree() {
    if (has_offered_topics()) return something_else();
    if (chat().is_guided) return did_not_work();
    menu("opener_menu");
  }
  void next() {
    const auto* now = intent();
    if (chat().is_guided && now && !now->steps.empty()) return guide(chat().intent);
    menu("opener_menu");
  }
  void nod() {
    if (chat().is_guided && !has_offered_topics()) return remark("take_your_time");
    remark("welcome_ack");
  }
  void explain() {
    if (!chat().is_guided) return menu("opener_menu");
    attempt([&] { say(ReplyKind::rephrase, "not_clear"); });
  }

  // --- problems ---

  void begin_anew() {
    chat().attempts = 0;
    chat().step = 0;
    chat().intent.clear();
    end_problem();
  }

  // From now on the chat is about this intent. What was asked to find that out counts with it.
  void begin(std::string_view id) {
    if (chat().intent == id) return;
    if (chat().is_guided) begin_anew();
    chat().intent = id;
    chat().step = 0;
  }

  void answer_problem() {
    const auto& intents = detected_.intents;
    if (is_sure()) return answer_sure(intents[0].id);
    const bool is_low = intents.empty() || intents[0].confidence < intents_.thresholds.low;
    if (is_low || is_variant_of(chat().last_text, "offer_two")) return answer_unclear();
    const bool restates =
        chat().is_guided &&
        (intents[0].id == chat().intent || (intents.size() > 1 && intents[1].id == chat().intent));
    if (restates && intent() && !intent()->steps.empty()) return guide(chat().intent);
    offer();
  }

  void answer_sure(const std::string& id) {
    if (id == kOther) {
      begin(id);
      return answer_unclear();
    }
    if (id == kPayment && answer_from_faq(id)) return;
    guide(id);
  }

  void guide(std::string_view id) {
    begin(id);
    const auto& now = *intent();
    if (now.escalate) {
      const bool is_locked = now.id == kAccountLocked;
      return escalate(is_locked ? Escalation::account_locked : Escalation::needs_person,
                      is_locked ? "escalated_account_locked" : "escalated_other");
    }
    if (static_cast<std::size_t>(chat().step) >= now.steps.size()) return escalate_for_attempts();
    attempt([&] {
      const auto& step = now.steps[static_cast<std::size_t>(chat().step++)];
      help(ReplyKind::guide, "step/" + now.id + "/" + step.id,
           speech_.fill(step.text.in(speech_.language())), "did_it_work");
    });
  }

  void help(ReplyKind kind, const std::string& id, const std::string& text,
            std::string_view question) {
    chat().is_guided = true;
    chat().repeats = 0;
    reply(kind, id, text + "\n\n" + speech_.say(question, "").text,
          {std::string(kYes), std::string(kNo), std::string(kPerson)});
  }

  void offer() {
    std::vector<std::string> choices;
    for (const auto& [id, confidence] : detected_.intents)
      if (id != kOther && choices.size() < 2) choices.push_back(std::string(kTopic) + id);
    choices.emplace_back(kPerson);
    if (answer_from_faq(kOther, detected_.intents[0].id == kOther)) return;
    attempt([&] { say(ReplyKind::choice, "offer_two", choices); });
  }

  bool answer_from_faq(std::string_view id, bool is_allowed = true) {
    const auto& found =
        speech_.language() == Language::arabic ? detected_.faq_ar : detected_.faq_en;
    if (!is_allowed || !found || found->score < kGoodAnswer || found->index >= questions_.size())
      return false;
    const auto said = "faq/" + std::to_string(found->index);
    if (chat().last_text == said) return false;
    // Another question is another problem.
    if (chat().is_guided) begin_anew();
    begin(id);
    attempt([&] {
      const auto intro = speech_.say("faq_intro", "").text;
      help(ReplyKind::faq, said, intro + "\n" + speech_.fill(questions_[found->index].answer),
           "did_it_answer");
    });
    return true;
  }

  void answer_unclear() {
    if (answer_from_faq(chat().intent == kPayment ? kPayment : kOther)) return;
    if (chat().attempts >= most_attempts()) return escalate_for_attempts();
    if (chat().has_rephrased) return escalate(Escalation::not_understood, "escalated_other");
    chat().has_rephrased = true;
    attempt([&] { say(ReplyKind::rephrase, "rephrase"); });
  }

  const Intents& intents_;
  const std::vector<Question>& questions_;
  const Situation& situation_;
  const Detected& detected_;
  Speech speech_;
  Decision decision_;
};

}  // namespace

Decision decide(const Intents& intents, const std::vector<Question>& questions,
                const Situation& situation, const Detected& detected) {
  Deciding deciding(intents, questions, situation, detected);
  deciding.decide();
  return std::move(deciding).result();
}

Decision notice_of_long_wait(const Intents& intents, const Situation& situation) {
  const Detected nothing;
  const std::vector<Question> none;
  Deciding deciding(intents, none, situation, nothing);
  deciding.notice();
  return std::move(deciding).result();
}

}  // namespace parlor::bot
