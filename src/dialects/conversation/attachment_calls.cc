#include "dialects/conversation/attachment_calls.h"

#include <boost/json/serialize.hpp>

#include "chat/uploads.h"
#include "dialects/common/upload_receiver.h"
#include "dialects/conversation/message_json.h"

namespace parlor::dialects::conversation {

namespace json = boost::json;

namespace {

net::HttpResponse encode_uploaded(const Links& links, const chat::Actor&, const chat::RecordUpload&,
                                  const chat::Upload& upload) {
  const json::object body = {
      {"success", true},
      {"attachment", attachment_json(links, chat::attachment_of(upload, links.origin))}};
  return net::HttpResponse::json(200, json::serialize(body));
}

// The row behind the blob: without it the blob goes again.
void record(const Services& services, UploadIntake& intake, ReceivedFile received,
            net::Responder respond) {
  const auto key = received.upload.file.key;
  CallParts<net::HttpResponse, chat::RecordUpload, chat::Upload> parts;
  parts.access = Access::write;
  parts.caller = std::move(received.caller);
  parts.input = std::move(received.upload);
  parts.use_case = chat::record_upload;
  parts.encode_with = encode_uploaded;
  parts.encode_error = services.encode_error;
  parts.links.emplace(Links{services.links, services.links.origin_of(received.request)});
  auto answer = std::make_shared<net::Responder>(std::move(respond));
  services.pipeline.execute(make_call(std::move(parts)),
                            net::Responder::to([&intake, key, answer](net::HttpResponse response) {
                              if (response.status != 200) intake.discard(key);
                              (*answer)(std::move(response));
                            }));
}

}  // namespace

void add_attachment_calls(net::Router& router, const std::string& base, const Services& services,
                          UploadIntake& intake) {
  for (const auto& [path, callers] : {std::pair{"/attachment", Callers::agents},
                                      std::pair{"/user/attachment", Callers::visitors}}) {
    router.add(net::Method::post, base + path,
               receive_upload(services, intake, callers,
                              [&services, &intake](ReceivedFile file, net::Responder respond) {
                                record(services, intake, std::move(file), std::move(respond));
                              }),
               upload_options(services, intake, callers));
  }
}

}  // namespace parlor::dialects::conversation
