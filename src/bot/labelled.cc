#include "bot/labelled.h"

#include <algorithm>
#include <optional>

#include "bot/located_json.h"

namespace parlor::bot {
namespace {

using Texts = std::vector<LabelledText>;

Failure refused(std::size_t line, const std::string& reason) {
  return fail(ErrorCode::invalid, "line " + std::to_string(line) + ": " + reason);
}

// RFC 4180, record by record; also bare LF between records, a BOM before the first, and a quote
// inside a quoted field that was not doubled, as published sets have it: what follows it is bare.
class CsvReader {
 public:
  explicit CsvReader(std::string_view content) : rest_(content) {
    if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
  }

  bool at_end() const { return rest_.empty(); }
  std::size_t line() const { return line_; }

  Result<std::vector<std::string>> next() {
    std::vector<std::string> fields;
    for (;;) {
      fields.emplace_back();
      if (rest_.starts_with('"')) {
        if (!quoted(fields.back())) return refused(line_, "a quote is never closed");
      } else {
        bare(fields.back());
      }
      if (!rest_.starts_with(',')) break;
      rest_.remove_prefix(1);
    }
    if (rest_.starts_with('\r')) rest_.remove_prefix(1);
    if (rest_.starts_with('\n')) rest_.remove_prefix(1);
    ++line_;
    return fields;
  }

 private:
  void bare(std::string& to) {
    const auto end = std::min(rest_.find_first_of(",\r\n"), rest_.size());
    to += rest_.substr(0, end);
    rest_.remove_prefix(end);
  }
  bool quoted(std::string& to) {
    for (rest_.remove_prefix(1);;) {
      const auto end = rest_.find('"');
      if (end == std::string_view::npos) return false;
      to += rest_.substr(0, end);
      line_ += static_cast<std::size_t>(
          std::count(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
      rest_.remove_prefix(end + 1);
      if (rest_.empty() || rest_.find_first_of(",\r\n") == 0) return true;
      to += '"';
      if (!rest_.starts_with('"')) {
        bare(to);
        return true;
      }
      rest_.remove_prefix(1);
    }
  }

  std::string_view rest_;
  std::size_t line_ = 1;
};

std::optional<std::size_t> column(const std::vector<std::string>& header, std::string_view name) {
  const auto found = std::find(header.begin(), header.end(), name);
  if (found == header.end()) return std::nullopt;
  return static_cast<std::size_t>(found - header.begin());
}

Result<Texts> read_csv(std::string_view content, bool needs_label) {
  CsvReader reader(content);
  if (reader.at_end()) return refused(1, "the file is empty");
  const auto header = reader.next();
  if (!header) return header.failure();
  const auto text = column(*header, "text");
  auto label = column(*header, "label");
  if (!label) label = column(*header, "category");
  if (!text || (needs_label && !label))
    return refused(1, "the first line must name the columns: text,label");
  Texts texts;
  while (!reader.at_end()) {
    const auto line = reader.line();
    auto fields = reader.next();
    if (!fields) return fields.failure();
    if (fields->size() == 1 && fields->front().empty()) continue;  // an empty line
    if (fields->size() != header->size()) {
      return refused(line, "has " + std::to_string(fields->size()) + " fields, the header " +
                               std::to_string(header->size()));
    }
    if (texts.size() == kMaxLabelledTexts) return refused(line, "too many sentences");
    texts.push_back({(*fields)[*text], label ? (*fields)[*label] : std::string()});
  }
  return texts;
}

Result<Texts> read_json(std::string_view content, bool needs_label) {
  const auto document = LocatedJson::parse(content);
  if (!document) return document.failure();
  if (!document->is_array()) return refused(document->line, "must be an array of {text, label}");
  Texts texts;
  for (const auto& item : document->items()) {
    const auto* text = item.find("text");
    const auto* label = item.find("label");
    if (!text || !text->is_string() || (needs_label && (!label || !label->is_string())))
      return refused(item.line, R"(must be an object {"text": "…", "label": "…"})");
    if (texts.size() == kMaxLabelledTexts) return refused(item.line, "too many sentences");
    texts.push_back({text->string(), label && label->is_string() ? label->string() : ""});
  }
  return texts;
}

}  // namespace

Result<Texts> read_labelled(std::string_view content, bool needs_label) {
  const auto first = content.find_first_not_of(" \t\r\n");
  const bool is_json = first != std::string_view::npos && content[first] == '[';
  auto texts = is_json ? read_json(content, needs_label) : read_csv(content, needs_label);
  if (texts && texts->empty()) return fail(ErrorCode::invalid, "the file holds no sentence");
  return texts;
}

}  // namespace parlor::bot
