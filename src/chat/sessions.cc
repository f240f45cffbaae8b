#include "chat/sessions.h"

#include <utility>

#include "base/digest.h"
#include "chat/fields.h"
#include "chat/support_tokens.h"
#include "chat/tickets.h"

namespace parlor::chat {

namespace {

constexpr std::size_t kSecretBytes = 32;
constexpr int kRoomsAPage = 50;

// What the visitor says of themselves, in the form kept.
struct Profile {
  std::string name;
  std::string email;
  std::string phone;
};

Result<Profile> check_profile(const OpenSession& input) {
  auto name = check_line("name", input.name, kMaxNameCharacters);
  if (!name) return name.failure();
  auto phone = check_line("phone", input.phone, kMaxPhoneCharacters);
  if (!phone) return phone.failure();
  Profile profile{std::move(*name), "", std::move(*phone)};
  if (!input.email.empty()) {
    auto email = check_email("email", input.email);
    if (!email) return email.failure();
    profile.email = std::move(*email);
  }
  return profile;
}

// In the form kept.
Result<Surroundings> check_surroundings(const Surroundings& given) {
  auto language = check_line("language", given.language, kMaxLanguageCharacters);
  if (!language) return language.failure();
  auto timezone = check_line("timezone", given.timezone, kMaxTimezoneCharacters);
  if (!timezone) return timezone.failure();
  auto page = check_line("page", given.page, kMaxPageCharacters);
  if (!page) return page.failure();
  return Surroundings{std::move(*language), std::move(*timezone), std::move(*page)};
}

Result<Ok> check_device(const std::string& device_id) {
  auto line = check_required_line("device_id", device_id, kMaxDeviceIdBytes);
  if (!line) return line.failure();
  if (*line != device_id || device_id.size() > kMaxDeviceIdBytes) {
    return fail(ErrorCode::invalid, "device_id must be at most " +
                                        std::to_string(kMaxDeviceIdBytes) +
                                        " bytes without spaces at its ends");
  }
  return Ok{};
}

// Whether the host application vouches for the identifier; false if none is given.
Result<bool> check_identifier(Transaction& transaction, AccountId account_id,
                              const OpenSession& input) {
  if (input.identifier.empty() && input.identifier_hash.empty()) return false;
  if (input.identifier.empty()) {
    return fail(ErrorCode::invalid, "identifier is required with identifier_hash");
  }
  auto line = check_text("identifier", input.identifier, kMaxIdentifierBytes);
  if (!line) return line.failure();
  const auto account = transaction.accounts().find(account_id).value();
  const auto given = hex_decode(input.identifier_hash);
  const bool right =
      !account.identity_key.empty() && given &&
      equal_in_constant_time(*given, hmac_sha256(account.identity_key, input.identifier));
  if (!right) {
    return fail(ErrorCode::unauthenticated,
                "identifier_hash must be the hex HMAC-SHA256 of the identifier under the account's "
                "identity key");
  }
  return true;
}

Contact new_contact(Transaction& transaction, AccountId account) {
  Contact contact;
  contact.id = transaction.ids().make<ContactId>();
  contact.account = account;
  contact.conversation = transaction.ids().make<ConversationId>();
  contact.created_at = transaction.now();
  transaction.contacts().insert(contact);
  return contact;
}

void join_history(Transaction& transaction, const Contact& anonymous, const Contact& known) {
  for (int joined = 0; joined < kJoinedRoomsAtMost; joined += kRoomsAPage) {
    // A room that moves leaves the list: its first page is always what remains.
    auto page =
        transaction.rooms().list_of_contact(anonymous.account, anonymous.id, "", 1, kRoomsAPage);
    for (Room& room : page.rooms) {
      room.contact = known.id;
      room.conversation = known.conversation;
      transaction.rooms().update(room);
      transaction.rooms().move_marker(room.account, room.id, anonymous.conversation,
                                      known.conversation);
    }
    if (page.rooms.size() < static_cast<std::size_t>(kRoomsAPage)) return;
  }
}

// The contact of a vouched-for identifier, with what this device did anonymously.
Contact identified_contact(Transaction& transaction, AccountId account,
                           const std::string& identifier, const std::optional<Contact>& on_device) {
  const bool anonymous = on_device && on_device->identifier.empty();
  if (const auto known = transaction.contacts().find_by_identifier(account, identifier)) {
    if (anonymous) {
      join_history(transaction, *on_device, *known);
      hand_over_tickets(transaction, *on_device, *known, kJoinedTicketsAtMost);
    }
    return *known;
  }
  Contact contact = anonymous ? *on_device : new_contact(transaction, account);
  contact.identifier = identifier;
  transaction.contacts().update(contact);
  return contact;
}

void update_profile(Transaction& transaction, Contact& contact, const Profile& profile) {
  bool changed = false;
  const auto set = [&](std::string& field, const std::string& value) {
    if (value.empty() || value == field) return;
    field = value;
    changed = true;
  };
  set(contact.name, profile.name);
  set(contact.email, profile.email);
  set(contact.phone, profile.phone);
  if (changed) transaction.contacts().update(contact);
}

}  // namespace

Result<SessionOpened> open_session(Transaction& transaction, const SupportToken& site,
                                   const OpenSession& input) {
  if (auto device = check_device(input.device_id); !device) return device.failure();
  const auto profile = check_profile(input);
  if (!profile) return profile.failure();
  auto surroundings = check_surroundings(input.surroundings);
  if (!surroundings) return surroundings.failure();
  const auto verified = check_identifier(transaction, site.account, input);
  if (!verified) return verified.failure();

  const auto on_device =
      transaction.contacts().find_by_device(site.account, site.id, input.device_id);
  Contact contact = *verified
                        ? identified_contact(transaction, site.account, input.identifier, on_device)
                    : on_device ? *on_device
                                : new_contact(transaction, site.account);
  update_profile(transaction, contact, *profile);

  const std::string secret = "pvs_" + base64url_encode(random_bytes(kSecretBytes));
  VisitorSession session;
  session.id = transaction.ids().make<SessionId>();
  session.account = site.account;
  session.support_token = site.id;
  session.contact = contact.id;
  session.secret_hash = sha256(secret);
  session.device_id = input.device_id;
  session.address = input.address;
  session.verified = *verified;
  session.surroundings = std::move(*surroundings);
  session.created_at = transaction.now();
  session.last_activity = session.created_at;
  session.expires_at = session.created_at + kSessionLifeMs;
  transaction.visitor_sessions().insert(session);
  note_site_seen(transaction, site);
  return SessionOpened{secret, std::move(contact), *verified, session.expires_at};
}

Result<Ok> update_session(Transaction& transaction, const UpdateSession& input) {
  const auto actor = authenticate_visitor(transaction, input.credentials);
  if (!actor) return actor.failure();
  const auto given = check_surroundings(input.surroundings);
  if (!given) return given.failure();
  auto session =
      transaction.visitor_sessions().find_by_hash(sha256(input.credentials.session_id)).value();
  auto& kept = session.surroundings;
  const auto before = kept;
  if (!given->language.empty()) kept.language = given->language;
  if (!given->timezone.empty()) kept.timezone = given->timezone;
  if (!given->page.empty()) kept.page = given->page;
  if (kept != before) transaction.visitor_sessions().update(session);
  return Ok{};
}

Result<Ok> end_session(Transaction& transaction, const VisitorCredentials& credentials) {
  const auto actor = authenticate_visitor(transaction, credentials);
  if (!actor) return actor.failure();
  auto session =
      transaction.visitor_sessions().find_by_hash(sha256(credentials.session_id)).value();
  session.ended_at = transaction.now();
  transaction.visitor_sessions().update(session);
  Event event;
  event.audience.account = actor->account;
  ConnectionsRevoked what;
  what.why = ConnectionsRevoked::Why::session_ended;
  what.person = actor->conversation;
  event.body = what;
  transaction.record(std::move(event));
  return Ok{};
}

void touch_session(Transaction& transaction, const Actor& actor,
                   const VisitorCredentials& credentials) {
  if (transaction.now() - actor.session_touched_at < kSessionTouchMs) return;
  auto session = transaction.visitor_sessions().find_by_hash(sha256(credentials.session_id));
  if (!session || session->ended_at != Timestamp{}) return;  // ended by this very call
  session->last_activity = transaction.now();
  session->expires_at = session->last_activity + kSessionLifeMs;
  transaction.visitor_sessions().update(*session);
  const auto site = transaction.support_tokens().find(session->account, session->support_token);
  if (site) note_site_seen(transaction, *site);
}

}  // namespace parlor::chat
