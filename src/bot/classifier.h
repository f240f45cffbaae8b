// A text classifier by itself: one set of labelled texts, one vocabulary, one model.
//
// Immutable after training, thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/labelled.h"
#include "bot/linear_model.h"
#include "bot/vocabulary.h"

namespace parlor::bot {

struct Classified {
  std::size_t label = 0;  // into labels()
  double confidence = 0;  // 0..1, lower for unfamiliar text
};

class Classifier {
 public:
  // Precondition: at least one text.
  explicit Classifier(const std::vector<LabelledText>& texts);

  Classified classify(std::string_view text) const;

  const std::vector<std::string>& labels() const { return labels_; }
  std::size_t bytes() const { return vocabulary_.bytes() + model_.bytes(); }

 private:
  std::vector<std::string> labels_;  // sorted
  Vocabulary vocabulary_;
  LinearModel model_;
};

}  // namespace parlor::bot
