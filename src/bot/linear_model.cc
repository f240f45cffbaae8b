#include "bot/linear_model.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace parlor::bot {
namespace {

constexpr std::size_t kVector = 4;
constexpr std::uint64_t kSeed = 20'240'115;
// The bias learns slowly: it is of every text, and its steps must not drown the words'.
constexpr float kBiasRate = 0.1F;
constexpr std::uint64_t kDice = 1024;

class Random {
 public:
  std::uint64_t below(std::uint64_t limit) {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return state_ % limit;
  }

 private:
  std::uint64_t state_ = kSeed;
};

void shuffle(std::vector<std::uint32_t>& order, Random& random) {
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
}

// scores += weight * row
void add_row(float* __restrict scores, const float* __restrict row, float weight,
             std::size_t size) {
  for (std::size_t k = 0; k < size; ++k) scores[k] += weight * row[k];
}

// A part of the text's terms, louder by as much as is missing.
void drop_some(const std::vector<Term>& terms, float dropped, Random& random,
               std::vector<Term>& kept) {
  kept.clear();
  const auto limit = static_cast<std::uint64_t>(dropped * kDice);
  for (const auto& [feature, weight] : terms)
    if (random.below(kDice) >= limit) kept.push_back({feature, weight / (1 - dropped)});
}

void softmax_of(float* scores, std::size_t size) {
  const float highest = *std::max_element(scores, scores + size);
  float sum = 0;
  for (std::size_t k = 0; k < size; ++k) sum += scores[k] = std::exp(scores[k] - highest);
  for (std::size_t k = 0; k < size; ++k) scores[k] /= sum;
}

}  // namespace

LinearModel::LinearModel(const std::vector<Example>& examples, std::size_t features,
                         std::size_t labels, const TrainingOptions& options,
                         const std::stop_token& stop)
    : labels_(labels),
      stride_((labels + kVector - 1) / kVector * kVector),
      weights_(features * stride_, 0.0F),
      bias_(stride_, 0.0F) {
  std::vector<std::uint32_t> order(examples.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  Random random;
  // The weights are scale * weights_, so that shrinking all of them is one multiplication.
  float scale = 1;
  double step = 0;
  std::vector<float> gradient(stride_);
  std::vector<Term> terms;
  const float share = options.smoothing / static_cast<float>(labels_);
  for (int epoch = 0; epoch < options.epochs && !stop.stop_requested(); ++epoch) {
    shuffle(order, random);
    for (const auto at : order) {
      const auto& [text, label, importance] = examples[at];
      const auto rate =
          static_cast<float>(options.rate / (1.0 + options.rate * options.regularisation * step++));
      drop_some(text->terms, options.dropped, random, terms);
      std::fill(gradient.begin(), gradient.end(), 0.0F);
      for (const auto& [feature, weight] : terms)
        add_row(gradient.data(), &weights_[feature * stride_], weight, stride_);
      for (std::size_t k = 0; k < labels_; ++k) gradient[k] = gradient[k] * scale + bias_[k];
      softmax_of(gradient.data(), labels_);
      for (std::size_t k = 0; k < labels_; ++k) gradient[k] -= share;
      gradient[label] -= 1.0F - options.smoothing;
      scale *= 1.0F - rate * options.regularisation;
      const float step_size = -rate * importance / scale;
      for (const auto& [feature, weight] : terms)
        add_row(&weights_[feature * stride_], gradient.data(), step_size * weight, stride_);
      add_row(bias_.data(), gradient.data(), -rate * importance * kBiasRate, stride_);
    }
  }
  for (auto& weight : weights_) weight *= scale;
}

std::vector<float> LinearModel::scores(const TextVector& text, float scale) const {
  std::vector<float> scores(stride_, 0.0F);
  for (const auto& [feature, weight] : text.terms)
    add_row(scores.data(), &weights_[feature * stride_], weight * scale, stride_);
  add_row(scores.data(), bias_.data(), 1.0F, stride_);
  scores.resize(labels_);
  return scores;
}

void softmax(std::vector<float>& scores) {
  if (!scores.empty()) softmax_of(scores.data(), scores.size());
}

}  // namespace parlor::bot
