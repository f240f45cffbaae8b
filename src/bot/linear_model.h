// Multinomial logistic regression over the vectors of a Vocabulary.
//
// Trained by stochastic gradient descent with a fixed seed: the same examples give the same model.
// Immutable after training, thread-safe.
#pragma once

#include <cstdint>
#include <stop_token>
#include <vector>

#include "bot/vocabulary.h"

namespace parlor::bot {

struct Example {
  const TextVector* text = nullptr;
  std::uint32_t label = 0;  // below the number of labels
  float weight = 1;         // how much it counts
};

struct TrainingOptions {
  int epochs = 20;
  float rate = 4.0F;  // of the first steps
  float regularisation = 1e-5F;
  float dropped = 0;    // of a text's terms, each time it is learned from: no term is relied upon
  float smoothing = 0;  // of the certainty that a label is right: shared among all labels
};

class LinearModel {
 public:
  LinearModel() = default;
  // Stopped, it is left between two epochs as what nobody should use.
  LinearModel(const std::vector<Example>& examples, std::size_t features, std::size_t labels,
              const TrainingOptions& options, const std::stop_token& stop = {});

  // Each label's score; with `scale` of the text's familiarity, unfamiliar text scores flat.
  std::vector<float> scores(const TextVector& text, float scale = 1) const;

  std::size_t labels() const { return labels_; }
  std::size_t bytes() const { return (weights_.size() + bias_.size()) * sizeof(float); }

 private:
  std::size_t labels_ = 0;
  std::size_t stride_ = 0;      // labels, rounded up for vector instructions
  std::vector<float> weights_;  // one row of `stride_` for each feature
  std::vector<float> bias_;
};

// In place: scores to probabilities.
void softmax(std::vector<float>& scores);

}  // namespace parlor::bot
