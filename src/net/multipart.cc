#include "net/multipart.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "base/utf8.h"
#include "net/text.h"

namespace parlor::net {
namespace {

constexpr std::size_t kLongestBoundary = 70;  // RFC 2046, section 5.1.1

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = ::write(file, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace

std::string MultipartReader::boundary_of(std::string_view content_type) {
  const auto type = trim(content_type.substr(0, content_type.find(';')));
  if (!equals_ignoring_case(type, "multipart/form-data")) return {};
  auto boundary = header_parameter(content_type, "boundary");
  if (!boundary || boundary->size() > kLongestBoundary) return {};
  if (boundary->find_first_of("\r\n") != std::string::npos) return {};
  return *std::move(boundary);
}

MultipartReader::MultipartReader(std::string_view boundary, std::string temporary_directory)
    : delimiter_("\r\n--" + std::string(boundary)),
      temporary_directory_(std::move(temporary_directory)),
      form_(std::make_unique<MultipartForm>()),
      pending_("\r\n") {}  // so that a boundary at the very beginning is found like any other

MultipartReader::~MultipartReader() {
  if (file_ >= 0) ::close(file_);
}

int MultipartReader::feed(std::string_view bytes) {
  pending_ += bytes;
  bool needs_more = false;
  while (!needs_more) {
    if (const int status = step(needs_more)) return status;
  }
  return 0;
}

int MultipartReader::finish() { return state_ == State::epilogue ? 0 : 400; }

int MultipartReader::step(bool& needs_more) {
  switch (state_) {
    case State::preamble: {
      const auto at = pending_.find(delimiter_);
      if (at == std::string::npos) {
        if (pending_.size() > delimiter_.size()) {
          pending_.erase(0, pending_.size() - delimiter_.size());
        }
        needs_more = true;
        return 0;
      }
      pending_.erase(0, at + delimiter_.size());
      state_ = State::after_boundary;
      return 0;
    }
    case State::after_boundary: {
      // Spaces may stand behind a boundary.
      const auto at = pending_.find_first_not_of(" \t");
      if (at != std::string::npos) pending_.erase(0, at);
      if (at == std::string::npos || pending_.size() < 2) {
        needs_more = true;
        return pending_.size() > kMostPartHeadBytes ? 400 : 0;
      }
      const bool is_last = pending_.starts_with("--");
      if (!is_last && !pending_.starts_with("\r\n")) return 400;
      // The line break of a boundary before a part stays: a head may be empty.
      if (is_last) pending_.erase(0, 2);
      state_ = is_last ? State::epilogue : State::part_head;
      return 0;
    }
    case State::part_head:
      return read_part_head(needs_more);
    case State::part_data:
      return read_part_data(needs_more);
    case State::epilogue:
      pending_.clear();
      needs_more = true;
      return 0;
  }
  return 400;
}

int MultipartReader::read_part_head(bool& needs_more) {
  const auto end = pending_.find("\r\n\r\n");
  if (end == std::string::npos) {
    needs_more = true;
    return pending_.size() > kMostPartHeadBytes ? 400 : 0;
  }
  if (end > kMostPartHeadBytes) return 400;
  const std::string head = pending_.substr(0, end);
  pending_.erase(0, end + 4);
  state_ = State::part_data;
  return begin_part(head);
}

int MultipartReader::read_part_data(bool& needs_more) {
  const auto at = pending_.find(delimiter_);
  if (at == std::string::npos) {
    // All but what may be the beginning of a boundary.
    if (pending_.size() > delimiter_.size()) {
      const auto safe = pending_.size() - delimiter_.size();
      if (const int status = append_to_part(std::string_view(pending_).substr(0, safe))) {
        return status;
      }
      pending_.erase(0, safe);
    }
    needs_more = true;
    return 0;
  }
  if (const int status = append_to_part(std::string_view(pending_).substr(0, at))) return status;
  pending_.erase(0, at + delimiter_.size());
  state_ = State::after_boundary;
  return end_part();
}

int MultipartReader::begin_part(std::string_view head) {
  if (form_->parts().size() == kMostParts) return 413;
  FormPart part;
  bool is_file = false;
  for (auto line : split(head, '\n')) {
    line = trim(line.substr(0, line.find('\r')));
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const auto name = line.substr(0, colon);
    const auto value = trim(line.substr(colon + 1));
    if (equals_ignoring_case(name, "Content-Disposition")) {
      part.name = header_parameter(value, "name").value_or("");
      if (auto file_name = header_parameter(value, "filename")) {
        is_file = true;
        part.file_name = *std::move(file_name);
      }
    } else if (equals_ignoring_case(name, "Content-Type")) {
      part.content_type = value;
    }
  }
  if (part.name.empty() || !is_utf8(part.name) || !is_utf8(part.file_name)) return 400;
  if (is_file) {
    std::string path = temporary_directory_ + "/parlor-upload-XXXXXX";
    file_ = ::mkostemp(path.data(), O_CLOEXEC);
    if (file_ < 0) return 503;
    part.temporary_path = std::move(path);
  }
  form_->parts().push_back(std::move(part));
  return 0;
}

int MultipartReader::append_to_part(std::string_view bytes) {
  FormPart& part = form_->parts().back();
  part.size += bytes.size();
  if (file_ >= 0) return write_all(file_, bytes) ? 0 : 503;
  field_bytes_ += bytes.size();
  if (field_bytes_ > kMostFieldBytes) return 413;
  part.value += bytes;
  return 0;
}

int MultipartReader::end_part() {
  if (file_ < 0) return 0;
  const int outcome = ::close(file_);
  file_ = -1;
  return outcome == 0 ? 0 : 503;
}

}  // namespace parlor::net
