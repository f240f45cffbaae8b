#include "bot/lint.h"

#include <algorithm>

#include "bot/bot.h"
#include "bot/classifier.h"
#include "bot/intents.h"

namespace parlor::bot {
namespace {

constexpr std::size_t kParts = 20;

std::vector<LabelledText> phrases_of(const Intents& intents) {
  std::vector<LabelledText> phrases;
  for (const auto& intent : intents.intents)
    for (const auto* list : {&intent.phrases.en, &intent.phrases.ar, &intent.phrases.arabizi})
      for (const auto& phrase : *list) phrases.push_back({phrase, intent.id});
  return phrases;
}

}  // namespace

Result<LintReport> lint(std::string_view intents_json) {
  const auto defaults = read_intents(builtin_intents());
  if (!defaults) return defaults.failure();
  const auto intents = read_intents(intents_json, &*defaults);
  if (!intents) return intents.failure();
  const auto phrases = phrases_of(*intents);
  LintReport report;
  report.intents = intents->intents.size();
  report.phrases = phrases.size();
  for (std::size_t part = 0; part < kParts; ++part) {
    std::vector<LabelledText> others;
    for (std::size_t i = 0; i < phrases.size(); ++i)
      if (i % kParts != part) others.push_back(phrases[i]);
    const auto classifier = Classifier::plain(others);
    for (std::size_t i = part; i < phrases.size(); i += kParts) {
      const auto found = classifier.classify(phrases[i].text);
      const auto& taken_for = classifier.labels()[found.label];
      if (taken_for != phrases[i].label) {
        report.confusions.push_back(
            {phrases[i].text, phrases[i].label, taken_for, found.confidence});
      }
    }
  }
  std::stable_sort(report.confusions.begin(), report.confusions.end(),
                   [](const auto& a, const auto& b) { return a.confidence > b.confidence; });
  return report;
}

}  // namespace parlor::bot
