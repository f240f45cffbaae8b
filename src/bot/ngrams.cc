#include "bot/ngrams.h"

#include <algorithm>
#include <cmath>

#include "bot/sounds.h"
#include "text/normalise.h"

namespace parlor::bot {
namespace {

constexpr std::size_t kShortestPiece = 2;
constexpr std::size_t kLongestPiece = 5;
constexpr std::uint64_t kWordSeed = 0x9E3779B97F4A7C15;
constexpr std::uint64_t kPieceSeed = 0xC2B2AE3D27D4EB4F;
constexpr std::uint64_t kSoundSeed = 0x9E3779B97F4A7C16;
constexpr std::uint64_t kRootSeed = 0xC2B2AE3D27D4EB50;
constexpr std::string_view kEdge = "\x01";  // before and after a word; in no word
constexpr std::string_view kGap = "\x02";   // between two words
constexpr float kWordWeight = 2;
constexpr float kSoundWeight = 1.5F;
constexpr std::size_t kRoot = 3;  // most roots of Arabic have three consonants

std::string_view first_characters(std::string_view utf8, std::size_t limit) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const bool begins = (static_cast<unsigned char>(utf8[i]) & 0xC0) != 0x80;
    if (begins && ++count > limit) return utf8.substr(0, i);
  }
  // Continuation bytes alone are no characters, and yet must end somewhere.
  return utf8.substr(0, limit * 4);
}

struct Character {
  std::uint32_t code;
  std::size_t size;
};

// Of normalised, so well-formed text.
Character character_at(std::string_view utf8, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(utf8[at + i]); };
  const std::uint32_t lead = byte(0);
  if (lead < 0x80 || at + 1 >= utf8.size()) return {lead, 1};
  if (lead < 0xE0) return {((lead & 0x1F) << 6) | (byte(1) & 0x3FU), 2};
  if (at + 2 >= utf8.size()) return {lead, 1};
  if (lead < 0xF0) return {((lead & 0xF) << 12) | ((byte(1) & 0x3FU) << 6) | (byte(2) & 0x3FU), 3};
  if (at + 3 >= utf8.size()) return {lead, 1};
  return {
      ((lead & 7) << 18) | ((byte(1) & 0x3FU) << 12) | ((byte(2) & 0x3FU) << 6) | (byte(3) & 0x3FU),
      4};
}

bool is_apostrophe(std::uint32_t c) {
  return c == '\'' || c == '`' || c == 0xB4 || c == 0x2018 || c == 0x2019 || c == 0x2BC;
}

bool is_own_word(std::uint32_t c) { return c == '?' || c == 0x61F || c == 0x1F44D || c == 0x1F44E; }

bool is_word_character(std::uint32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  if (c < 0xC0) return false;
  if (c >= 0x600 && c < 0x700) {
    return c >= 0x620 && c != 0x640 && !(c >= 0x66A && c <= 0x66D) && c != 0x6D4 && c < 0x6FD;
  }
  const bool is_symbol = (c >= 0x2000 && c <= 0x2BFF) || (c >= 0x3000 && c <= 0x303F) ||
                         (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFFFD || c >= 0x1F000;
  return c != 0xD7 && c != 0xF7 && !is_symbol;
}

class Hash {
 public:
  explicit Hash(std::uint64_t seed) : value_(seed) {}
  Hash& add(std::string_view bytes) {
    for (const char c : bytes) {
      value_ = (value_ ^ static_cast<unsigned char>(c)) * 0x100000001B3;
    }
    return *this;
  }
  // FNV's low bits are its weak ones, and tables use them.
  std::uint64_t value() const {
    std::uint64_t v = value_;
    v = (v ^ (v >> 32)) * 0xD6E8FEB86659FD93;
    return v ^ (v >> 32);
  }

 private:
  std::uint64_t value_;
};

void add_pieces(const std::string& word, std::vector<std::uint64_t>& to) {
  std::string edged;
  edged.reserve(word.size() + 2);
  edged.append(kEdge).append(word).append(kEdge);
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < edged.size(); ++i)
    if ((static_cast<unsigned char>(edged[i]) & 0xC0) != 0x80) starts.push_back(i);
  starts.push_back(edged.size());
  const std::size_t characters = starts.size() - 1;
  for (std::size_t first = 0; first < characters; ++first) {
    Hash hash(kPieceSeed);
    for (std::size_t n = 1; n <= kLongestPiece && first + n <= characters; ++n) {
      const auto begin = starts[first + n - 1];
      hash.add(std::string_view(edged).substr(begin, starts[first + n] - begin));
      if (n >= kShortestPiece) to.push_back(hash.value());
    }
  }
}

std::uint64_t hash_of_pair(std::uint64_t seed, std::string_view first, std::string_view second) {
  return Hash(seed).add(first).add(kGap).add(second).value();
}

std::vector<std::string> sounds_of(const std::vector<std::string>& words) {
  std::vector<std::string> sounds;
  for (const auto& word : words)
    if (auto sound = sound_of(word); !sound.empty()) sounds.push_back(std::move(sound));
  return sounds;
}

// Appends the distinct ones; sorts `hashes`.
void weigh(std::vector<std::uint64_t>& hashes, float weight, std::vector<Ngram>& to) {
  std::sort(hashes.begin(), hashes.end());
  for (std::size_t begin = 0, end = 0; begin < hashes.size(); begin = end) {
    while (end < hashes.size() && hashes[end] == hashes[begin]) ++end;
    const auto times = static_cast<float>(end - begin);
    to.push_back({hashes[begin], times == 1 ? weight : weight * (1 + std::log(times))});
  }
}

}  // namespace

std::vector<std::string> words_of(std::string_view utf8) {
  const std::string text = text::normalise(first_characters(utf8, kMaxReadCharacters));
  std::vector<std::string> words;
  std::string word;
  std::size_t characters = 0;
  const auto flush = [&] {
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
    characters = 0;
  };
  for (std::size_t at = 0; at < text.size();) {
    const auto [code, size] = character_at(text, at);
    const auto bytes = std::string_view(text).substr(at, size);
    at += size;
    if (is_apostrophe(code)) continue;
    if (is_own_word(code)) {
      flush();
      words.emplace_back(code == 0x61F ? "?" : bytes);
    } else if (!is_word_character(code)) {
      flush();
    } else if (++characters <= kMaxWordCharacters) {
      word += bytes;
    }
  }
  flush();
  return words;
}

std::string phrase_key(const std::vector<std::string>& words) {
  std::string key;
  for (const auto& word : words) {
    if (word == "?") continue;
    if (!key.empty()) key += ' ';
    key += word;
  }
  return key;
}

std::string tight_key(std::string key) {
  key.erase(std::remove(key.begin(), key.end(), ' '), key.end());
  return key;
}

std::uint64_t hash_of_word(std::string_view word) { return Hash(kWordSeed).add(word).value(); }

std::uint64_t hash_of_sound(std::string_view sound) { return Hash(kSoundSeed).add(sound).value(); }

std::vector<Ngram> ngrams_of(const std::vector<std::string>& words) {
  std::vector<Ngram> ngrams;
  std::vector<std::uint64_t> hashes;
  hashes.reserve(words.size() * 24);
  for (std::size_t i = 0; i < words.size(); ++i) {
    hashes.push_back(hash_of_word(words[i]));
    if (i + 1 < words.size()) hashes.push_back(hash_of_pair(kWordSeed, words[i], words[i + 1]));
  }
  weigh(hashes, kWordWeight, ngrams);
  hashes.clear();
  for (const auto& word : words) add_pieces(word, hashes);
  weigh(hashes, 1, ngrams);
  hashes.clear();
  const auto sounds = sounds_of(words);
  for (std::size_t i = 0; i < sounds.size(); ++i) {
    if (sounds[i].size() > 1) hashes.push_back(hash_of_sound(sounds[i]));
    if (i + 1 < sounds.size()) hashes.push_back(hash_of_pair(kSoundSeed, sounds[i], sounds[i + 1]));
  }
  weigh(hashes, kSoundWeight, ngrams);
  hashes.clear();
  for (const auto& sound : sounds) {
    for (std::size_t i = 0; i + kRoot <= sound.size(); ++i)
      hashes.push_back(Hash(kRootSeed).add(std::string_view(sound).substr(i, kRoot)).value());
  }
  weigh(hashes, 1, ngrams);
  return ngrams;
}

}  // namespace parlor::bot
