#include "dialects/common/upload_receiver.h"

#include <charconv>
#include <utility>

#include "chat/utf8.h"

namespace parlor::dialects {
namespace {

// What a form adds to its file: boundaries, part heads, small fields.
constexpr std::uint64_t kFormBytes = 64 * 1024;
constexpr std::uint64_t kMegabyte = 1024 * 1024;

Error too_large(std::uint64_t max_bytes) {
  std::string message = "the file is too large: the limit is ";
  message += max_bytes % kMegabyte == 0 ? std::to_string(max_bytes / kMegabyte) + " MB"
                                        : std::to_string(max_bytes) + " bytes";
  return {ErrorCode::too_large, std::move(message)};
}

Failure not_a_form(const UploadForm& form) {
  if (!form.part.empty()) return fail(ErrorCode::invalid, form.missing);
  return fail(ErrorCode::invalid, "send the file as multipart/form-data, in a part named file");
}

UploadForm completed(UploadForm form, const UploadIntake& intake) {
  if (form.max_bytes == 0) form.max_bytes = intake.max_file_bytes();
  return form;
}

std::optional<std::uint64_t> declared_bytes(const net::HttpRequest& head) {
  const auto text = head.header("Content-Length");
  std::uint64_t value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || parsed.ec != std::errc()) return std::nullopt;
  return value;
}

bool has_credentials(const net::HttpRequest& head, Callers callers) {
  if (!admits(callers, Callers::visitors)) return !head.bearer_token().empty();
  const auto visitor = visitor_credentials(head);
  return !visitor.support_token.empty() && !visitor.session_id.empty();
}

// Everything of one upload, while it goes from thread to thread.
struct Arrival {
  Caller caller;
  net::HttpRequest request;
  net::Responder respond;
};

void take_in(UploadIntake& intake, const Services& services, const FileReceived& then,
             const UploadForm& form, const std::shared_ptr<Arrival>& arrival) {
  const auto part = file_of(arrival->request, form);
  if (!part) return arrival->respond(services.encode_error(part.error()));
  const auto& file = **part;
  auto name = file.file_name;
  intake.take_in(
      file.temporary_path, static_cast<std::int64_t>(file.size),
      [&services, then, arrival, name](Result<chat::StoredFile> stored) {
        if (!stored) return arrival->respond(services.encode_error(stored.error()));
        then({std::move(arrival->caller), std::move(arrival->request), {std::move(*stored), name}},
             std::move(arrival->respond));
      });
}

// Asks first whether the caller is who they say and may upload at all: a stranger's file is not
// looked at.
void ask_then_take_in(UploadIntake& intake, const Services& services, const FileReceived& then,
                      const UploadForm& form, std::int64_t bytes,
                      const std::shared_ptr<Arrival>& arrival) {
  auto call = make_call(CallParts<net::HttpResponse, std::int64_t, Ok>{
      Access::read, arrival->caller, bytes, chat::may_upload,
      [](const chat::Actor&, const std::int64_t&, const Ok&) {
        return net::HttpResponse::empty(204);
      },
      services.encode_error});
  services.pipeline.execute(
      std::move(call),
      net::Responder::to([&intake, &services, then, form, arrival](net::HttpResponse allowed) {
        if (allowed.status != 204) return arrival->respond(std::move(allowed));
        take_in(intake, services, then, form, arrival);
      }));
}

}  // namespace

Result<const net::FormPart*> file_of(const net::HttpRequest& request, const UploadForm& form) {
  if (!request.form) return not_a_form(form);
  const net::FormPart* file = nullptr;
  int files = 0;
  for (const auto& part : request.form->parts()) {
    if (part.temporary_path.empty()) continue;
    if (!form.part.empty() && part.name != form.part) continue;
    ++files;
    if (!file || part.name == "file") file = &part;
  }
  if (!file) return fail(ErrorCode::invalid, form.missing);
  if (files > 1) return fail(ErrorCode::invalid, "send one file in each request");
  if (file->size == 0) return fail(ErrorCode::invalid, "the file is empty");
  if (file->size > form.max_bytes) return Failure(too_large(form.max_bytes));
  return file;
}

net::RouteOptions upload_options(const Services& services, UploadIntake& intake, Callers callers,
                                 UploadForm wanted) {
  const auto form = completed(std::move(wanted), intake);
  const auto max_body = form.max_bytes + kFormBytes;
  net::RouteOptions options;
  options.max_body_bytes = max_body;
  options.body_mode = net::BodyMode::multipart_files;
  options.refuse = [&services, &intake, callers, form,
                    max_body](net::HttpRequest& head) -> std::optional<net::HttpResponse> {
    if (!has_credentials(head, callers)) {
      return services.encode_error(
          {ErrorCode::unauthenticated, "send a token, and a visitor's session, with the file"});
    }
    if (!chat::lower_case(head.header("Content-Type")).starts_with("multipart/form-data")) {
      return services.encode_error(not_a_form(form).value());
    }
    const auto bytes = declared_bytes(head).value_or(max_body);
    if (bytes > max_body) return services.encode_error(too_large(form.max_bytes));
    auto place = intake.admit(bytes);
    if (!place) return services.encode_error(place.error());
    head.head_token = std::move(*place);
    return std::nullopt;
  };
  return options;
}

net::HttpHandler receive_upload(const Services& services, UploadIntake& intake, Callers callers,
                                FileReceived then, UploadForm wanted) {
  return [&services, &intake, callers, then = std::move(then),
          form = completed(std::move(wanted), intake)](net::HttpRequest request,
                                                       net::Responder respond) {
    identify(services, callers, std::move(request), std::move(respond),
             [&services, &intake, then, form](Caller caller, net::HttpRequest asked,
                                              net::Responder answer) {
               const auto admitted = admit_write(services, caller, asked);
               if (!admitted) return answer(services.encode_error(admitted.error()));
               const auto file = file_of(asked, form);
               if (!file) {
                 return refuse(services, std::move(caller), file.error(), std::move(answer));
               }
               ask_then_take_in(intake, services, then, form,
                                static_cast<std::int64_t>((*file)->size),
                                std::make_shared<Arrival>(Arrival{
                                    std::move(caller), std::move(asked), std::move(answer)}));
             });
  };
}

}  // namespace parlor::dialects
