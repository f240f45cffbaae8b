#include "bot/corpus.h"

#include <algorithm>
#include <array>
#include <set>

#include "bot/ngrams.h"

namespace parlor::bot {
namespace {

using Words = std::vector<std::string>;
using Group = std::vector<const Words*>;

constexpr std::array<std::string_view, kControls> kNames = {
    "NONE",          "HUMAN", "NOT_WORKING", "THANKS", "YES",      "NO",     "GREETING",
    "ARE_YOU_A_BOT", "NEXT",  "ACK",         "WAIT",   "REPHRASE", "NEITHER"};
constexpr std::string_view kPaid = "PAID_NOT_CREDITED";
constexpr std::string_view kPayment = "PAYMENT";
// There are far more problems than phrases of any control, and few of what only looks like one.
constexpr float kProblemWeight = 0.3F;
constexpr float kLookalikeWeight = 3;
// Of agreeing, denying and greeting there are the fewest phrases.
constexpr float kShortWeight = 3;

Control control_of(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  return found == kNames.end() ? Control::none : static_cast<Control>(found - kNames.begin());
}

int choice_of(std::string_view name) {
  if (name == "CHOICE_LAST") return kLastChoice;
  return name.starts_with("CHOICE_") ? name.back() - '0' : 0;
}

bool is_short(Control control) {
  return control == Control::yes || control == Control::no || control == Control::greeting;
}

float weight_of(const Corpus::Phrase& phrase) {
  if (phrase.script == Script::unknown) return kLookalikeWeight;
  if (is_short(phrase.control)) return kShortWeight;
  return phrase.intent >= 0 && phrase.control == Control::none ? kProblemWeight : 1;
}

// The phrases for control examples, and how they are put together.
class Mixer {
 public:
  explicit Mixer(std::vector<Corpus::ControlExample>& to) : to_(to) {}

  // Every `stride`th of `seconds` from the `first` on, behind one of `openings`, with the next of
  // `joints` between them.
  void combine(const Group& openings, const std::vector<Words>& joints, const Group& seconds,
               Control control, std::size_t first = 0, std::size_t stride = 1) {
    if (openings.empty()) return;
    std::size_t count = 0;
    for (std::size_t i = first; i < seconds.size(); i += stride) {
      Words words = *openings[(i * 7 + 3) % openings.size()];
      if (!joints.empty()) {
        const auto& joint = joints[count++ % joints.size()];
        words.insert(words.end(), joint.begin(), joint.end());
      }
      words.insert(words.end(), seconds[i]->begin(), seconds[i]->end());
      const float weight = control == Control::none ? kProblemWeight : 1;
      to_.push_back({std::move(words), control, is_short(control) ? kShortWeight : weight});
    }
  }

 private:
  std::vector<Corpus::ControlExample>& to_;
};

// What comes between a thanks and its "it failed", as texts are brought together.
std::vector<Words> contrasts_of(Script script) {
  switch (script) {
    case Script::arabic:
      return {{"بس"}, {"لكن"}, {"بس"}, {"الا", "ان"}};
    case Script::arabizi:
      return {{"bas"}, {"lakin"}};
    default:
      return {{"but"}, {"however"}, {"but"}, {"although"}};
  }
}

// The phrases of one script.
class Sayings {
 public:
  Sayings(const std::vector<Corpus::Phrase>& phrases, Script script)
      : phrases_(phrases), script_(script) {}

  Group of(Control control) const {
    return those([&](const auto& phrase) { return phrase.control == control; });
  }
  Group problems() const {
    return those(
        [](const auto& phrase) { return phrase.intent >= 0 && phrase.control == Control::none; });
  }

 private:
  template <class Test>
  Group those(const Test& test) const {
    Group group;
    for (const auto& phrase : phrases_)
      if (phrase.script == script_ && !phrase.is_choice && test(phrase))
        group.push_back(&phrase.words);
    return group;
  }

  const std::vector<Corpus::Phrase>& phrases_;
  Script script_;
};

}  // namespace

std::string_view name_of(Control control) { return kNames[static_cast<std::size_t>(control)]; }

Corpus::Corpus(const Intents& intents) {
  int payment = -1;
  for (std::size_t i = 0; i < intents.intents.size(); ++i) {
    const auto index = static_cast<int>(i);
    if (intents.intents[i].id == kPayment) payment = index;
    add(intents.intents[i].phrases,
        [&](Phrase& phrase, Exact& exact) { phrase.intent = exact.intent = index; });
  }
  for (const auto& [name, control] : intents.controls) add_control(name, control, payment);
  for (const auto& [name, control] : intents.controls) add_what_only_looks_like(name, control);
  for (const auto& phrase : phrases) {
    const auto key = phrase_key(phrase.words);
    const auto exact = by_heart[key];
    by_heart.try_emplace(tight_key(key), exact);
  }
}

template <class Mark>
void Corpus::add(const std::vector<std::string>& texts, Script script, const Mark& mark) {
  for (const auto& text : texts) {
    Phrase phrase;
    phrase.words = words_of(text);
    phrase.script = script;
    mark(phrase, by_heart[phrase_key(phrase.words)]);
    phrases.push_back(std::move(phrase));
  }
}

template <class Mark>
void Corpus::add(const Phrases& texts, const Mark& mark) {
  add(texts.en, Script::english, mark);
  add(texts.ar, Script::arabic, mark);
  add(texts.arabizi, Script::arabizi, mark);
}

void Corpus::add_control(std::string_view name, const ControlPhrases& control, int payment) {
  add(control.phrases, [&](Phrase& phrase, Exact& exact) {
    phrase.control = control_of(name);
    phrase.is_choice = choice_of(name) != 0;
    phrase.is_paid = name == kPaid;
    if (phrase.control != Control::none) exact.control = phrase.control;
    if (phrase.is_choice) exact.choice = choice_of(name);
    if (!phrase.is_paid) return;
    exact.is_paid = true;
    if (exact.intent < 0) phrase.intent = exact.intent = payment;
  });
}

void Corpus::add_what_only_looks_like(std::string_view name, const ControlPhrases& control) {
  for (const auto& text : control.not_phrases) {
    const auto found = by_heart.find(phrase_key(words_of(text)));
    const bool is_another = found != by_heart.end() && found->second.control != Control::none;
    if (is_another) continue;
    add({text}, Script::unknown, [&](Phrase& phrase, Exact& exact) {
      phrase.is_choice = choice_of(name) != 0;
      phrase.is_not_paid = name == kPaid;
      if (phrase.is_not_paid) exact.is_not_paid = true;
      if (control_of(name) != Control::none) exact.is_no_control = true;
    });
  }
}

std::vector<Corpus::ControlExample> Corpus::control_examples() const {
  std::vector<ControlExample> examples;
  for (const auto& phrase : phrases)
    if (!phrase.is_choice) examples.push_back({phrase.words, phrase.control, weight_of(phrase)});
  Mixer mixer(examples);
  for (const auto script : {Script::english, Script::arabic, Script::arabizi}) {
    const Sayings sayings(phrases, script);
    const auto humans = sayings.of(Control::human);
    const auto failures = sayings.of(Control::not_working);
    const auto thanks = sayings.of(Control::thanks);
    const auto greetings = sayings.of(Control::greeting);
    const auto agreements = sayings.of(Control::yes);
    const auto denials = sayings.of(Control::no);
    const auto problems = sayings.problems();
    const auto but = contrasts_of(script);
    mixer.combine(greetings, {}, humans, Control::human, 0, 2);
    mixer.combine(problems, {}, humans, Control::human);
    mixer.combine(thanks, but, humans, Control::human, 1, 2);
    mixer.combine(failures, {}, humans, Control::human, 0, 2);
    mixer.combine(thanks, but, failures, Control::not_working);
    mixer.combine(denials, {}, failures, Control::not_working, 0, 3);
    mixer.combine(agreements, but, failures, Control::not_working, 1, 3);
    mixer.combine(greetings, {}, failures, Control::not_working, 2, 3);
    mixer.combine(agreements, {}, thanks, Control::thanks, 0, 3);
    mixer.combine(greetings, {}, thanks, Control::thanks, 1, 3);
    mixer.combine(thanks, {}, thanks, Control::thanks, 2, 3);
    mixer.combine(greetings, {}, greetings, Control::greeting);
    mixer.combine(agreements, {}, agreements, Control::yes);
    mixer.combine(denials, {}, denials, Control::no);
    mixer.combine(greetings, {}, problems, Control::none);
    mixer.combine(thanks, {}, problems, Control::none);
  }
  return examples;
}

}  // namespace parlor::bot
