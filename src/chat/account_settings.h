// What an account has decided about itself, and the keys that vouch for its people.
//
// Read by the team, changed by admins. Secrets are shown once, in the answer that makes them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "chat/account.h"
#include "chat/actor.h"

namespace parlor::chat {

class Transaction;

// Whether a customer may go on writing while they wait for a person (student dialect).
enum class WaitingSends { block, accept };

// A text that stands for {name} in what the bot says.
struct Placeholder {
  std::string name;
  std::string text;
};

inline constexpr std::size_t kMaxPlaceholders = 50;
inline constexpr std::size_t kMaxPlaceholderCharacters = 1'000;
inline constexpr std::size_t kMaxClientCodeCharacters = 100;
inline constexpr std::size_t kMaxHostKeys = 16;
inline constexpr std::int64_t kMaxAttachmentBytes = 25LL * 1024 * 1024;

struct AccountSettings {
  AccountId account;
  std::string
      client_code;  // names the account in the order dialect's `client` header; may be empty
  WaitingSends waiting_sends = WaitingSends::block;
  std::int64_t attachment_bytes = kMaxAttachmentBytes;  // of one file
  std::vector<Placeholder> placeholders;                // by name
};

class AccountSettingsRows {
 public:
  virtual ~AccountSettingsRows() = default;
  virtual AccountSettings find(AccountId) = 0;  // the defaults when nothing was ever set
  virtual void put(const AccountSettings&) = 0;
};

struct AccountView {
  Account account;
  AccountSettings settings;
  std::vector<HostKey> host_keys;
  bool shows_identity_key = false;  // it is new: this is the one answer that has it
};
Result<AccountView> get_account(Transaction& transaction, const Actor& actor);

struct UpdateAccount {
  std::optional<std::string> name;
  std::optional<std::string> client_code;
  std::optional<WaitingSends> waiting_sends;
  std::optional<std::int64_t> attachment_bytes;          // 1 to kMaxAttachmentBytes
  std::optional<std::vector<Placeholder>> placeholders;  // instead of those there were
  std::vector<HostKey> add_host_keys;                    // `account` is filled in
  std::vector<std::string> remove_host_keys;             // fingerprints
  bool rotate_identity_key = false;
};
// conflict: too many keys; not_found: no such key. Sockets of the account's people are checked
// against its keys again when these have changed.
Result<AccountView> update_account(Transaction& transaction, const Actor& actor,
                                   const UpdateAccount& input);

// What names a key without showing it: 32 hexadecimal digits.
std::string fingerprint_of(const HostKey& key);

}  // namespace parlor::chat
