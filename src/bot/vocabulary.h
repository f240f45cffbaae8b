// The n-grams that training saw, each with how much it tells (its inverse document frequency), and
// texts as vectors over them.
//
// Immutable after building, thread-safe.
#pragma once

#include <cstdint>
#include <vector>

#include "bot/ngrams.h"

namespace parlor::bot {

struct Term {
  std::uint32_t feature = 0;
  float weight = 0;
};

// TF-IDF, of length 1.
struct TextVector {
  std::vector<Term> terms;
  // The length that the known part would have if unseen n-grams counted too, each as the rarest:
  // 1 for familiar text, towards 0 for text that training never saw.
  float familiarity = 0;
};

class Vocabulary {
 public:
  // Of texts as their n-grams; keeps those that occur in at least `fewest_texts`.
  explicit Vocabulary(const std::vector<std::vector<Ngram>>& texts, std::uint32_t fewest_texts = 1);

  TextVector vector_of(const std::vector<Ngram>& ngrams) const;
  std::size_t size() const { return idf_.size(); }
  bool has(std::uint64_t hash) const { return find(hash) != kNone; }

  std::size_t bytes() const;

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t feature = kNone;
  };

  std::uint32_t find(std::uint64_t hash) const;

  std::vector<Slot> slots_;  // open addressing; a power of two, at most half full
  std::vector<float> idf_;
  float unseen_idf_ = 0;
};

}  // namespace parlor::bot
