#include "text/excerpt.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <deque>

#include "text/word_characters.h"
#include "text/words.h"

namespace parlor::text {
namespace {

constexpr std::string_view kCut = "…";

// A word as it is written, or what stands between two.
struct Run {
  std::string_view text;
  std::size_t characters = 0;
  bool is_word = false;
};

// Takes the first run off a text. What normalising drops belongs to the word that it stands in.
Run take_run(std::string_view& text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<int32_t>(text.size());
  Run run;
  int32_t end = 0;
  for (int32_t at = 0; at < length;) {
    UChar32 c;
    U8_NEXT_OR_FFFD(bytes, at, length, c);
    const bool own = is_own_word(c);
    const bool in_word =
        own || is_word_character(c) || u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
    if (end > 0 && (own || in_word != run.is_word)) break;
    run.is_word = in_word;
    ++run.characters;
    end = at;
    if (own) break;
  }
  run.text = text.substr(0, static_cast<std::size_t>(end));
  text.remove_prefix(run.text.size());
  return run;
}

bool is_match(const Run& run, const std::vector<std::string>& query) {
  if (!run.is_word || query.empty()) return false;
  const auto words = search_words(run.text);
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return word.starts_with(query.back()) ||
           std::find(query.begin(), query.end(), word) != query.end();
  });
}

std::string_view first_characters(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (; count > 0 && at < text.size(); --count) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    U8_FWD_1(bytes, at, text.size());
  }
  return text.substr(0, at);
}

// The runs that lead up to the first match, as far as they are shown.
struct Lead {
  std::deque<Run> runs;
  std::size_t characters = 0;
  bool is_cut = false;

  void add(const Run& run) {
    runs.push_back(run);
    characters += run.characters;
    while (characters > kExcerptLeadCharacters || (is_cut && !runs.empty() && !runs[0].is_word)) {
      characters -= runs.front().characters;
      runs.pop_front();
      is_cut = true;
    }
  }
};

class Pieces {
 public:
  void add(std::string_view text, bool is_match) {
    if (text.empty()) return;
    if (pieces_.empty() || pieces_.back().is_match != is_match) pieces_.push_back({"", is_match});
    pieces_.back().text += text;
  }
  // Whether all of it had room.
  bool add(const Run& run, bool is_match) {
    const auto shown = run.characters <= left_ ? run.text : first_characters(run.text, left_);
    add(shown, is_match);
    left_ -= std::min(left_, run.characters);
    return shown.size() == run.text.size();
  }
  std::vector<ExcerptPiece> take() { return std::move(pieces_); }

 private:
  std::vector<ExcerptPiece> pieces_;
  std::size_t left_ = kExcerptCharacters;
};

}  // namespace

std::vector<ExcerptPiece> excerpt(std::string_view utf8, const std::vector<std::string>& query) {
  Lead lead;
  auto rest = utf8;
  while (!rest.empty()) {
    auto behind = rest;
    const auto run = take_run(behind);
    if (is_match(run, query)) break;
    lead.add(run);
    rest = behind;
  }
  if (rest.empty()) {  // nothing matches
    lead = Lead();
    rest = utf8;
  }
  Pieces pieces;
  if (lead.is_cut) pieces.add(kCut, false);
  for (const auto& run : lead.runs) pieces.add(run, false);
  while (!rest.empty()) {
    const auto run = take_run(rest);
    if (!pieces.add(run, is_match(run, query))) {
      pieces.add(kCut, false);
      break;
    }
  }
  return pieces.take();
}

}  // namespace parlor::text
