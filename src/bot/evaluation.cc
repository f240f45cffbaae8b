#include "bot/evaluation.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <set>

#include "bot/classifier.h"
#include "bot/intents.h"

namespace parlor::bot {
namespace {

using Seconds = std::chrono::duration<double>;
using Microseconds = std::chrono::duration<double, std::micro>;
using Watch = std::chrono::steady_clock;

constexpr std::size_t kBins = 10;

double share(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

// Counts answers as they come.
class Tally {
 public:
  void add(const std::string& wanted, const std::string& got, double confidence) {
    auto& label = labels_[wanted];
    ++label.sentences;
    ++all_;
    const bool is_right = wanted == got;
    label.right += is_right;
    right_ += is_right;
    if (!is_right) {
      ++label.taken_for[got];
      ++wrongly_[got];
    }
    const auto bin = std::min(kBins - 1, static_cast<std::size_t>(confidence * kBins));
    bins_[bin] += confidence - (is_right ? 1 : 0);
  }
  void time(Watch::duration took) { times_.push_back(Microseconds(took).count()); }

  double accuracy() const { return share(right_, all_); }
  std::size_t sentences() const { return all_; }

  void write(Evaluation& to) {
    to.sentences = all_;
    to.accuracy = accuracy();
    for (const auto& [name, label] : labels_) {
      const auto wrong = wrongly_.find(name);
      const auto false_positives = wrong == wrongly_.end() ? 0 : wrong->second;
      to.macro_f1 += share(2 * label.right, label.sentences + label.right + false_positives);
    }
    to.macro_f1 /= static_cast<double>(std::max<std::size_t>(1, labels_.size()));
    for (const auto bin : bins_) to.calibration_error += std::abs(bin);
    to.calibration_error /= static_cast<double>(std::max<std::size_t>(1, all_));
    to.labels = labels_;
    if (times_.empty()) return;
    std::sort(times_.begin(), times_.end());
    to.message = {times_[times_.size() / 2], times_[times_.size() * 99 / 100]};
  }

 private:
  std::map<std::string, LabelResult> labels_;
  std::map<std::string, std::size_t> wrongly_;
  std::size_t all_ = 0;
  std::size_t right_ = 0;
  double bins_[kBins] = {};  // what was promised less what came true
  std::vector<double> times_;
};

}  // namespace

Evaluation evaluate(const std::vector<LabelledText>& train, const std::vector<LabelledText>& test,
                    const std::vector<LabelledText>& out_of_scope) {
  const auto start = Watch::now();
  const Classifier classifier(train);
  Evaluation evaluation;
  evaluation.training_s = Seconds(Watch::now() - start).count();
  evaluation.model_bytes = classifier.bytes();
  Tally tally;
  std::size_t kept_right = 0;
  for (const auto& [text, label] : test) {
    const auto began = Watch::now();
    const auto found = classifier.classify(text);
    tally.time(Watch::now() - began);
    const auto& name = classifier.labels()[found.label];
    tally.add(label, name, found.confidence);
    kept_right += name == label && found.confidence >= classifier.threshold();
  }
  tally.write(evaluation);
  evaluation.threshold = classifier.threshold();
  evaluation.in_scope_accuracy = share(kept_right, test.size());
  evaluation.out_of_scope_sentences = out_of_scope.size();
  const auto turned_away =
      std::count_if(out_of_scope.begin(), out_of_scope.end(), [&](const LabelledText& sentence) {
        return classifier.classify(sentence.text).confidence < classifier.threshold();
      });
  evaluation.out_of_scope_recall =
      share(static_cast<std::size_t>(turned_away), out_of_scope.size());
  return evaluation;
}

Result<BotEvaluation> evaluate_bot(std::string_view intents_json,
                                   const std::vector<LabelledText>& test) {
  const auto start = Watch::now();
  const auto bot = Bot::build(intents_json, builtin_questions());
  if (!bot) return bot.failure();
  BotEvaluation evaluation;
  evaluation.all.training_s = Seconds(Watch::now() - start).count();
  evaluation.all.model_bytes = (*bot)->model_bytes();
  Tally all;
  Tally intents;
  Tally controls;
  std::size_t humans = 0;
  std::size_t taken_for_humans = 0;
  std::size_t found_humans = 0;
  std::size_t failed = 0;
  std::size_t failed_solved = 0;
  for (const auto& [text, label] : test) {
    const auto began = Watch::now();
    const auto detected = (*bot)->detect(text);
    all.time(Watch::now() - began);
    if ((*bot)->intents().find(label)) {
      const auto& [id, confidence] = detected.intents.front();
      intents.add(label, id, confidence);
      all.add(label, id, confidence);
      continue;
    }
    const std::string got(name_of(detected.control));
    controls.add(label, got, detected.control_confidence);
    all.add(label, got, detected.control_confidence);
    const bool is_human = detected.control == Control::human;
    humans += label == "HUMAN";
    taken_for_humans += is_human;
    found_humans += is_human && label == "HUMAN";
    const bool is_solved = detected.control == Control::thanks || detected.control == Control::yes;
    failed += label == "NOT_WORKING";
    failed_solved += is_solved && label == "NOT_WORKING";
  }
  all.write(evaluation.all);
  evaluation.intent_accuracy = intents.accuracy();
  evaluation.intent_sentences = intents.sentences();
  evaluation.control_accuracy = controls.accuracy();
  evaluation.control_sentences = controls.sentences();
  evaluation.person_recall = share(found_humans, humans);
  evaluation.person_precision = share(found_humans, taken_for_humans);
  evaluation.failed_taken_for_solved = share(failed_solved, failed);
  return evaluation;
}

}  // namespace parlor::bot
