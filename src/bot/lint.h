// What an administrator should know about an intents file before it replaces the running one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace parlor::bot {

// A phrase that the others of its intent do not lead to.
struct Confusion {
  std::string phrase;
  std::string intent;
  std::string taken_for;
  double confidence = 0;
};

struct LintReport {
  std::size_t intents = 0;
  std::size_t phrases = 0;
  std::vector<Confusion> confusions;  // surest first

  double right() const {
    return phrases == 0 ? 0
                        : 1 - static_cast<double>(confusions.size()) / static_cast<double>(phrases);
  }
};

// invalid: the first fault, "line 12: …". Each phrase is judged by a model that was trained without
// it (all are left out once, a twentieth at a time). Takes some seconds.
Result<LintReport> lint(std::string_view intents_json);

}  // namespace parlor::bot
