// Reads a multipart/form-data body (RFC 7578) as it arrives, in pieces of any size.
//
//   preamble CRLF--boundary CRLF headers CRLF CRLF data CRLF--boundary … CRLF--boundary-- epilogue
//
// Parts with a file name go to temporary files, mode 0600, as they come; others into memory.
// Memory: one part's headers (16 KiB), the boundary's length of data held back, and the fields.
//
// Bounds: kMostParts parts, kMostFieldBytes for all fields together. What is not a form as above,
// or ends early, is refused; its files are deleted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "net/http_types.h"

namespace parlor::net {

class MultipartReader {
 public:
  static constexpr std::size_t kMostParts = 100;
  static constexpr std::size_t kMostFieldBytes = 1024 * 1024;
  static constexpr std::size_t kMostPartHeadBytes = 16 * 1024;

  MultipartReader(std::string_view boundary, std::string temporary_directory);
  MultipartReader(const MultipartReader&) = delete;
  MultipartReader& operator=(const MultipartReader&) = delete;
  ~MultipartReader();

  // 0, or the status to refuse with: 400, 413, 503 (the file cannot be written).
  int feed(std::string_view bytes);
  // The body has ended: 0, or 400 when the form has not.
  int finish();
  // After finish.
  std::unique_ptr<MultipartForm> take_form() { return std::move(form_); }

  // The boundary of a Content-Type; empty when it is none of multipart/form-data.
  static std::string boundary_of(std::string_view content_type);

 private:
  enum class State : std::uint8_t { preamble, after_boundary, part_head, part_data, epilogue };

  int step(bool& needs_more);
  int read_part_head(bool& needs_more);
  int read_part_data(bool& needs_more);
  int begin_part(std::string_view head);
  int append_to_part(std::string_view bytes);
  int end_part();

  const std::string delimiter_;  // CRLF--boundary
  const std::string temporary_directory_;
  std::unique_ptr<MultipartForm> form_;
  std::string pending_;  // what is not understood yet
  State state_ = State::preamble;
  int file_ = -1;  // of the part under way
  std::size_t field_bytes_ = 0;
};

}  // namespace parlor::net
