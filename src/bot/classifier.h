// A text classifier by itself: one set of labelled texts, one vocabulary, one model.
//
// How sure it must be is learned from a tenth of the texts, which it is first trained without: how
// far its scores are to be trusted, and below which confidence a text is about nothing it knows.
//
// Immutable after training, thread-safe, deterministic.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/labelled.h"
#include "bot/linear_model.h"
#include "bot/vocabulary.h"

namespace parlor::bot {

struct Classified {
  std::size_t label = 0;  // into labels(); the likeliest, also when out of scope
  double confidence = 0;  // 0..1, lower for unfamiliar text
};

class Classifier {
 public:
  // Precondition: at least one text.
  explicit Classifier(const std::vector<LabelledText>& texts);
  // The same without learning how sure it must be: half the time.
  static Classifier plain(const std::vector<LabelledText>& texts) { return {texts, 1}; }

  Classified classify(std::string_view text) const;

  const std::vector<std::string>& labels() const { return labels_; }
  // Texts of less confidence are out of scope.
  double threshold() const { return threshold_; }
  std::size_t bytes() const { return vocabulary_.bytes() + model_.bytes(); }

 private:
  Classifier(const std::vector<LabelledText>& texts, double sharpness);

  void learn_how_sure(const std::vector<LabelledText>& texts);

  std::vector<std::string> labels_;  // sorted
  Vocabulary vocabulary_;
  LinearModel model_;
  double sharpness_ = 1;  // scores are multiplied by it
  double threshold_ = 0;
};

}  // namespace parlor::bot
