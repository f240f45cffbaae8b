#include "bot/understanding.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <future>

#include "bot/ngrams.h"
#include "bot/sounds.h"

namespace parlor::bot {
namespace {

using Words = std::vector<std::string>;

constexpr TrainingOptions kIntentTraining{
    .epochs = 12, .rate = 2.0F, .regularisation = 3e-6F, .smoothing = 0.05F};
constexpr TrainingOptions kControlTraining{
    .epochs = 10, .rate = 2.0F, .regularisation = 3e-6F, .dropped = 0.3F, .smoothing = 0.05F};
constexpr TrainingOptions kSmallTraining{.epochs = 6, .rate = 2.0F, .regularisation = 3e-6F};

// What one knows by heart is sure, and yet not surer than anything can be.
constexpr double kByHeart = 0.99;
constexpr double kSureOfPaid = 0.6;
constexpr double kSureOfOther = 0.6;
constexpr double kSureOfHuman = 0.4;
constexpr double kHumanBeside = 0.3;
constexpr double kFailedBeside = 0.2;
constexpr double kSureOfControl = 0.3;
// Below this most of a text is pieces that no phrase has: nothing is likely then. With half of the
// words known a text may be less familiar: it has typos.
constexpr float kStrange = 0.45F;
constexpr float kStrangeWithFewWords = 0.75F;
constexpr float kStrangeWithNoWord = 0.8F;
constexpr double kDoubtOfStrange = 0.5;
constexpr double kSureOfStrange = 0.8;
constexpr std::size_t kTellingSound = 5;
constexpr std::size_t kLongestNumber = 3;

bool is_number(const std::string& word) {
  return word.size() <= kLongestNumber &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int number_of(const Words& words) {
  return words.size() == 1 && is_number(words[0]) ? std::stoi(words[0]) : 0;
}

bool has_latin(const Words& words) {
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return std::any_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  });
}

// Letters of the Arabic blocks, as two UTF-8 bytes beginning with D8..DD.
bool has_arabic(const Words& words) {
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return std::any_of(word.begin(), word.end(), [](char c) {
      const auto byte = static_cast<unsigned char>(c);
      return byte >= 0xD8 && byte <= 0xDD;
    });
  });
}

// Said in every language.
bool is_of_no_language(const std::string& word) {
  static constexpr std::array<std::string_view, 9> kWords = {"ok", "okay", "okey", "oki",  "okk",
                                                             "kk", "k",    "okok", "okayy"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

// "my password is Secret12": something with digits behind the word for it.
bool tells_a_password(const Words& words) {
  static constexpr std::array<std::string_view, 8> kNames = {
      "password", "pass", "passcode", "باسورد", "الباسورد", "المرور", "السر", "السري"};
  for (std::size_t i = 0; i + 2 < words.size(); ++i) {
    if (std::find(kNames.begin(), kNames.end(), words[i]) == kNames.end()) continue;
    const auto& is = words[i + 1];
    if (is != "is" && is != "هو" && is != "هي" && is != "بتاعي" && is != "بتاعتي") continue;
    const auto& said = words[i + 2];
    const auto digits =
        std::count_if(said.begin(), said.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (digits >= 2 && said.size() >= 4) return true;
  }
  return false;
}

std::vector<double> chances(const LinearModel& model, const TextVector& vector, float scale) {
  auto scores = model.scores(vector, scale);
  softmax(scores);
  return {scores.begin(), scores.end()};
}

}  // namespace

Understanding::Understanding(const Intents& intents, const std::stop_token& stop)
    : Understanding(intents, Corpus(intents), stop) {}

namespace {

std::vector<std::vector<Ngram>> ngrams_of(const Corpus& corpus) {
  std::vector<std::vector<Ngram>> all;
  all.reserve(corpus.phrases.size());
  for (const auto& phrase : corpus.phrases) all.push_back(bot::ngrams_of(phrase.words));
  return all;
}

}  // namespace

Understanding::Understanding(const Intents& intents, const Corpus& corpus,
                             const std::stop_token& stop)
    : by_heart_(corpus.by_heart),
      vocabulary_(ngrams_of(corpus)),
      languages_(corpus.phrases, sentences_of_other_languages()) {
  for (const auto& intent : intents.intents) intent_ids_.push_back(intent.id);
  // The two halves share only the vocabulary: with two processors a server starts so much sooner.
  auto controls = std::async(std::launch::async, [&] { train_controls(corpus, stop); });
  std::vector<TextVector> vectors;
  for (const auto& phrase : corpus.phrases)
    vectors.push_back(vocabulary_.vector_of(bot::ngrams_of(phrase.words)));
  train_intents(corpus, vectors, stop);
  controls.get();
}

void Understanding::train_intents(const Corpus& corpus, const std::vector<TextVector>& vectors,
                                  const std::stop_token& stop) {
  std::vector<Example> intents;
  std::vector<Example> paid;
  for (std::size_t i = 0; i < vectors.size(); ++i) {
    const auto& phrase = corpus.phrases[i];
    const auto mark = [&](std::vector<Example>& to, bool is_it) {
      to.push_back({&vectors[i], is_it ? 1U : 0U});
    };
    const bool has_intent = phrase.intent >= 0;
    if (has_intent) intents.push_back({&vectors[i], static_cast<std::uint32_t>(phrase.intent)});
    // Of payments only what the control lists is told: the rest may be either.
    const bool is_payment =
        has_intent && intent_ids_[static_cast<std::size_t>(phrase.intent)] == "PAYMENT";
    if (phrase.is_paid || phrase.is_not_paid || (has_intent && !is_payment))
      mark(paid, phrase.is_paid);
  }
  intent_model_ =
      LinearModel(intents, vocabulary_.size(), intent_ids_.size(), kIntentTraining, stop);
  paid_model_ = LinearModel(paid, vocabulary_.size(), 2, kSmallTraining, stop);
}

void Understanding::train_controls(const Corpus& corpus, const std::stop_token& stop) {
  const auto said = corpus.control_examples();
  std::vector<TextVector> vectors;
  vectors.reserve(said.size());
  std::vector<Example> examples;
  for (const auto& example : said) {
    vectors.push_back(vocabulary_.vector_of(bot::ngrams_of(example.words)));
    examples.push_back(
        {&vectors.back(), static_cast<std::uint32_t>(example.control), example.weight});
  }
  control_model_ = LinearModel(examples, vocabulary_.size(), kControls, kControlTraining, stop);
}

Detected Understanding::read(const Words& words, const std::vector<Ngram>& ngrams) const {
  Detected detected;
  detected.label = phrase_key(words);
  if (words.empty()) return detected;
  auto found = by_heart_.find(detected.label);
  if (found == by_heart_.end()) found = by_heart_.find(tight_key(detected.label));
  const auto* exact = found == by_heart_.end() ? nullptr : &found->second;
  Reading text{words, vocabulary_.vector_of(ngrams), exact, languages_.of(ngrams)};
  text.is_strange =
      !exact && (text.language.other >= kSureOfOther || is_gibberish(words, text.vector));
  detected.language = language_of(text);
  detected.choice = exact && exact->choice != 0 ? exact->choice : number_of(words);
  detected.tells_a_password = tells_a_password(words);
  read_intents(text, detected);
  // A topic named by one word ("payment") does not say that money is gone.
  if (words.size() == 1 && !(exact && exact->is_paid)) detected.paid_not_credited = false;
  read_control(text, detected);
  return detected;
}

std::size_t Understanding::known_words(const Words& words) const {
  const auto known = std::count_if(words.begin(), words.end(), [&](const std::string& word) {
    if (vocabulary_.has(hash_of_word(word))) return true;
    // "masht8lsh" is "mashtaghalsh"; short sounds are those of any rubbish.
    const auto sound = sound_of(word);
    return sound.size() >= kTellingSound && vocabulary_.has(hash_of_sound(sound));
  });
  return static_cast<std::size_t>(known);
}

bool Understanding::is_gibberish(const Words& words, const TextVector& vector) const {
  const auto known = known_words(words);
  const bool has_few_words = 2 * known < words.size();
  if (known == 0) return vector.familiarity < kStrangeWithNoWord;
  return vector.familiarity < (has_few_words ? kStrangeWithFewWords : kStrange);
}

std::optional<Language> Understanding::language_of(const Reading& text) const {
  if (has_arabic(text.words)) return Language::arabic;
  if (!has_latin(text.words) ||
      std::all_of(text.words.begin(), text.words.end(), is_of_no_language))
    return std::nullopt;
  const auto& [english, arabic, arabizi, other] = text.language;
  if (text.is_strange) {
    const bool is_arabic = arabizi >= kSureOfStrange && known_words(text.words) > 0;
    return is_arabic ? std::optional(Language::arabic) : std::nullopt;
  }
  return arabizi > english ? Language::arabic : Language::english;
}

void Understanding::read_intents(const Reading& text, Detected& to) const {
  const auto& [words, vector, exact, language, is_strange] = text;
  const auto intents = chances(intent_model_, vector, vector.familiarity);
  const double doubt = is_strange ? kDoubtOfStrange * vector.familiarity : 1;
  for (std::size_t i = 0; i < intents.size(); ++i)
    to.intents.push_back({intent_ids_[i], intents[i] * doubt});
  if (exact && exact->intent >= 0) {
    for (auto& intent : to.intents) intent.confidence *= 1 - kByHeart;
    to.intents[static_cast<std::size_t>(exact->intent)].confidence = kByHeart;
  }
  std::stable_sort(to.intents.begin(), to.intents.end(),
                   [](const auto& a, const auto& b) { return a.confidence > b.confidence; });
  const bool is_known = exact && (exact->is_paid || exact->is_not_paid);
  to.paid_not_credited = is_known
                             ? exact->is_paid
                             : chances(paid_model_, vector, vector.familiarity)[1] >= kSureOfPaid;
}

void Understanding::read_control(const Reading& text, Detected& to) const {
  const auto& [words, vector, exact, language, is_strange] = text;
  if (exact && (exact->control != Control::none || exact->is_no_control || exact->intent >= 0)) {
    to.control = exact->control;
    to.control_confidence = kByHeart;
    return;
  }
  const auto all = chances(control_model_, vector, std::sqrt(vector.familiarity));
  const auto chance = [&](Control control) { return all[static_cast<std::size_t>(control)]; };
  auto best = static_cast<Control>(std::max_element(all.begin(), all.end()) - all.begin());
  // Wants-a-person wins against everything that is said beside it, negation against thanks.
  const double human = chance(Control::human);
  const bool is_beside = best != Control::none && best != Control::human && human >= kHumanBeside;
  if (human >= kSureOfHuman || is_beside) {
    best = Control::human;
  } else if (best == Control::human) {
    best = Control::none;
  }
  if (best == Control::thanks && chance(Control::not_working) >= kFailedBeside)
    best = Control::not_working;
  // Who asks for a person in Arabic that is hardly known is better heard than not.
  if (is_strange && !(best == Control::human && to.language)) best = Control::none;
  to.control_confidence = chance(best);
  const bool asks = std::find(words.begin(), words.end(), "?") != words.end();
  if (best == Control::thanks && asks) return;
  if (best == Control::human || best == Control::not_working || chance(best) >= kSureOfControl)
    to.control = best;
}

std::size_t Understanding::bytes() const {
  return vocabulary_.bytes() + intent_model_.bytes() + control_model_.bytes() +
         paid_model_.bytes() + languages_.bytes();
}

}  // namespace parlor::bot
