#include "app/commands.h"

#include <boost/json/array.hpp>
#include <map>
#include <optional>

#include "app/backup.h"
#include "app/demo.h"
#include "app/function_job.h"
#include "app/order_import.h"
#include "base/digest.h"
#include "chat/account_settings.h"
#include "chat/accounts.h"
#include "chat/agents.h"
#include "chat/inboxes.h"
#include "chat/names.h"
#include "chat/support_tokens.h"
#include "chat/utf8.h"
#include "dialects/common/json_fields.h"
#include "identity/host_keys.h"
#include "identity/password.h"

namespace parlor::app {

namespace json = boost::json;
using dialects::JsonFields;

namespace {

using Answer = Result<json::object>;
using Transaction = chat::Transaction;

// The account that the arguments name, or the only one there is.
Result<AccountId> account_of(Transaction& transaction, JsonFields& arguments) {
  if (const auto hex = arguments.optional_string("account")) {
    const auto id = parse_id<AccountId>(*hex);
    if (id && transaction.accounts().find(*id)) return *id;
    return fail(ErrorCode::not_found, "no account " + *hex + "; see: parlor account list");
  }
  const auto accounts = chat::list_accounts(transaction);
  if (accounts.size() == 1) return accounts.front().id;
  return fail(ErrorCode::invalid, accounts.empty()
                                      ? "there is no account yet; see: parlor account create --help"
                                      : "there are several accounts: say which with --account ID");
}

template <class IdType>
Result<IdType> id_argument(JsonFields& arguments, std::string_view name) {
  const auto text = arguments.required_string(name);
  if (arguments.complaint()) return arguments.failure();
  if (const auto id = parse_id<IdType>(text)) return *id;
  return fail(ErrorCode::invalid,
              "--" + std::string(name) + " must be an id of 24 hexadecimal digits");
}

// The agent that `--agent` names by e-mail or by its id.
Result<chat::Agent> agent_argument(Transaction& transaction, AccountId account,
                                   JsonFields& arguments) {
  const auto text = arguments.required_string("agent");
  if (arguments.complaint()) return arguments.failure();
  std::optional<chat::Agent> agent;
  if (text.find('@') != std::string::npos) {
    agent = transaction.agents().find_by_email(chat::lower_case(chat::trimmed(text)));
  } else if (const auto id = parse_id<AgentId>(text)) {
    agent = transaction.agents().find(account, *id);
  }
  if (agent && agent->account == account) return *agent;
  return fail(ErrorCode::not_found,
              "no agent " + text + " in this account; see: parlor agent list");
}

template <class Enum>
Result<Enum> enum_argument(JsonFields& arguments, std::string_view name, Enum fallback) {
  const auto text = arguments.optional_string(name);
  if (!text) return fallback;
  if (const auto value = chat::parse_name<Enum>(*text)) return *value;
  return fail(ErrorCode::invalid, "--" + std::string(name) + " must be one of: " +
                                      std::string(chat::allowed_names<Enum>()));
}

json::object account_json(const chat::Account& account) {
  return {{"account_id", to_hex(account.id)},
          {"name", account.name},
          {"identity_key", account.identity_key},
          {"created_at", to_iso8601(account.created_at)}};
}

json::object agent_json(const chat::Agent& agent) {
  return {{"agent_id", to_hex(agent.id)},
          {"conversation_id", to_hex(agent.conversation)},
          {"name", agent.name},
          {"email", agent.email},
          {"role", chat::name_of(agent.role)},
          {"external_id", agent.external_id},
          {"seat", agent.has_seat},
          {"capacity", agent.capacity},
          {"availability", chat::name_of(agent.availability)}};
}

json::object inbox_json(const chat::Inbox& inbox) {
  return {{"inbox_id", to_hex(inbox.id)},
          {"name", inbox.name},
          {"channel", chat::name_of(inbox.channel)},
          {"algorithm", chat::name_of(inbox.algorithm)},
          {"visibility", chat::name_of(inbox.visibility)},
          {"bot", inbox.has_bot}};
}

json::object token_json(const chat::SupportToken& token) {
  return {{"token_id", to_hex(token.id)},
          {"name", token.name},
          {"domain", json::array(token.domains.begin(), token.domains.end())},
          {"expiry_time", token.expires_at.ms},
          {"revoked", token.revoked_at.ms != 0}};
}

template <class List, class Encode>
json::object list_json(std::string_view name, const List& list, Encode encode) {
  json::array items;
  for (const auto& item : list) items.push_back(encode(item));
  return {{name, std::move(items)}};
}

Answer create_account(Transaction& transaction, JsonFields& arguments) {
  const auto name = arguments.required_string("name");
  if (arguments.complaint()) return arguments.failure();
  const auto account = chat::create_account(transaction, {name});
  if (!account) return account.failure();
  return account_json(*account);
}

Answer list_accounts(Transaction& transaction, JsonFields&) {
  return list_json("accounts", chat::list_accounts(transaction), account_json);
}

json::object host_keys_json(const chat::AccountView& view) {
  json::array keys;
  for (const auto& key : view.host_keys) {
    keys.push_back(json::object{{"fingerprint", chat::fingerprint_of(key)},
                                {"key_id", key.key_id},
                                {"algorithm", chat::name_of(key.algorithm)}});
  }
  return {{"account_id", to_hex(view.account.id)}, {"keys", std::move(keys)}};
}

Answer list_keys(Transaction& transaction, JsonFields& arguments) {
  const auto account = account_of(transaction, arguments);
  if (!account) return account.failure();
  const auto view = chat::get_account(transaction, chat::server_operator(*account));
  if (!view) return view.failure();
  return host_keys_json(*view);
}

Answer add_key(Transaction& transaction, JsonFields& arguments) {
  const auto account = account_of(transaction, arguments);
  if (!account) return account.failure();
  const auto key_id = arguments.optional_string("key_id");
  const bool is_secret = arguments.optional_bool("secret").value_or(false);
  const auto encoded = arguments.required_string("material");
  if (arguments.complaint()) return arguments.failure();
  auto material = base64url_decode(encoded);
  if (!material) return fail(ErrorCode::invalid, "material must be base64url");
  // An editor's line end is not part of a secret.
  if (is_secret && material->ends_with('\n')) material->pop_back();
  auto keys =
      is_secret ? identity::read_host_secret(*material) : identity::read_host_keys(*material);
  if (!keys) return keys.failure();
  chat::UpdateAccount update;
  for (auto& key : *keys) {
    if (key_id) key.key_id = *key_id;
    update.add_host_keys.push_back(std::move(key));
  }
  const auto updated = chat::update_account(transaction, chat::server_operator(*account), update);
  if (!updated) return updated.failure();
  auto answer = host_keys_json(*updated);
  answer["keys_added"] = update.add_host_keys.size();
  return answer;
}

Answer remove_key(Transaction& transaction, JsonFields& arguments) {
  const auto account = account_of(transaction, arguments);
  if (!account) return account.failure();
  chat::UpdateAccount update;
  update.remove_host_keys = {arguments.required_string("key")};
  if (arguments.complaint()) return arguments.failure();
  const auto updated = chat::update_account(transaction, chat::server_operator(*account), update);
  if (!updated) return updated.failure();
  return host_keys_json(*updated);
}

Answer create_agent(Transaction& transaction, JsonFields& arguments) {
  const auto account = account_of(transaction, arguments);
  if (!account) return account.failure();
  const auto role = enum_argument(arguments, "role", chat::AgentRole::agent);
  if (!role) return role.failure();
  chat::CreateAgent input;
  input.name = arguments.required_string("name");
  input.email = arguments.required_string("email");
  input.password_hash = arguments.optional_string("password_hash").value_or("");
  input.external_id = arguments.optional_string("external_id").value_or("");
  input.role = *role;
  input.capacity =
      static_cast<int>(arguments.optional_integer("capacity").value_or(input.capacity));
  if (arguments.complaint()) return arguments.failure();
  const auto agent = chat::create_agent(transaction, chat::server_operator(*account), input);
  if (!agent) return agent.failure();
  return agent_json(*agent);
}

Answer list_agents(Transaction& transaction, JsonFields& arguments) {
  const auto account = account_of(transaction, arguments);
  if (!account) return account.failure();
  const auto agents = chat::list_agents(transaction, chat::server_operator(*account));
  if (!agents) return agents.failure();
  return list_json("agents", *agents, agent_json);
}

Answer set_password(Transaction& transaction, JsonFields& arguments) {
  const auto account = account_of(transaction, arguments);
  if (!account) return account.failure();
  const auto agent = agent_argument(transaction, *account, arguments);
  if (!agent) return agent.failure();
  const auto hash = arguments.optional_string("password_hash").value_or("");
  if (hash.empty()) return fail(ErrorCode::invalid, "give the password: --password-stdin");
  if (arguments.complaint()) return arguments.failure();
  const auto changed = chat::set_agent_password(transaction, chat::server_operator(*account),
                                                {agent->conversation, hash});
  if (!changed) return changed.failure();
  return agent_json(*changed);
}

Answer revoke_agent(Transaction& transaction, JsonFields& arguments) {
  const auto account = account_of(transaction, arguments);
  if (!account) return account.failure();
  const auto agent = agent_argument(transaction, *account, arguments);
  if (!agent) return agent.failure();
  const auto revoked =
      chat::revoke_agent_tokens(transaction, chat::server_operator(*account), agent->conversation);
  if (!revoked) return revoked.failure();
  return agent_json(*revoked);
}

// "on", "off".
Result<std::optional<bool>> switch_argument(JsonFields& arguments, const char* name) {
  const auto text = arguments.optional_string(name);
  if (!text) return std::nullopt;
  if (*text == "on") return std::optional(true);
  if (*text == "off") return std::optional(false);
  return fail(ErrorCode::invalid, std::string(name) + " must be one of: on, off");
}

Answer create_inbox(Transaction& transaction, JsonFields& arguments) {
  const auto account = account_of(transaction, arguments);
  if (!account) return account.failure();
  chat::CreateInbox input;
  input.name = arguments.required_string("name");
  input.icon = arguments.optional_string("icon").value_or("");
  const auto channel = enum_argument(arguments, "channel", input.channel);
  if (!channel) return channel.failure();
  const auto algorithm = enum_argument(arguments, "algorithm", input.algorithm);
  if (!algorithm) return algorithm.failure();
  const auto visibility = enum_argument(arguments, "visibility", input.visibility);
  if (!visibility) return visibility.failure();
  const auto bot = switch_argument(arguments, "bot");
  if (!bot) return bot.failure();
  if (arguments.complaint()) return arguments.failure();
  input.has_bot = bot->value_or(false);
  input.channel = *channel;
  input.algorithm = *algorithm;
  input.visibility = *visibility;
  const auto inbox = chat::create_inbox(transaction, chat::server_operator(*account), input);
  if (!inbox) return inbox.failure();
  return inbox_json(*inbox);
}

Answer update_inbox(Transaction& transaction, JsonFields& arguments) {
  const auto account = account_of(transaction, arguments);
  if (!account) return account.failure();
  const auto id = id_argument<InboxId>(arguments, "inbox");
  if (!id) return id.failure();
  const auto bot = switch_argument(arguments, "bot");
  if (!bot) return bot.failure();
  if (arguments.complaint()) return arguments.failure();
  chat::UpdateInbox input;
  input.inbox = *id;
  input.has_bot = *bot;
  const auto inbox = chat::update_inbox(transaction, chat::server_operator(*account), input);
  if (!inbox) return inbox.failure();
  return inbox_json(*inbox);
}

Answer list_inboxes(Transaction& transaction, JsonFields& arguments) {
  const auto account = account_of(transaction, arguments);
  if (!account) return account.failure();
  const auto inboxes = chat::list_inboxes(transaction, chat::server_operator(*account));
  if (!inboxes) return inboxes.failure();
  return list_json("inboxes", *inboxes, inbox_json);
}

template <Result<Ok> (*change)(Transaction&, const chat::Actor&, const chat::InboxMember&)>
Answer change_member(Transaction& transaction, JsonFields& arguments) {
  const auto account = account_of(transaction, arguments);
  if (!account) return account.failure();
  const auto inbox = id_argument<InboxId>(arguments, "inbox");
  if (!inbox) return inbox.failure();
  const auto agent = agent_argument(transaction, *account, arguments);
  if (!agent) return agent.failure();
  const auto changed =
      change(transaction, chat::server_operator(*account), {*inbox, agent->conversation});
  if (!changed) return changed.failure();
  return json::object{{"inbox_id", to_hex(*inbox)}, {"agent_id", to_hex(agent->id)}};
}

Answer create_token(Transaction& transaction, JsonFields& arguments) {
  const auto account = account_of(transaction, arguments);
  if (!account) return account.failure();
  chat::CreateSupportToken input;
  input.domains = arguments.optional_strings("domain").value_or(std::vector<std::string>());
  input.name = arguments.optional_string("name").value_or(
      input.domains.empty() ? "any site" : input.domains.front());
  input.expires_at = Timestamp{arguments.optional_integer("expiry_time").value_or(0)};
  if (arguments.complaint()) return arguments.failure();
  const auto created =
      chat::create_support_token(transaction, chat::server_operator(*account), input);
  if (!created) return created.failure();
  auto answer = token_json(created->token);
  answer["support_token"] = created->secret;
  return answer;
}

Answer list_tokens(Transaction& transaction, JsonFields& arguments) {
  const auto account = account_of(transaction, arguments);
  if (!account) return account.failure();
  const auto tokens = chat::list_support_tokens(transaction, chat::server_operator(*account));
  if (!tokens) return tokens.failure();
  return list_json("tokens", *tokens, token_json);
}

Answer revoke_token(Transaction& transaction, JsonFields& arguments) {
  const auto account = account_of(transaction, arguments);
  if (!account) return account.failure();
  const auto token = id_argument<SupportTokenId>(arguments, "token");
  if (!token) return token.failure();
  const auto revoked =
      chat::revoke_support_token(transaction, chat::server_operator(*account), *token);
  if (!revoked) return revoked.failure();
  return token_json(*revoked);
}

// Of several accounts the one that deals with orders: only it has a client code.
Result<AccountId> order_account_of(Transaction& transaction, JsonFields& arguments) {
  std::vector<AccountId> dealing;
  for (const auto& account : chat::list_accounts(transaction)) {
    const auto settings = transaction.account_settings().find(account.id);
    if (!settings.client_code.empty()) dealing.push_back(account.id);
  }
  if (!arguments.has("account") && dealing.size() == 1) return dealing.front();
  return account_of(transaction, arguments);
}

Answer import_order_rooms(Transaction& transaction, JsonFields& arguments) {
  const auto account = order_account_of(transaction, arguments);
  if (!account) return account.failure();
  return import_order_step(transaction, *account, arguments);
}

struct StoreCommand {
  store::Lane lane;
  Answer (*run)(Transaction&, JsonFields&);
};

const std::map<std::string_view, StoreCommand>& store_commands() {
  using store::Lane;
  static const std::map<std::string_view, StoreCommand> commands = {
      {"account.create", {Lane::write, create_account}},
      {"account.list", {Lane::read, list_accounts}},
      {"orders.import", {Lane::write, import_order_rooms}},
      {"account.keys", {Lane::read, list_keys}},
      {"account.add-key", {Lane::write, add_key}},
      {"account.remove-key", {Lane::write, remove_key}},
      {"agent.create", {Lane::write, create_agent}},
      {"agent.list", {Lane::read, list_agents}},
      {"agent.password", {Lane::write, set_password}},
      {"agent.revoke", {Lane::write, revoke_agent}},
      {"inbox.create", {Lane::write, create_inbox}},
      {"inbox.update", {Lane::write, update_inbox}},
      {"inbox.list", {Lane::read, list_inboxes}},
      {"inbox.add-member", {Lane::write, change_member<chat::add_inbox_member>}},
      {"inbox.remove-member", {Lane::write, change_member<chat::remove_inbox_member>}},
      {"token.create", {Lane::write, create_token}},
      {"token.list", {Lane::read, list_tokens}},
      {"token.revoke", {Lane::write, revoke_token}},
  };
  return commands;
}

Answer list_routes(const CommandContext& context) {
  if (context.routes.empty()) {
    return fail(ErrorCode::unavailable, "no server runs on " + context.data_dir + ": start it");
  }
  return list_json("routes", context.routes, [](const auto& route) { return json::string(route); });
}

// Hashing takes long on purpose: it is done here and not inside a transaction.
Result<json::object> with_hashed_password(const json::object& arguments) {
  auto hashed = arguments;
  const auto* password = arguments.if_contains("password");
  if (!password || !password->is_string()) return hashed;
  const auto& text = password->get_string();
  const auto good = identity::check_new_password(std::string_view(text));
  if (!good) return good.failure();
  hashed["password_hash"] = identity::hash_password(std::string(text));
  hashed.erase("password");
  return hashed;
}

Answer back_up(const CommandContext& context, const json::object& arguments) {
  JsonFields fields(arguments);
  const auto path = fields.required_string("to");
  if (fields.complaint()) return fields.failure();
  const auto done = back_up_all(context.store, context.data_dir, path);
  if (!done) return done.failure();
  return json::object{{"backup", path}};
}

}  // namespace

Answer run_command(const CommandContext& context, std::string_view name,
                   const json::object& arguments) {
  if (name == "backup") return back_up(context, arguments);
  if (name == "routes") return list_routes(context);
  if (name == "demo") return ensure_demo(context.store, context.clock, context.data_dir);
  const auto found = store_commands().find(name);
  if (found == store_commands().end()) {
    return fail(ErrorCode::invalid, "unknown command " + std::string(name));
  }
  const auto& command = found->second;
  const auto hashed_arguments = with_hashed_password(arguments);
  if (!hashed_arguments) return hashed_arguments.failure();
  return run_and_wait(
      context.store, command.lane,
      [run = command.run, hashed = *hashed_arguments](Transaction& transaction) -> Answer {
        JsonFields fields(hashed);
        return run(transaction, fields);
      });
}

}  // namespace parlor::app
