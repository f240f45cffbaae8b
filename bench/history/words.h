// The texts of the benchmark's history: made-up support conversations whose words are as unevenly
// common as those of real ones (Zipf), the same for the same seed.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace parlor::bench {

class Words {
 public:
  explicit Words(std::uint32_t seed);

  // 4 to 20 words.
  std::string sentence();
  std::string name();  // of a contact: first and last name
  std::size_t below(std::size_t count) { return random_() % count; }

 private:
  const std::string& word();

  std::mt19937 random_;
  std::vector<std::string> words_;  // the most common first
  std::vector<double> cumulative_;  // how likely one of the first n + 1 is
};

}  // namespace parlor::bench
