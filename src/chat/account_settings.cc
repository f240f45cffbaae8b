#include "chat/account_settings.h"

#include <algorithm>
#include <utility>

#include "base/digest.h"
#include "chat/access.h"
#include "chat/audit.h"
#include "chat/fields.h"
#include "chat/names.h"
#include "chat/revocation.h"
#include "chat/transaction.h"

namespace parlor::chat {

namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kFingerprintBytes = 16;
constexpr std::size_t kMaxPlaceholderNameBytes = 40;

bool is_placeholder_name(std::string_view name) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !name.empty() && name.size() <= kMaxPlaceholderNameBytes &&
         std::all_of(name.begin(), name.end(), allowed);
}

Result<std::vector<Placeholder>> check_placeholders(std::vector<Placeholder> placeholders) {
  if (placeholders.size() > kMaxPlaceholders) {
    return fail(ErrorCode::invalid,
                "An account has at most " + std::to_string(kMaxPlaceholders) + " placeholders");
  }
  for (const Placeholder& placeholder : placeholders) {
    if (!is_placeholder_name(placeholder.name)) {
      return fail(ErrorCode::invalid,
                  "placeholders: a name has 1 to 40 characters of a-z, 0-9 and _");
    }
    auto text =
        check_text("placeholders." + placeholder.name, placeholder.text, kMaxPlaceholderCharacters);
    if (!text) return text.failure();
  }
  std::sort(placeholders.begin(), placeholders.end(),
            [](const Placeholder& a, const Placeholder& b) { return a.name < b.name; });
  return placeholders;
}

Result<AccountSettings> with_changes(AccountSettings settings, const UpdateAccount& input) {
  if (input.client_code) {
    auto code = check_line("client_code", *input.client_code, kMaxClientCodeCharacters);
    if (!code) return code.failure();
    settings.client_code = std::move(*code);
  }
  if (input.waiting_sends) settings.waiting_sends = *input.waiting_sends;
  if (input.attachment_bytes) {
    if (*input.attachment_bytes < 1 || *input.attachment_bytes > kMaxAttachmentBytes) {
      return fail(ErrorCode::invalid, "limits.attachment_bytes must be between 1 and " +
                                          std::to_string(kMaxAttachmentBytes));
    }
    settings.attachment_bytes = *input.attachment_bytes;
  }
  if (input.placeholders) {
    auto placeholders = check_placeholders(*input.placeholders);
    if (!placeholders) return placeholders.failure();
    settings.placeholders = std::move(*placeholders);
  }
  return settings;
}

std::string text_of(const std::vector<Placeholder>& placeholders, std::string_view name) {
  for (const Placeholder& placeholder : placeholders) {
    if (placeholder.name == name) return placeholder.text;
  }
  return {};
}

void add_placeholders(Changes& changes, const std::vector<Placeholder>& before,
                      const std::vector<Placeholder>& after) {
  for (const Placeholder& was : before) {
    changes.add("placeholders." + was.name, was.text, text_of(after, was.name));
  }
  for (const Placeholder& is : after) {
    if (text_of(before, is.name).empty()) changes.add("placeholders." + is.name, "", is.text);
  }
}

// What an update does to the host's keys, once it is known to be possible.
struct KeyChanges {
  std::vector<HostKey> added;
  std::vector<HostKey> removed;
};

bool names_one(const std::vector<HostKey>& keys, const HostKey& key) {
  return std::any_of(keys.begin(), keys.end(), [&](const HostKey& one) {
    return fingerprint_of(one) == fingerprint_of(key);
  });
}

Result<KeyChanges> plan_keys(Transaction& transaction, AccountId account,
                             const UpdateAccount& input) {
  const auto known = transaction.accounts().host_keys(account);
  const auto find = [&](const std::string& fingerprint) {
    return std::find_if(known.begin(), known.end(),
                        [&](const HostKey& key) { return fingerprint_of(key) == fingerprint; });
  };
  KeyChanges plan;
  for (const std::string& fingerprint : input.remove_host_keys) {
    const auto key = find(fingerprint);
    if (key == known.end()) return fail(ErrorCode::not_found, "Host key not found");
    if (!names_one(plan.removed, *key)) plan.removed.push_back(*key);
  }
  for (HostKey key : input.add_host_keys) {
    key.account = account;
    const bool is_known = find(fingerprint_of(key)) != known.end();
    if (!is_known && !names_one(plan.added, key)) plan.added.push_back(std::move(key));
  }
  if (known.size() + plan.added.size() > kMaxHostKeys + plan.removed.size()) {
    return fail(ErrorCode::conflict,
                "An account has at most " + std::to_string(kMaxHostKeys) +
                    " host keys: remove one that no token is signed with any more");
  }
  return plan;
}

void carry_out(Transaction& transaction, const Actor& actor, const Account& account,
               const KeyChanges& plan) {
  if (plan.added.empty() && plan.removed.empty()) return;
  const AuditSubject subject{account.id.value, account.name};
  for (const HostKey& key : plan.removed) {
    transaction.accounts().remove_host_key(key);
    audit(transaction, actor, "account.key_removed", subject,
          std::move(Changes().add("host_key", fingerprint_of(key), "")));
  }
  for (const HostKey& key : plan.added) {
    transaction.accounts().insert_host_key(key);
    audit(transaction, actor, "account.key_added", subject,
          std::move(Changes().add("host_key", "", fingerprint_of(key))));
  }
  check_keys_again(transaction, account.id);
}

AccountView view_of(Transaction& transaction, const Account& account) {
  AccountView view;
  view.account = account;
  view.settings = transaction.account_settings().find(account.id);
  view.host_keys = transaction.accounts().host_keys(account.id);
  return view;
}

}  // namespace

std::string fingerprint_of(const HostKey& key) {
  std::string spelled = key.key_id;
  spelled += '\0';
  spelled += key.material;
  return hex_encode(sha256(spelled).substr(0, kFingerprintBytes));
}

Result<AccountView> get_account(Transaction& transaction, const Actor& actor) {
  if (auto team = require_team(actor); !team) return team.failure();
  return view_of(transaction, transaction.accounts().find(actor.account).value());
}

Result<AccountView> update_account(Transaction& transaction, const Actor& actor,
                                   const UpdateAccount& input) {
  if (auto admin = require_admin(actor); !admin) return admin.failure();
  Account account = transaction.accounts().find(actor.account).value();
  const auto before = transaction.account_settings().find(account.id);
  const auto settings = with_changes(before, input);
  if (!settings) return settings.failure();
  const auto name =
      check_required_line("name", input.name.value_or(account.name), kMaxNameCharacters);
  if (!name) return name.failure();
  const auto keys = plan_keys(transaction, account.id, input);
  if (!keys) return keys.failure();

  Changes changes;
  changes.add("name", account.name, *name)
      .add("client_code", before.client_code, settings->client_code)
      .add("waiting_sends", name_of(before.waiting_sends), name_of(settings->waiting_sends))
      .add("limits.attachment_bytes", before.attachment_bytes, settings->attachment_bytes);
  add_placeholders(changes, before.placeholders, settings->placeholders);
  account.name = *name;
  if (input.rotate_identity_key) {
    account.identity_key = base64url_encode(random_bytes(kKeyBytes));
    changes.add_secret("identity_key");
  }
  if (!changes.empty()) {
    transaction.accounts().update(account);
    transaction.account_settings().put(*settings);
    audit(transaction, actor, "account.updated", {account.id.value, account.name},
          std::move(changes));
  }
  // Whoever came with the old code comes again, with the new one or not at all.
  if (settings->client_code != before.client_code) check_keys_again(transaction, account.id);
  carry_out(transaction, actor, account, *keys);
  auto view = view_of(transaction, account);
  view.shows_identity_key = input.rotate_identity_key;
  return view;
}

}  // namespace parlor::chat
