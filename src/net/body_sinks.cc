#include "net/body_sinks.h"

#include <utility>

#include "net/multipart.h"
#include "net/text.h"

namespace parlor::net {
namespace {

class MemoryBody final : public BodySink {
 public:
  MemoryBody(std::size_t most, ByteBudget& budget) : most_(most), budget_(budget) {}
  ~MemoryBody() override { budget_.give_back(taken_); }
  MemoryBody(const MemoryBody&) = delete;
  MemoryBody& operator=(const MemoryBody&) = delete;

  int write(std::string_view bytes) override {
    if (bytes.size() > most_ - body_.size()) return 413;
    if (!budget_.take(bytes.size())) return 503;
    taken_ += bytes.size();
    body_ += bytes;
    return 0;
  }
  int finish(HttpRequest& request) override {
    request.body = std::move(body_);
    return 0;
  }

 private:
  const std::size_t most_;
  ByteBudget& budget_;
  std::size_t taken_ = 0;
  std::string body_;
};

class MultipartBody final : public BodySink {
 public:
  MultipartBody(std::size_t most, std::string_view boundary, const std::string& directory)
      : room_(most), reader_(boundary, directory) {}

  int write(std::string_view bytes) override {
    if (bytes.size() > room_) return 413;
    room_ -= bytes.size();
    return reader_.feed(bytes);
  }
  int finish(HttpRequest& request) override {
    const int status = reader_.finish();
    if (status == 0) request.form = reader_.take_form();
    return status;
  }

 private:
  std::size_t room_;
  MultipartReader reader_;
};

}  // namespace

std::unique_ptr<BodySink> body_sink_for(const HttpRequest& request, const RouteOptions& options,
                                        const std::string& temporary_directory,
                                        ByteBudget& memory) {
  const auto type = request.header("Content-Type");
  const bool is_form =
      equals_ignoring_case(trim(type.substr(0, type.find(';'))), "multipart/form-data");
  if (options.body_mode != BodyMode::multipart_files || !is_form) {
    return std::make_unique<MemoryBody>(options.max_body_bytes, memory);
  }
  const std::string boundary = MultipartReader::boundary_of(type);
  if (boundary.empty()) return nullptr;
  return std::make_unique<MultipartBody>(options.max_body_bytes, boundary, temporary_directory);
}

}  // namespace parlor::net
