#include "dialects/admin/account_calls.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "base/clock.h"
#include "chat/account_settings.h"
#include "chat/message_draft.h"
#include "dialects/admin/answer.h"
#include "dialects/common/decode.h"

namespace parlor::dialects::admin {

namespace json = boost::json;

namespace {

json::object limits_json(const chat::AccountSettings& settings) {
  return {{"attachment_bytes", settings.attachment_bytes},
          {"message_characters", chat::kMaxContentCharacters},
          {"attachments", chat::kMaxAttachments}};
}

json::object account_json(const chat::AccountView& view) {
  json::object placeholders;
  for (const auto& placeholder : view.settings.placeholders) {
    placeholders[placeholder.name] = placeholder.text;
  }
  json::array keys;
  for (const auto& key : view.host_keys) {
    keys.push_back(json::object{{"fingerprint", chat::fingerprint_of(key)},
                                {"key_id", key.key_id},
                                {"algorithm", chat::name_of(key.algorithm)}});
  }
  json::object object = {{"_id", to_hex(view.account.id)},
                         {"name", view.account.name},
                         {"client_code", view.settings.client_code},
                         {"waiting_sends", chat::name_of(view.settings.waiting_sends)},
                         {"placeholders", std::move(placeholders)},
                         {"limits", limits_json(view.settings)},
                         {"host_keys", std::move(keys)},
                         {"created_at", to_iso8601(view.account.created_at)}};
  if (view.shows_identity_key) object["identity_key"] = view.account.identity_key;
  return object;
}

Result<Ok> decode_get(const net::HttpRequest&) { return Ok(); }

net::HttpResponse encode_found(const chat::Actor&, const Ok&, const chat::AccountView& view) {
  return answer(account_json(view));
}

Result<std::vector<chat::HostKey>> read_one(const KeyReaders& readers, JsonFields& item) {
  const auto pem = item.optional_string("pem");
  const auto* jwks = item.optional_object("jwks");
  const auto secret = item.optional_string("secret");
  const auto key_id = item.optional_string("key_id");
  item.allow_only({"pem", "jwks", "secret", "key_id"});
  if (item.complaint()) return item.failure();
  if (pem.has_value() + (jwks != nullptr) + secret.has_value() != 1) {
    return fail(ErrorCode::invalid,
                "each of add_host_keys has one of pem, jwks and secret, and may have a key_id");
  }
  auto keys = secret ? readers.secret(*secret) : readers.keys(pem ? *pem : json::serialize(*jwks));
  if (!keys) return keys;
  for (auto& key : *keys) {
    if (key_id) key.key_id = *key_id;
  }
  return keys;
}

Result<std::vector<chat::HostKey>> read_keys(const KeyReaders& readers, const json::array* items) {
  std::vector<chat::HostKey> all;
  if (!items) return all;
  if (items->size() > chat::kMaxHostKeys) {
    return fail(ErrorCode::invalid,
                "add_host_keys has at most " + std::to_string(chat::kMaxHostKeys) + " keys");
  }
  for (const auto& item : *items) {
    if (!item.is_object()) {
      return fail(ErrorCode::invalid, "add_host_keys must be an array of objects");
    }
    JsonFields fields(item.get_object(), "add_host_keys");
    const auto keys = read_one(readers, fields);
    if (!keys) return keys.failure();
    all.insert(all.end(), keys->begin(), keys->end());
  }
  return all;
}

std::optional<std::vector<chat::Placeholder>> decode_placeholders(JsonFields& body) {
  const auto* object = body.optional_object("placeholders");
  if (!object) return std::nullopt;
  std::vector<chat::Placeholder> placeholders;
  for (const auto& field : *object) {
    if (!field.value().is_string()) {
      body.complain("placeholders", "must be an object of texts");
      break;
    }
    placeholders.push_back(
        {std::string(field.key()), std::string(std::string_view(field.value().get_string()))});
  }
  return placeholders;
}

void decode_limits(JsonFields& body, chat::UpdateAccount& input) {
  const auto* object = body.optional_object("limits");
  if (!object) return;
  JsonFields limits(*object, "limits");
  limits.allow_only({"attachment_bytes"});
  input.attachment_bytes = limits.optional_integer("attachment_bytes");
  body.adopt(limits);
}

const std::initializer_list<std::string_view> kWritable = {
    "name",   "client_code",   "waiting_sends",    "placeholders",
    "limits", "add_host_keys", "remove_host_keys", "rotate_identity_key"};

Result<chat::UpdateAccount> decode_update(const net::HttpRequest& request,
                                          const KeyReaders& readers) {
  auto object = parse_json_object(request.body);
  if (!object) return object.failure();
  JsonFields body(*object);
  body.allow_only(kWritable);
  body.require_any(kWritable);
  chat::UpdateAccount input;
  input.name = body.optional_string("name");
  input.client_code = body.optional_string("client_code");
  const auto waiting_name = body.optional_string("waiting_sends");
  input.placeholders = decode_placeholders(body);
  decode_limits(body, input);
  const auto* added = body.optional_array("add_host_keys");
  input.remove_host_keys =
      body.optional_strings("remove_host_keys").value_or(std::vector<std::string>());
  input.rotate_identity_key = body.optional_bool("rotate_identity_key").value_or(false);
  if (body.complaint()) return body.failure();
  const auto waiting = enum_of<chat::WaitingSends>(waiting_name, "waiting_sends");
  if (!waiting) return waiting.failure();
  input.waiting_sends = *waiting;
  auto keys = read_keys(readers, added);
  if (!keys) return keys.failure();
  input.add_host_keys = std::move(*keys);
  return input;
}

net::HttpResponse encode_updated(const chat::Actor&, const chat::UpdateAccount&,
                                 const chat::AccountView& view) {
  return answer(account_json(view));
}

}  // namespace

void add_account_calls(net::Router& router, const std::string& base, const Services& services,
                       const KeyReaders& readers) {
  using net::Method;
  router.add(Method::get, base + "/account",
             serve(services, Endpoint<Ok, chat::AccountView>{
                                 Callers::agents, Access::read, decode_get,
                                 [](chat::Transaction& transaction, const chat::Actor& actor,
                                    const Ok&) { return chat::get_account(transaction, actor); },
                                 encode_found}));
  router.add(Method::patch, base + "/account",
             serve(services, Endpoint<chat::UpdateAccount, chat::AccountView>{
                                 Callers::agents, Access::write,
                                 [readers](const net::HttpRequest& request) {
                                   return decode_update(request, readers);
                                 },
                                 chat::update_account, encode_updated}));
}

}  // namespace parlor::dialects::admin
