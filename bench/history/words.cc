#include "history/words.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace parlor::bench {
namespace {

constexpr std::size_t kVocabulary = 60'000;
constexpr std::size_t kShortest = 4;
constexpr std::size_t kSpread = 17;

// What such conversations are full of, in about this order.
constexpr std::string_view kCommonWords[] = {
    "the",      "to",      "i",       "is",       "my",       "you",      "it",     "and",
    "a",        "for",     "please",  "order",    "can",      "of",       "in",     "on",
    "have",     "not",     "account", "we",       "that",     "this",     "be",     "with",
    "your",     "are",     "will",    "was",      "help",     "thanks",   "do",     "me",
    "payment",  "hello",   "from",    "if",       "at",       "but",      "refund", "so",
    "delivery", "invoice", "email",   "password", "when",     "no",       "yes",    "how",
    "need",     "number",  "address", "card",     "change",   "still",    "get",    "what",
    "lamp",     "just",    "there",   "has",      "been",     "again",    "today",  "problem",
    "working",  "ordered", "orders",  "login",    "package",  "website",  "tried",  "item",
    "received", "wrong",   "cancel",  "return",   "shipping", "warranty", "code",   "discount",
    "مرحبا",    "طلب",     "شكرا",    "حساب",     "من",       "على",      "في",     "مشكلة"};

constexpr std::string_view kSyllables[] = {"ba", "ro", "ti",  "sel", "mon", "ka",  "dur", "ne",
                                           "lo", "vi", "pra", "ten", "gu",  "shi", "or",  "fam",
                                           "we", "zu", "cli", "den", "hap", "mi",  "rus", "to"};

constexpr std::array kFirstNames = {"Maya", "Noor",  "Liam", "Aisha", "Jonas", "Petra",
                                    "Omid", "Clara", "Ravi", "Selma", "Tariq", "Ingrid",
                                    "Hugo", "Leila", "Amir", "Wanda"};
constexpr std::array kLastNames = {"Stone",  "Rivers", "Haddad", "Lindqvist", "Okafor", "Moreau",
                                   "Castro", "Winter", "Nasser", "Kowalski",  "Dunne",  "Tanaka"};

}  // namespace

Words::Words(std::uint32_t seed) : random_(seed) {
  words_.assign(std::begin(kCommonWords), std::end(kCommonWords));
  std::mt19937 spelling(1);  // the vocabulary is the same for every seed
  while (words_.size() < kVocabulary) {
    std::string word;
    for (auto syllables = 2 + spelling() % 3; syllables > 0; --syllables)
      word += kSyllables[spelling() % std::size(kSyllables)];
    words_.push_back(std::move(word));
  }
  double sum = 0;
  for (std::size_t rank = 1; rank <= words_.size(); ++rank) {
    sum += 1.0 / (static_cast<double>(rank) + 2);
    cumulative_.push_back(sum);
  }
}

const std::string& Words::word() {
  const double at = static_cast<double>(random_()) / static_cast<double>(std::mt19937::max()) *
                    cumulative_.back();
  const auto found = std::lower_bound(cumulative_.begin(), cumulative_.end(), at);
  return words_[static_cast<std::size_t>(found - cumulative_.begin())];
}

std::string Words::sentence() {
  std::string text;
  for (auto count = kShortest + below(kSpread); count > 0; --count) text.append(word()).append(" ");
  text.back() = '.';
  return text;
}

std::string Words::name() {
  std::string name = kFirstNames[below(kFirstNames.size())];
  return name.append(" ").append(kLastNames[below(kLastNames.size())]);
}

}  // namespace parlor::bench
