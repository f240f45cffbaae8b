#include "dialects/student/send_calls.h"

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <memory>

#include "chat/names.h"
#include "chat/student_messages.h"
#include "dialects/common/json_writer.h"
#include "dialects/common/upload_receiver.h"
#include "dialects/student/decode.h"
#include "dialects/student/errors.h"
#include "dialects/student/student_json.h"

namespace parlor::dialects::student {

namespace json = boost::json;

namespace {

// JSON writes at most twelve bytes for one character ("\ud83d\ude00").
constexpr std::size_t kMaxBodyBytes = chat::kMaxContentCharacters * 12 + 64 * 1024;
constexpr int kLongestSoundS = 24 * 3600;
constexpr int kCreated = 201;

net::HttpResponse encode_blocked() {
  const json::object body = {{"message", kBlockedMessage},
                             {"status", chat::name_of(chat::StudentStatus::waiting_for_admin)}};
  return net::HttpResponse::json(403, json::serialize(body));
}

// Whose the bot's reply is: only a student has one.
ConversationId student_of(const chat::Actor& actor) {
  return actor.is_team() ? ConversationId{} : actor.conversation;
}

net::HttpResponse encode_sent(const Links& links, const chat::Actor& actor,
                              const chat::SendStudentMessage& input,
                              const chat::StudentMessageSent& sent) {
  if (sent.is_blocked) return encode_blocked();
  JsonWriter body;
  body.json("message", message_json(links, sent.message, sent.status, student_of(actor)));
  // Replies to files go by event only.
  if (sent.bot_reply && !input.upload) {
    body.json("bot_reply",
              message_json(links, *sent.bot_reply, chat::DeliveryStatus::sent, student_of(actor)));
  }
  return net::HttpResponse::json(kCreated, body.take());
}

CallParts<net::HttpResponse, chat::SendStudentMessage, chat::StudentMessageSent> send_parts(
    const Services& services, const net::HttpRequest& request, Caller caller,
    chat::SendStudentMessage input) {
  CallParts<net::HttpResponse, chat::SendStudentMessage, chat::StudentMessageSent> call;
  call.access = Access::write;
  call.caller = std::move(caller);
  call.size = input.message.content.size();
  call.input = std::move(input);
  call.use_case = chat::send_student_message;
  call.encode_error = services.encode_error;
  call.encode_with = encode_sent;
  call.links.emplace(Links{services.links, services.links.origin_of(request)});
  return call;
}

Result<chat::SendStudentMessage> decode_text(const net::HttpRequest& request) {
  auto object = parse_json_object(request.body);
  if (!object) return object.failure();
  JsonFields body(*object);
  chat::SendStudentMessage input;
  input.message.content = body.required_string("text");
  input.client_id = client_id_of(request, body);
  const auto chat = optional_chat_id(*object);
  if (!chat) return chat.failure();
  input.chat = *chat;
  if (body.complaint()) return body.failure();
  return input;
}

net::HttpHandler serve_text(const Parts& parts) {
  const auto& services = parts.services;
  return [&services, responder = parts.responder](net::HttpRequest request,
                                                  net::Responder respond) {
    identify(services, Callers::agents_or_students, std::move(request), std::move(respond),
             [&services, responder](Caller caller, net::HttpRequest asked, net::Responder answer) {
               const auto admitted = admit_write(services, caller, asked);
               if (!admitted) return answer(services.encode_error(admitted.error()));
               auto input = decode_text(asked);
               if (!input) {
                 return refuse(services, std::move(caller), input.error(), std::move(answer));
               }
               input->bot = chat::hear(responder, account_of(caller), input->message.content);
               auto call =
                   make_call(send_parts(services, asked, std::move(caller), std::move(*input)));
               services.pipeline.execute(std::move(call), std::move(answer));
             });
  };
}

std::string field_of(const net::HttpRequest& request, std::string_view name) {
  const auto* part = request.form ? request.form->find(name) : nullptr;
  return part && part->temporary_path.empty() ? part->value : "";
}

// Seconds, rounded. What is no duration is none.
int duration_of(const std::string& text) {
  char* end = nullptr;
  const double seconds = std::strtod(text.c_str(), &end);
  if (text.empty() || *end != '\0' || !std::isfinite(seconds)) return 0;
  return seconds > 0 && seconds < kLongestSoundS ? static_cast<int>(std::lround(seconds)) : 0;
}

// An image is what a page can show; any other picture is a file to be fetched.
chat::MessageType type_of(const std::string& media_type) {
  static constexpr std::array kShown = {"image/png",  "image/jpeg", "image/gif",
                                        "image/webp", "image/avif", "image/bmp"};
  const bool is_shown = std::find(kShown.begin(), kShown.end(), media_type) != kShown.end();
  return is_shown ? chat::MessageType::image : chat::MessageType::file;
}

Result<chat::SendStudentMessage> decode_file(const ReceivedFile& received, bool must_be_sound) {
  chat::SendStudentMessage input;
  const auto& request = received.request;
  const auto chat_id = field_of(request, "chat_id");
  if (!chat_id.empty()) {
    const auto chat = chat_id_of(chat_id);
    if (!chat) return chat.failure();
    input.chat = *chat;
  }
  const auto& type = received.upload.file.type;
  if (must_be_sound && !type.starts_with("audio/")) {
    return fail(
        ErrorCode::invalid,
        "audio must be a webm, mp4 or m4a, ogg, mp3 or wav file with sound only; this is " + type);
  }
  input.message.type = type_of(type);
  input.message.content = field_of(request, "text");
  input.client_id = field_of(request, "_uniqueId");
  if (input.client_id.empty()) input.client_id = request.header("Idempotency-Key");
  input.upload = received.upload;
  if (const int duration = duration_of(field_of(request, "duration")); duration > 0) {
    input.upload->file.duration_s = duration;
  }
  return input;
}

// The row behind the blob comes with the message: without it the blob goes again.
void send_file(const Parts& parts, bool must_be_sound, ReceivedFile received,
               net::Responder respond) {
  const auto& services = parts.services;
  const auto key = received.upload.file.key;
  auto answer = std::make_shared<net::Responder>(std::move(respond));
  auto keep_or_discard =
      net::Responder::to([&uploads = parts.uploads, key, answer](net::HttpResponse response) {
        if (response.status != kCreated) uploads.discard(key);
        (*answer)(std::move(response));
      });
  auto decoded = decode_file(received, must_be_sound);
  chat::SendStudentMessage faulty;
  if (!decoded) faulty.fault = decoded.error();
  auto* input = decoded ? &*decoded : &faulty;
  input->origin = request_origin(received.request);
  input->bot = chat::hear(parts.responder, account_of(received.caller), input->message.content);
  services.pipeline.execute(make_call(send_parts(services, received.request,
                                                 std::move(received.caller), std::move(*input))),
                            std::move(keep_or_discard));
}

void add_file_call(net::Router& router, const Parts& parts, std::string_view path,
                   const UploadForm& form, bool must_be_sound) {
  router.add(net::Method::post, parts.path(path),
             receive_upload(
                 parts.services, parts.uploads, Callers::agents_or_students,
                 [parts, must_be_sound](ReceivedFile file, net::Responder respond) {
                   send_file(parts, must_be_sound, std::move(file), std::move(respond));
                 },
                 form),
             upload_options(parts.services, parts.uploads, Callers::agents_or_students, form));
}

}  // namespace

void add_send_calls(net::Router& router, const Parts& parts) {
  net::RouteOptions options;
  options.max_body_bytes = kMaxBodyBytes;
  router.add(net::Method::post, parts.path("/messages"), serve_text(parts), options);
  add_file_call(router, parts, "/messages/media", {"file", "file is required", kMaxMediaBytes},
                false);
  add_file_call(router, parts, "/messages/audio",
                {"audio", "audio file is required", kMaxMediaBytes}, true);
}

}  // namespace parlor::dialects::student
