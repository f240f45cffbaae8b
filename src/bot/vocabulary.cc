#include "bot/vocabulary.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace parlor::bot {
namespace {

float tell(std::size_t texts, std::size_t with_it) {
  const auto all = static_cast<double>(texts);
  return static_cast<float>(std::log((1.0 + all) / (1.0 + static_cast<double>(with_it))) + 1.0);
}

}  // namespace

Vocabulary::Vocabulary(const std::vector<std::vector<Ngram>>& texts, std::uint32_t fewest_texts) {
  std::vector<std::uint64_t> seen;
  for (const auto& ngrams : texts)
    for (const auto& ngram : ngrams) seen.push_back(ngram.hash);
  std::sort(seen.begin(), seen.end());
  std::vector<std::uint64_t> kept;
  for (std::size_t begin = 0, end = 0; begin < seen.size(); begin = end) {
    while (end < seen.size() && seen[end] == seen[begin]) ++end;
    if (end - begin < fewest_texts) continue;
    kept.push_back(seen[begin]);
    idf_.push_back(tell(texts.size(), end - begin));
  }
  unseen_idf_ = tell(texts.size(), 1);
  slots_.resize(std::bit_ceil(std::max<std::size_t>(16, kept.size() * 2)));
  for (std::uint32_t feature = 0; feature < kept.size(); ++feature) {
    auto at = kept[feature] & (slots_.size() - 1);
    while (slots_[at].feature != kNone) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = {kept[feature], feature};
  }
}

std::uint32_t Vocabulary::find(std::uint64_t hash) const {
  auto at = hash & (slots_.size() - 1);
  while (slots_[at].feature != kNone && slots_[at].hash != hash)
    at = (at + 1) & (slots_.size() - 1);
  return slots_[at].feature;
}

TextVector Vocabulary::vector_of(const std::vector<Ngram>& ngrams) const {
  TextVector vector;
  vector.terms.reserve(ngrams.size());
  float known = 0;
  float unseen = 0;
  for (const auto& ngram : ngrams) {
    const auto feature = find(ngram.hash);
    const float weight = ngram.weight * (feature == kNone ? unseen_idf_ : idf_[feature]);
    (feature == kNone ? unseen : known) += weight * weight;
    if (feature != kNone) vector.terms.push_back({feature, weight});
  }
  if (known <= 0) return vector;
  const float length = std::sqrt(known);
  for (auto& term : vector.terms) term.weight /= length;
  vector.familiarity = length / std::sqrt(known + unseen);
  return vector;
}

std::size_t Vocabulary::bytes() const {
  return slots_.size() * sizeof(Slot) + idf_.size() * sizeof(float);
}

}  // namespace parlor::bot
