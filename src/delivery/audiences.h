// Which of the server's private rooms an audience stands for, and which of them a caller's sockets
// are in.
//
// These names never come from a client and are never shown to one. A socket that is in several of
// an audience's rooms is told once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "chat/event.h"

namespace parlor::delivery {

std::string room_of_person(ConversationId person);
std::string room_of_members(InboxId inbox);
std::string room_of_admins(AccountId account);
std::string room_of_account(AccountId account);  // who came with a token of the account's
std::string room_of_site(SupportTokenId site);
std::string room_of_channel(std::string_view channel);  // see Emission::channels

struct Addresses {
  std::vector<std::string> rooms;
  std::vector<std::string> except;
};

Addresses addresses_of(const chat::Audience& audience);

}  // namespace parlor::delivery
