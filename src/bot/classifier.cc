#include "bot/classifier.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "bot/ngrams.h"

namespace parlor::bot {
namespace {

constexpr TrainingOptions kTraining{.epochs = 20, .rate = 2.0F, .regularisation = 1e-6F};
// One text in so many is kept to learn from how sure the others make it.
constexpr std::size_t kKeptAside = 10;
constexpr std::size_t kFewestTexts = 200;  // with fewer there is nothing to spare
// Of what it would get right so much may be given up to keep out what is out of scope.
constexpr double kGivenUp = 0.004;
constexpr int kSharpestTenths = 40;

std::vector<std::string> labels_of(const std::vector<LabelledText>& texts) {
  std::vector<std::string> labels;
  labels.reserve(texts.size());
  for (const auto& text : texts) labels.push_back(text.label);
  std::sort(labels.begin(), labels.end());
  labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
  return labels;
}

std::vector<std::vector<Ngram>> ngrams_of_all(const std::vector<LabelledText>& texts) {
  std::vector<std::vector<Ngram>> all;
  all.reserve(texts.size());
  for (const auto& text : texts) all.push_back(ngrams_of(words_of(text.text)));
  return all;
}

std::size_t index_of(const std::vector<std::string>& labels, const std::string& label) {
  const auto found = std::lower_bound(labels.begin(), labels.end(), label);
  if (found == labels.end() || *found != label) return labels.size();
  return static_cast<std::size_t>(found - labels.begin());
}

struct Kept {
  std::vector<float> scores;
  std::size_t label = 0;
};

Classified judge(std::vector<float> scores, double sharpness) {
  for (auto& score : scores) score *= static_cast<float>(sharpness);
  softmax(scores);
  const auto best = std::max_element(scores.begin(), scores.end());
  return {static_cast<std::size_t>(best - scores.begin()), *best};
}

// How unlikely the right labels seem: the less, the better.
double surprise(const std::vector<Kept>& kept, double sharpness) {
  double sum = 0;
  for (const auto& [scores, label] : kept) {
    auto chances = scores;
    for (auto& score : chances) score *= static_cast<float>(sharpness);
    softmax(chances);
    sum -= std::log(std::max(1e-9F, chances[label]));
  }
  return sum;
}

}  // namespace

Classifier::Classifier(const std::vector<LabelledText>& texts) : Classifier(texts, 1) {
  if (texts.size() >= kFewestTexts) learn_how_sure(texts);
}

Classifier::Classifier(const std::vector<LabelledText>& texts, double sharpness)
    : labels_(labels_of(texts)), vocabulary_(ngrams_of_all(texts)), sharpness_(sharpness) {
  std::vector<TextVector> vectors;
  vectors.reserve(texts.size());
  std::vector<Example> examples;
  for (const auto& text : texts) {
    vectors.push_back(vocabulary_.vector_of(ngrams_of(words_of(text.text))));
    examples.push_back(
        {&vectors.back(), static_cast<std::uint32_t>(index_of(labels_, text.label))});
  }
  model_ = LinearModel(examples, vocabulary_.size(), labels_.size(), kTraining);
}

void Classifier::learn_how_sure(const std::vector<LabelledText>& texts) {
  std::vector<LabelledText> most;
  std::vector<LabelledText> rest;
  // Files are often sorted by label: a stride that shares no factor with ten takes of each.
  for (std::size_t i = 0; i < texts.size(); ++i)
    (i * 7919 % kKeptAside == 0 ? rest : most).push_back(texts[i]);
  const Classifier partial(most, 1);
  std::vector<Kept> kept;
  for (const auto& text : rest) {
    const auto label = index_of(partial.labels_, text.label);
    if (label == partial.labels_.size()) continue;
    const auto vector = partial.vocabulary_.vector_of(ngrams_of(words_of(text.text)));
    kept.push_back({partial.model_.scores(vector, vector.familiarity), label});
  }
  double best = std::numeric_limits<double>::max();
  for (int tenths = 5; tenths <= kSharpestTenths; ++tenths) {
    const double sharpness = tenths / 10.0;
    const double now = surprise(kept, sharpness);
    if (now >= best) continue;
    best = now;
    sharpness_ = sharpness;
  }
  std::vector<double> right;
  for (const auto& [scores, label] : kept) {
    const auto judged = judge(scores, sharpness_);
    if (judged.label == label) right.push_back(judged.confidence);
  }
  if (right.empty()) return;
  std::sort(right.begin(), right.end());
  threshold_ = right[static_cast<std::size_t>(kGivenUp * static_cast<double>(right.size()))];
}

Classified Classifier::classify(std::string_view text) const {
  const auto vector = vocabulary_.vector_of(ngrams_of(words_of(text)));
  auto judged = judge(model_.scores(vector, vector.familiarity), sharpness_);
  // Which label is the likeliest is not for the unfamiliar part to say.
  const auto scores = model_.scores(vector);
  judged.label =
      static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
  return judged;
}

}  // namespace parlor::bot
