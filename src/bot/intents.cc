#include "bot/intents.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "bot/located_json.h"
#include "bot/ngrams.h"

namespace parlor::bot {
namespace {

using Json = LocatedJson;

constexpr std::size_t kMaxIdBytes = 64;
constexpr std::size_t kMaxVariants = 20;

Failure refuse(std::size_t line, const std::string& reason) {
  return fail(ErrorCode::invalid, "line " + std::to_string(line) + ": " + reason);
}

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= kMaxIdBytes &&
         std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
}

// The names in braces of a text.
std::vector<std::string> placeholders_in(std::string_view text) {
  std::vector<std::string> names;
  for (std::size_t open = text.find('{'); open != std::string_view::npos;) {
    const auto close = text.find('}', open);
    if (close == std::string_view::npos) break;
    names.emplace_back(text.substr(open + 1, close - open - 1));
    open = text.find('{', close);
  }
  return names;
}

// Reads the document and keeps the first complaint; after one nothing that is read matters.
class Reader {
 public:
  explicit Reader(const Intents* defaults) : defaults_(defaults) {}

  Result<Intents> read(const Json& root) {
    if (!root.is_object()) return refuse(root.line, "the file must be one JSON object");
    only(root, {"version", "thresholds", "intents", "controls", "texts"}, "the file");
    const auto* version = root.find("version");
    if (!version || !version->is_number() || version->number() != 1)
      complain(version ? *version : root, "\"version\" must be 1");
    if (defaults_) {
      intents_.thresholds = defaults_->thresholds;
      intents_.controls = defaults_->controls;
      intents_.texts = defaults_->texts;
    }
    read_thresholds(root);
    read_texts(root);
    read_controls(root);
    read_intents(root);
    if (complaint_) return std::move(*complaint_);
    return std::move(intents_);
  }

 private:
  void complain(const Json& at, const std::string& reason) {
    if (!complaint_) complaint_ = refuse(at.line, reason);
  }

  void only(const Json& object, std::initializer_list<std::string_view> names,
            const std::string& where) {
    for (const auto& [name, value] : object.members()) {
      if (std::find(names.begin(), names.end(), name) == names.end())
        complain(value, where + " has an unknown field \"" + name + "\"");
    }
  }

  const Json* object(const Json& in, std::string_view name, const std::string& where) {
    const auto* found = in.find(name);
    if (found && found->is_object()) return found;
    complain(found ? *found : in, where + ": \"" + std::string(name) + "\" must be an object");
    return nullptr;
  }

  void fraction(const Json& in, std::string_view name, double& to) {
    const auto* found = in.find(name);
    if (!found) return;
    if (found->is_number() && found->number() >= 0 && found->number() <= 1) {
      to = found->number();
    } else {
      complain(*found, "thresholds: \"" + std::string(name) + "\" must be a number from 0 to 1");
    }
  }

  void read_thresholds(const Json& root) {
    if (!root.find("thresholds")) {
      if (!defaults_) complain(root, "\"thresholds\" is missing");
      return;
    }
    const auto* object = this->object(root, "thresholds", "the file");
    if (!object) return;
    only(*object, {"high", "low", "margin"}, "thresholds");
    auto& thresholds = intents_.thresholds;
    fraction(*object, "high", thresholds.high);
    fraction(*object, "low", thresholds.low);
    fraction(*object, "margin", thresholds.margin);
    if (thresholds.low > thresholds.high)
      complain(*object, "thresholds: \"low\" must not be above \"high\"");
  }

  std::string text(const Json& value, const std::string& where) {
    if (!value.is_string() || words_of(value.string()).empty()) {
      complain(value, where + ": must be a text that is not empty");
      return {};
    }
    if (value.string().size() > kMaxTextBytes)
      complain(value, where + ": is longer than " + std::to_string(kMaxTextBytes) + " bytes");
    for (const auto& name : placeholders_in(value.string())) {
      if (!intents_.texts.contains("default_" + name)) {
        complain(value,
                 where + ": {" + name + "} is not set; give it a text \"default_" + name + "\"");
      }
    }
    return value.string();
  }

  Bilingual bilingual(const Json& in, std::string_view name, const std::string& where) {
    const auto* object = this->object(in, name, where);
    if (!object) return {};
    const auto what = where + ", " + std::string(name);
    only(*object, {"en", "ar"}, what);
    const auto* en = object->find("en");
    const auto* ar = object->find("ar");
    if (!en) complain(*object, what + ": has no English text (\"en\")");
    if (!ar) complain(*object, what + ": has no Arabic text (\"ar\")");
    return en && ar ? Bilingual{text(*en, what), text(*ar, what)} : Bilingual{};
  }

  std::vector<std::string> variants(const Json& of, std::string_view language,
                                    const std::string& where) {
    std::vector<std::string> found;
    const auto* list = of.find(language);
    if (!list || !list->is_array() || list->items().empty() ||
        list->items().size() > kMaxVariants) {
      complain(list ? *list : of, where + ": \"" + std::string(language) +
                                      "\" must be a list of 1 to " + std::to_string(kMaxVariants) +
                                      " texts");
      return found;
    }
    for (const auto& item : list->items()) found.push_back(text(item, where));
    return found;
  }

  void read_texts(const Json& root) {
    if (root.find("texts")) {
      const auto* texts = object(root, "texts", "the file");
      if (!texts) return;
      // The defaults of placeholders first: the other texts are held to them.
      for (const bool is_default : {true, false}) {
        for (const auto& [id, value] : texts->members()) {
          if (id.starts_with("default_") != is_default) continue;
          const auto where = "text " + id;
          if (!value.is_object()) return complain(value, where + ": must be an object");
          only(value, {"en", "ar"}, where);
          intents_.texts[id] = {variants(value, "en", where), variants(value, "ar", where)};
        }
      }
    }
    for (const auto id : required_texts()) {
      if (!intents_.texts.contains(id)) complain(root, "text " + std::string(id) + " is missing");
    }
  }

  std::vector<std::string> phrase_list(const Json& in, std::string_view name, bool is_required,
                                       const std::string& where) {
    std::vector<std::string> found;
    const auto* list = in.find(name);
    if (!list && !is_required) return found;
    if (!list || !list->is_array() || (is_required && list->items().empty())) {
      complain(list ? *list : in,
               where + ": \"" + std::string(name) + "\" must be a list of phrases");
      return found;
    }
    for (const auto& item : list->items()) {
      if (!item.is_string() || words_of(item.string()).empty()) {
        complain(item, where + ": a phrase must be a text with at least one word");
      } else if (item.string().size() > kMaxPhraseBytes) {
        complain(item,
                 where + ": a phrase is longer than " + std::to_string(kMaxPhraseBytes) + " bytes");
      } else if (++phrases_ > kMaxPhrases) {
        complain(item, "the file has more than " + std::to_string(kMaxPhrases) + " phrases");
      } else {
        found.push_back(item.string());
      }
    }
    return found;
  }

  // A phrase may belong to one owner only; "where it stands" is said of both.
  void claim(std::map<std::string, std::pair<std::string, std::size_t>>& owners, const Json& lists,
             const std::string& owner) {
    for (const auto* name : {"en", "ar", "arabizi"}) {
      const auto* list = lists.find(name);
      if (!list || !list->is_array()) continue;
      for (const auto& item : list->items()) {
        if (!item.is_string()) continue;
        const auto [found, is_new] =
            owners.try_emplace(phrase_key(words_of(item.string())), owner, item.line);
        if (is_new || found->second.first == owner) continue;
        complain(item, "\"" + item.string() + "\" stands under " + owner + " and, in line " +
                           std::to_string(found->second.second) + ", under " + found->second.first);
      }
    }
  }

  void read_controls(const Json& root) {
    if (root.find("controls")) {
      const auto* controls = object(root, "controls", "the file");
      if (!controls) return;
      for (const auto& [id, value] : controls->members()) {
        const auto where = "control " + id;
        const auto& known = known_controls();
        if (std::find(known.begin(), known.end(), id) == known.end())
          return complain(value, where + ": there is no such control");
        if (!value.is_object()) return complain(value, where + ": must be an object");
        only(value, {"en", "ar", "arabizi", "not"}, where);
        auto& control = intents_.controls[id];
        control.phrases = {phrase_list(value, "en", true, where),
                           phrase_list(value, "ar", true, where),
                           phrase_list(value, "arabizi", false, where)};
        control.not_phrases = phrase_list(value, "not", false, where);
        // Money that is missing is no way of saying something, but a sort of PAYMENT.
        if (id != "PAID_NOT_CREDITED") claim(control_owners_, value, id);
      }
    }
    for (const auto id : known_controls()) {
      if (!intents_.controls.contains(id))
        complain(root, "control " + std::string(id) + " is missing");
    }
  }

  std::vector<Step> read_steps(const Json& in, const std::string& where, bool needs_one) {
    std::vector<Step> steps;
    const auto* list = in.find("steps");
    if (!list && !needs_one) return steps;
    if (!list || !list->is_array() || list->items().size() > kMaxSteps ||
        (needs_one && list->items().empty())) {
      complain(list ? *list : in, where + ": \"steps\" must be a list of 1 to " +
                                      std::to_string(kMaxSteps) + " steps");
      return steps;
    }
    std::set<std::string> ids;
    for (const auto& item : list->items()) {
      const auto* id = item.find("id");
      if (!id || !id->is_string() || !is_id(id->string())) {
        complain(item, where + ": a step needs an \"id\" of letters, digits and _");
        return steps;
      }
      const auto what = where + ", step " + id->string();
      if (!ids.insert(id->string()).second) complain(*id, what + ": stands twice");
      only(item, {"id", "text"}, what);
      steps.push_back({id->string(), bilingual(item, "text", what)});
    }
    return steps;
  }

  void read_intent(const Json& item) {
    const auto* id = item.find("id");
    if (!id || !id->is_string() || !is_id(id->string()))
      return complain(item, "an intent needs an \"id\" of letters, digits and _");
    const auto where = "intent " + id->string();
    if (intents_.find(id->string())) return complain(*id, where + " stands twice");
    only(item, {"id", "escalate", "max_attempts", "phrases", "steps", "handoff_note"}, where);
    Intent intent;
    intent.id = id->string();
    if (const auto* escalate = item.find("escalate")) {
      if (!escalate->is_bool())
        return complain(*escalate, where + ": \"escalate\" must be true or false");
      intent.escalate = escalate->boolean();
    }
    if (const auto* most = item.find("max_attempts")) {
      if (!most->is_number() || most->number() < 1 || most->number() > kMostAttempts ||
          most->number() != static_cast<int>(most->number())) {
        return complain(*most, where + ": \"max_attempts\" must be a whole number from 1 to " +
                                   std::to_string(kMostAttempts));
      }
      intent.max_attempts = static_cast<int>(most->number());
    }
    const auto* phrases = object(item, "phrases", where);
    if (!phrases) return;
    only(*phrases, {"en", "ar", "arabizi"}, where + ", phrases");
    intent.phrases = {phrase_list(*phrases, "en", true, where),
                      phrase_list(*phrases, "ar", true, where),
                      phrase_list(*phrases, "arabizi", false, where)};
    if (intent.phrases.size() < kFewestPhrases) {
      complain(*phrases, where + " has " + std::to_string(intent.phrases.size()) +
                             " phrases; it needs at least " + std::to_string(kFewestPhrases));
    }
    claim(intent_owners_, *phrases, intent.id);
    intent.steps = read_steps(item, where, !intent.escalate && intent.id != kOther);
    intent.handoff_note = bilingual(item, "handoff_note", where);
    intents_.intents.push_back(std::move(intent));
  }

  void read_intents(const Json& root) {
    const auto* list = root.find("intents");
    if (!list || !list->is_array() || list->items().size() < 2 ||
        list->items().size() > kMaxIntents) {
      return complain(list ? *list : root, "\"intents\" must be a list of 2 to " +
                                               std::to_string(kMaxIntents) + " intents");
    }
    for (const auto& item : list->items()) {
      if (!item.is_object()) return complain(item, "an intent must be an object");
      read_intent(item);
    }
  }

  const Intents* defaults_;
  Intents intents_;
  std::optional<Failure> complaint_;
  std::size_t phrases_ = 0;
  std::map<std::string, std::pair<std::string, std::size_t>> intent_owners_;
  std::map<std::string, std::pair<std::string, std::size_t>> control_owners_;
};

}  // namespace

const std::vector<std::string_view>& known_controls() {
  static const std::vector<std::string_view> names = {"HUMAN",
                                                      "NOT_WORKING",
                                                      "THANKS",
                                                      "YES",
                                                      "NO",
                                                      "GREETING",
                                                      "ARE_YOU_A_BOT",
                                                      "NEXT",
                                                      "ACK",
                                                      "WAIT",
                                                      "REPHRASE",
                                                      "NEITHER",
                                                      "PAID_NOT_CREDITED",
                                                      "CHOICE_1",
                                                      "CHOICE_2",
                                                      "CHOICE_3",
                                                      "CHOICE_4",
                                                      "CHOICE_5",
                                                      "CHOICE_6",
                                                      "CHOICE_7",
                                                      "CHOICE_8",
                                                      "CHOICE_9",
                                                      "CHOICE_LAST"};
  return names;
}

const std::vector<std::string_view>& required_texts() {
  static const std::vector<std::string_view> names = {"bot_name",
                                                      "label_yes",
                                                      "label_no",
                                                      "label_person",
                                                      "did_it_work",
                                                      "did_it_answer",
                                                      "greeting_menu",
                                                      "opener_menu",
                                                      "offer_two",
                                                      "choose_again",
                                                      "rephrase",
                                                      "neither",
                                                      "not_clear",
                                                      "take_your_time",
                                                      "welcome_ack",
                                                      "faq_intro",
                                                      "closing",
                                                      "closing_solved",
                                                      "escalated_asked",
                                                      "escalated_not_working",
                                                      "escalated_attempts",
                                                      "escalated_account_locked",
                                                      "escalated_payment",
                                                      "escalated_came_back",
                                                      "escalated_voice",
                                                      "escalated_other",
                                                      "escalated_next_block",
                                                      "escalated_next_accept",
                                                      "waited_long",
                                                      "cannot_listen",
                                                      "image_no_caption",
                                                      "file_no_caption",
                                                      "are_you_a_bot",
                                                      "no_passwords",
                                                      "default_reset_url",
                                                      "default_hours",
                                                      "topic_OTHER"};
  return names;
}

const Intent* Intents::find(std::string_view id) const {
  const auto found = std::find_if(intents.begin(), intents.end(),
                                  [&](const Intent& intent) { return intent.id == id; });
  return found == intents.end() ? nullptr : &*found;
}

const Variants& Intents::text(std::string_view id) const { return texts.find(id)->second; }

Result<Intents> read_intents(std::string_view json, const Intents* defaults) {
  if (json.size() > kMaxIntentsBytes) {
    return fail(ErrorCode::too_large,
                "the intents file is larger than " + std::to_string(kMaxIntentsBytes) + " bytes");
  }
  const auto document = LocatedJson::parse(json);
  if (!document) return document.failure();
  return Reader(defaults).read(*document);
}

}  // namespace parlor::bot
