#include "app/demo.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <mutex>

#include "app/function_job.h"
#include "app/private_file.h"
#include "app/student_bot_values.h"
#include "base/digest.h"
#include "chat/account_settings.h"
#include "chat/accounts.h"
#include "chat/agents.h"
#include "chat/authenticate.h"
#include "chat/inboxes.h"
#include "chat/integrations.h"
#include "chat/names.h"
#include "chat/questions.h"
#include "chat/student_inbox.h"
#include "chat/support_tokens.h"
#include "identity/password.h"
#include "identity/token_minter.h"

namespace parlor::app {

namespace json = boost::json;

namespace {

constexpr std::int64_t kTokenLifeMs = 365LL * 24 * 3600 * 1000;
constexpr std::size_t kPasswordBytes = 9;  // 12 characters

// What the transaction makes; tokens are minted afterwards.
struct DemoAccount {
  chat::Account account;
  chat::Account other_account;
  chat::Inbox inbox;
  chat::Agent admin;
  chat::Agent agent;
  chat::Agent agent2;
  chat::Agent outsider;
  std::string support_token;
};

// Throws the error of a step, which undoes all of them: nothing here can fail for an expected
// reason.
template <class T>
T need(Result<T> result) {
  if (!result) throw std::runtime_error("the demo account: " + result.error().message);
  return std::move(*result);
}

constexpr const char* kAdminEmail = "ada@juniper.example";
constexpr const char* kAgentEmail = "tess@juniper.example";
constexpr const char* kAgent2Email = "omar@juniper.example";
constexpr const char* kOutsiderEmail = "olga@outsider.example";
constexpr const char* kClientCode = "juniper";

void make_people(chat::Transaction& transaction, const std::string& password_hash) {
  const auto make_agent = [&](const chat::Actor& by, std::string name, std::string email,
                              chat::AgentRole role) {
    chat::CreateAgent input;
    input.name = std::move(name);
    input.email = std::move(email);
    input.password_hash = password_hash;
    input.role = role;
    return need(chat::create_agent(transaction, by, input));
  };
  const auto account = need(chat::create_account(transaction, {"Juniper Lamps (demo)"}));
  const auto shell = chat::server_operator(account.id);
  using Role = chat::AgentRole;
  make_agent(shell, "Ada Admin", kAdminEmail, Role::admin);
  const auto agent = make_agent(shell, "Tess Okafor", kAgentEmail, Role::agent);
  const auto agent2 = make_agent(shell, "Omar Haddad", kAgent2Email, Role::agent);

  chat::CreateInbox input;
  input.name = "Juniper Lamps";
  input.algorithm = chat::RoutingAlgorithm::manual;
  input.pre_chat_fields = {"name", "email"};
  const auto inbox = need(chat::create_inbox(transaction, shell, input));
  for (const auto& member : {agent, agent2}) {
    need(chat::add_inbox_member(transaction, shell, {inbox.id, member.conversation}));
  }
  const auto other = need(chat::create_account(transaction, {"Another company (demo)"}));
  make_agent(chat::server_operator(other.id), "Olga Outsider", kOutsiderEmail, Role::agent);
}

// A demo whose file was lost (the server was killed before it was written) gets a new password and
// a new token.
DemoAccount open_demo(chat::Transaction& transaction, const std::string& password_hash) {
  const bool is_new = !transaction.agents().find_by_email(kAgentEmail);
  if (is_new) make_people(transaction, password_hash);
  const auto with_password = [&](const char* email) {
    const auto agent = transaction.agents().find_by_email(email);
    if (!agent) throw std::runtime_error(std::string("the demo account has lost ") + email);
    if (is_new) return *agent;
    return need(chat::set_agent_password(transaction, chat::server_operator(agent->account),
                                         {agent->conversation, password_hash}));
  };
  DemoAccount demo;
  demo.admin = with_password(kAdminEmail);
  demo.agent = with_password(kAgentEmail);
  demo.agent2 = with_password(kAgent2Email);
  demo.outsider = with_password(kOutsiderEmail);
  demo.account = transaction.accounts().find(demo.agent.account).value();
  demo.other_account = transaction.accounts().find(demo.outsider.account).value();
  const auto shell = chat::server_operator(demo.account.id);
  demo.inbox = transaction.inboxes().first_of(demo.account.id, chat::Channel::widget).value();
  chat::CreateSupportToken token;
  token.name = "Demo site";
  demo.support_token = need(chat::create_support_token(transaction, shell, token)).secret;
  return demo;
}

// The school that the demo account is too: its student inbox, and who answers there.
struct DemoSchool {
  chat::Account account;
  chat::Agent admin;
};

DemoSchool open_school(chat::Transaction& transaction) {
  DemoSchool school;
  school.admin = transaction.agents().find_by_email(kAdminEmail).value();
  school.account = transaction.accounts().find(school.admin.account).value();
  const auto shell = chat::server_operator(school.account.id);
  const auto inbox = chat::ensure_student_inbox(transaction, school.account.id, nullptr);
  chat::add_first_questions(transaction, school.account.id, from_bot(bot::builtin_questions()));
  for (const auto* email : {kAdminEmail, kAgentEmail}) {
    const auto agent = transaction.agents().find_by_email(email).value();
    need(chat::add_inbox_member(transaction, shell, {inbox.id, agent.conversation}));
  }
  return school;
}

void describe_school(const DemoSchool& school, Timestamp at, json::object& description) {
  const auto token = [&](const char* sub, const char* role, const char* name, const char* email,
                         Timestamp issued_at) {
    return identity::mint(
        {school.account.id, sub, role, name, email, issued_at, issued_at + kTokenLifeMs},
        school.account.jwt_secret);
  };
  const auto& admin = school.admin;
  description["student_jwt"] =
      token("5", "student", "Demo Student", "student5@juniper.example", at);
  description["student2_jwt"] =
      token("6", "student", "Second Student", "student6@juniper.example", at);
  description["student_admin_jwt"] =
      token(to_hex(admin.id).c_str(), "admin", admin.name.c_str(), admin.email.c_str(),
            chat::earliest_issue_time(admin, at));
}

Result<Ok> add_school(store::Store& store, Timestamp at, json::object& description) {
  auto school = run_and_wait(store, store::Lane::write,
                             [](chat::Transaction& transaction) -> Result<DemoSchool> {
                               return open_school(transaction);
                             });
  if (!school) return school.failure();
  describe_school(*school, at, description);
  return Ok();
}

// The marketplace that the demo account is too: its server's key, and the keys of the rooms that
// its documentation asks for.
Result<Ok> add_shop(store::Store& store, json::object& description) {
  auto key = run_and_wait(
      store, store::Lane::write, [](chat::Transaction& transaction) -> Result<std::string> {
        const auto admin = transaction.agents().find_by_email(kAdminEmail).value();
        const auto shell = chat::server_operator(admin.account);
        chat::UpdateAccount settings;
        settings.client_code = kClientCode;
        need(chat::update_account(transaction, shell, settings));
        return need(chat::create_integration(transaction, shell, {"Demo shop", ""})).key;
      });
  if (!key) return key.failure();
  description["order_client"] = json::object{{"authorization", *key},
                                             {"client", kClientCode},
                                             {"sub_domain", "192.168.101.88"},
                                             {"client_id", "1"},
                                             {"agent_db", "ace"}};
  return Ok();
}

// What the description does not have yet.
Result<Ok> complete(store::Store& store, Timestamp at, json::object& description) {
  if (!description.contains("student_jwt")) {
    if (auto added = add_school(store, at, description); !added) return added;
  }
  if (!description.contains("order_client")) return add_shop(store, description);
  return Ok();
}

json::object describe(const DemoAccount& demo, const std::string& password, Timestamp at) {
  const auto token = [&](const chat::Account& account, const chat::Agent& agent) {
    const auto now = chat::earliest_issue_time(agent, at);
    return identity::mint({account.id, to_hex(agent.id), std::string(chat::name_of(agent.role)),
                           agent.name, agent.email, now, now + kTokenLifeMs},
                          account.jwt_secret);
  };
  return {{"account_id", to_hex(demo.account.id)},
          {"inbox_id", to_hex(demo.inbox.id)},
          {"admin_jwt", token(demo.account, demo.admin)},
          {"agent_jwt", token(demo.account, demo.agent)},
          {"agent2_jwt", token(demo.account, demo.agent2)},
          {"outsider_jwt", token(demo.other_account, demo.outsider)},
          {"agent_email", demo.agent.email},
          {"agent_password", password},
          {"agent_conversation_id", to_hex(demo.agent.conversation)},
          {"agent2_email", demo.agent2.email},
          {"agent2_conversation_id", to_hex(demo.agent2.conversation)},
          {"admin_email", demo.admin.email},
          {"support_token", demo.support_token}};
}

}  // namespace

Result<json::object> ensure_demo(store::Store& store, const Clock& clock,
                                 const std::string& data_dir) {
  static std::mutex mutex;  // `serve --demo` and `parlor demo` may ask at the same time
  const std::lock_guard lock(mutex);
  const auto path = data_dir + "/demo.json";
  if (const auto kept = read_private_file(path)) {
    boost::system::error_code error;
    auto value = json::parse(*kept, error);
    if (error || !value.is_object()) {
      return fail(ErrorCode::invalid,
                  path + " is damaged; restore it, or remove the data directory");
    }
    auto description = std::move(value.get_object());
    // Made by an earlier version: what it did not know yet is added.
    const auto known = description.size();
    if (auto completed = complete(store, clock.now(), description); !completed) {
      return completed.failure();
    }
    if (description.size() == known) return description;
    if (auto kept_again = write_private_file(path, json::serialize(description)); !kept_again) {
      return kept_again.failure();
    }
    return description;
  }
  const auto password = base64url_encode(random_bytes(kPasswordBytes));
  auto made = run_and_wait(store, store::Lane::write,
                           [hash = identity::hash_password(password)](
                               chat::Transaction& transaction) -> Result<DemoAccount> {
                             return open_demo(transaction, hash);
                           });
  if (!made) return made.failure();
  auto description = describe(*made, password, clock.now());
  if (auto completed = complete(store, clock.now(), description); !completed) {
    return completed.failure();
  }
  if (const auto written = write_private_file(path, json::serialize(description)); !written) {
    return written.failure();
  }
  return description;
}

}  // namespace parlor::app
