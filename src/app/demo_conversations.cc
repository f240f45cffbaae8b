#include "app/demo_conversations.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/commit_publisher.h"
#include "app/demo.h"
#include "app/demo_texts.h"
#include "app/function_job.h"
#include "app/private_file.h"
#include "app/student_bot.h"
#include "blobs/disk_blob_store.h"
#include "blobs/file_examiner.h"
#include "chat/authenticate.h"
#include "chat/availability.h"
#include "chat/canned_replies.h"
#include "chat/customers.h"
#include "chat/inboxes.h"
#include "chat/messages.h"
#include "chat/order_messages.h"
#include "chat/order_rooms.h"
#include "chat/preferences.h"
#include "chat/rooms.h"
#include "chat/sessions.h"
#include "chat/student_desk.h"
#include "chat/student_messages.h"
#include "chat/uploads.h"
#include "store/sqlite/sqlite_store.h"

namespace parlor::app {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr int kDayMinutes = 24 * 60;
constexpr int kExchangeDays = 13;
constexpr int kBeginMinutesAgo = 14 * kDayMinutes;

// One write, so many minutes before now.
struct Step {
  int minutes_ago = 0;
  std::function<Result<Ok>(chat::Transaction&)> run;
};

// What the steps of one conversation hand on.
struct Conversation {
  std::string device;
  std::string session;
  RoomId room;
};

template <class T>
Result<Ok> done(const Result<T>& result) {
  if (!result) return result.failure();
  return Ok();
}

// Where the visitor of this name seems to be: the same each time.
chat::Surroundings surroundings_of(std::string_view name) {
  constexpr std::array<std::array<const char*, 3>, 4> kElsewhere = {
      {{"en-GB", "Europe/London", "/lamps/alder-dome"},
       {"sv-SE", "Europe/Stockholm", "/care/alder-dome"},
       {"en-US", "America/New_York", "/cart"},
       {"nl-NL", "Europe/Amsterdam", "/shades"}}};
  const bool is_arabic = !name.empty() && static_cast<unsigned char>(name.front()) >= 0xD8;
  if (is_arabic) return {"ar-JO", "Asia/Amman", "/lamps/coral-table"};
  const auto& where = kElsewhere[(name.size() + static_cast<unsigned char>(name.front())) % 4];
  return {where[0], where[1], where[2]};
}

// Uploads that are ready to be sent.
using Files = std::map<DemoFile, chat::RecordUpload>;

Result<Files> take_in_files(blobs::DiskBlobStore& blobs) {
  blobs::FileExaminer examiner(blobs);
  Files files;
  for (const auto file :
       {DemoFile::cracked_dome, DemoFile::linen_shade, DemoFile::voice, DemoFile::return_label}) {
    const auto content = make_demo_file(file);
    const auto path = blobs.incoming() + "/" + std::string(content.name);
    if (auto written = write_private_file(path, content.bytes); !written) return written.failure();
    const auto taken = examiner.take_in(path, static_cast<std::int64_t>(content.bytes.size()));
    if (!taken) return taken.failure();
    files[file] = {*taken, std::string(content.name)};
  }
  return files;
}

class Script {
 public:
  Script(const boost::json::object& demo, const StudentBot& bot, Files files)
      : bot_(bot),
        files_(std::move(files)),
        account_(parse_id<AccountId>(text(demo, "account_id")).value()),
        support_token_(text(demo, "support_token")),
        tess_(text(demo, "agent_email")),
        omar_(text(demo, "agent2_email")),
        ada_(text(demo, "admin_email")),
        inbox_(parse_id<InboxId>(text(demo, "inbox_id")).value()) {}

  std::vector<Step> write() {
    add_ticket_inbox();
    for (const auto& reply : demo_replies()) add_reply(reply);
    for (const auto& conversation : demo_conversations()) add(conversation);
    add_exchanges();
    for (const auto& student : demo_students()) add(student);
    for (const auto& order : demo_orders()) add(order);
    for (const auto& email : {tess_, omar_}) add_presence(email);
    std::stable_sort(steps_.begin(), steps_.end(),
                     [](const Step& a, const Step& b) { return a.minutes_ago > b.minutes_ago; });
    return std::move(steps_);
  }

 private:
  static std::string text(const boost::json::object& demo, std::string_view key) {
    return std::string(demo.at(key).as_string());
  }

  static chat::Actor agent(chat::Transaction& transaction, const std::string& email) {
    return chat::actor_of(transaction.agents().find_by_email(email).value());
  }

  const std::string& email_of(DemoSpeaker speaker) const {
    const bool is_omar = speaker == DemoSpeaker::omar || speaker == DemoSpeaker::omar_note;
    return is_omar ? omar_ : speaker == DemoSpeaker::bot ? ada_ : tess_;
  }

  void step(int minutes_ago, std::function<Result<Ok>(chat::Transaction&)> run) {
    steps_.push_back({minutes_ago, std::move(run)});
  }

  void add_reply(const DemoReply& reply) {
    step(kBeginMinutesAgo, [this, reply](chat::Transaction& transaction) {
      return done(chat::create_canned(
          transaction, agent(transaction, ada_),
          {std::string(reply.short_code), std::string(reply.text), std::nullopt, ""}));
    });
  }

  // Where requests come in that no page of the site has sent.
  void add_ticket_inbox() {
    step(kBeginMinutesAgo, [this](chat::Transaction& transaction) -> Result<Ok> {
      chat::CreateInbox create;
      create.name = "Tickets";
      create.channel = chat::Channel::ticket;
      create.algorithm = chat::RoutingAlgorithm::manual;
      for (const auto& email : {tess_, omar_})
        create.members.push_back(agent(transaction, email).conversation);
      const auto made = chat::create_inbox(transaction, agent(transaction, ada_), create);
      if (!made) return made.failure();
      ticket_inbox_ = made->id;
      return Ok();
    });
  }

  // Somebody who is at work, whether or not they have a page open.
  void add_presence(const std::string& email) {
    step(0, [this, email](chat::Transaction& transaction) {
      return done(chat::set_availability(transaction, agent(transaction, email),
                                         {chat::Availability::active, true}));
    });
  }

  Result<chat::Actor> visitor(chat::Transaction& transaction, const Conversation& it) const {
    return chat::authenticate_visitor(transaction, {support_token_, it.session, it.device, ""});
  }

  // The person comes to the site and writes.
  void open(const std::shared_ptr<Conversation>& it, int minutes_ago, std::string_view name,
            std::string_view email, std::string_view first, bool is_ticket = false) {
    it->device = "demo-" + std::string(name);
    step(minutes_ago, [=, this](chat::Transaction& transaction) -> Result<Ok> {
      const auto site = chat::authenticate_site(transaction, support_token_, "");
      if (!site) return site.failure();
      chat::OpenSession session;
      session.device_id = it->device;
      session.name = name;
      session.email = email;
      session.surroundings = surroundings_of(name);
      const auto opened = chat::open_session(transaction, *site, session);
      if (!opened) return opened.failure();
      it->session = opened->session_id;
      const auto actor = visitor(transaction, *it);
      if (!actor) return actor.failure();
      const auto created = chat::create_user_room(
          transaction, *actor, {is_ticket ? ticket_inbox_ : inbox_, std::string(first), ""});
      if (!created) return created.failure();
      it->room = created->room.id;
      return Ok();
    });
  }

  Result<chat::MessageDraft> draft_of(chat::Transaction& transaction, const chat::Actor& author,
                                      const DemoLine& line) const {
    chat::MessageDraft draft;
    draft.content = line.text;
    if (line.file == DemoFile::none) return draft;
    const auto upload = chat::record_upload(transaction, author, files_.at(line.file));
    if (!upload) return upload.failure();
    draft.type = upload->file.width > 0 ? chat::MessageType::image : chat::MessageType::file;
    draft.attachments.push_back(chat::attachment_of(*upload, ""));
    return draft;
  }

  // What one of the team, or the bot, says.
  Result<Ok> answer(chat::Transaction& transaction, RoomId room, const DemoLine& line) const {
    const auto author = agent(transaction, email_of(line.speaker));
    auto draft = draft_of(transaction, author, line);
    if (!draft) return draft.failure();
    if (line.speaker == DemoSpeaker::tess_note || line.speaker == DemoSpeaker::omar_note)
      draft->type = chat::MessageType::note;
    if (line.speaker == DemoSpeaker::bot) draft->integration_app = "bot";
    return done(chat::send_agent_message(transaction, author, {room, std::nullopt, *draft, ""}));
  }

  void say(const std::shared_ptr<Conversation>& it, const DemoLine& line) {
    step(line.minutes_ago, [=, this](chat::Transaction& transaction) -> Result<Ok> {
      if (line.speaker != DemoSpeaker::customer) return answer(transaction, it->room, line);
      const auto actor = visitor(transaction, *it);
      if (!actor) return actor.failure();
      const auto draft = draft_of(transaction, *actor, line);
      if (!draft) return draft.failure();
      return done(chat::send_user_message(transaction, *actor, {it->room, *draft, ""}));
    });
  }

  void add(const DemoConversation& conversation) {
    const auto it = std::make_shared<Conversation>();
    const auto& lines = conversation.lines;
    open(it, lines.front().minutes_ago, conversation.name, conversation.email, lines.front().text,
         conversation.is_ticket);
    for (const auto& line : lines.subspan(1)) say(it, line);
    const auto last = lines.back().minutes_ago;
    step(last, [=, this](chat::Transaction& transaction) {
      return settle(transaction, conversation, it->room);
    });
    if (conversation.is_favorite) {
      step(last, [=, this](chat::Transaction& transaction) {
        return done(chat::toggle_favorite(transaction, agent(transaction, tess_), {it->room, ""}));
      });
    }
    if (conversation.snoozed_hours > 0) {
      step(0, [=, this](chat::Transaction& transaction) {
        const auto until = transaction.now() + conversation.snoozed_hours * 60 * kMinuteMs;
        return done(
            chat::snooze_room(transaction, agent(transaction, tess_), {it->room, until.ms}));
      });
    }
  }

  // Whose it is at last, and what an agent has made of it.
  Result<Ok> settle(chat::Transaction& transaction, const DemoConversation& conversation,
                    RoomId room) const {
    chat::ChangeRoom change;
    change.room = room;
    change.priority = conversation.priority;
    change.tags = words(conversation.tags);
    change.status = conversation.status;
    if (conversation.holder != DemoSpeaker::customer) {
      change.agents = {agent(transaction, email_of(conversation.holder)).conversation};
    } else if (conversation.status == chat::RoomStatus::pending) {
      change.agents.emplace();
    }
    return done(chat::change_room(transaction, agent(transaction, ada_), change));
  }

  static std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> found;
    for (std::size_t from = 0; from < text.size();) {
      const auto to = std::min(text.find(' ', from), text.size());
      found.emplace_back(text.substr(from, to - from));
      from = to + 1;
    }
    return found;
  }

  void add(const DemoStudent& student) {
    const auto it = std::make_shared<Conversation>();
    chat::TokenClaims claims;
    claims.account = account_;
    claims.subject = "demo-" + std::string(student.email);
    claims.role = "student";
    claims.name = student.name;
    claims.email = student.email;
    for (const auto& line : student.lines) {
      step(line.minutes_ago, [=, this](chat::Transaction& transaction) -> Result<Ok> {
        if (line.speaker != DemoSpeaker::customer) return answer(transaction, it->room, line);
        const auto actor = chat::welcome_customer(transaction, claims);
        if (!actor) return actor.failure();
        const auto chat = chat::get_student_chat(transaction, *actor, {&bot_});
        if (!chat) return chat.failure();
        it->room = chat->id;
        chat::SendStudentMessage message;
        message.message.content = line.text;
        message.bot = {&bot_, bot_.understand(account_, line.text)};
        return done(chat::send_student_message(transaction, *actor, message));
      });
    }
  }

  // As the marketplace's own server makes it.
  void add(const DemoOrder& order) {
    chat::Actor marketplace;
    marketplace.kind = chat::ActorKind::integration;
    marketplace.account = account_;
    const auto it = std::make_shared<Conversation>();
    step(order.lines.front().minutes_ago, [=](chat::Transaction& transaction) -> Result<Ok> {
      chat::CreateOrderRoom create;
      create.order.number = order.number;
      create.order.order_id = "demo-" + std::string(order.number);
      create.order.order_user_id = "buyer-" + std::string(order.number);
      create.order.vendor_id = create.order.vendor_user_id = "vendor-" + std::string(order.number);
      const auto created = chat::create_order_room(transaction, marketplace, create);
      if (!created) return created.failure();
      it->room = created->view.order.room;
      return Ok();
    });
    for (const auto& line : order.lines) {
      step(line.minutes_ago, [=, this](chat::Transaction& transaction) -> Result<Ok> {
        const bool by_vendor = line.speaker == DemoSpeaker::vendor;
        if (!by_vendor && line.speaker != DemoSpeaker::customer)
          return answer(transaction, it->room, line);
        chat::SendOrderMessage send;
        send.room = to_hex(it->room);
        send.text = line.text;
        auto& author = send.order.author;
        author.user_type = by_vendor ? chat::OrderUserType::vendor : chat::OrderUserType::user;
        author.user_id = (by_vendor ? "vendor-" : "buyer-") + std::string(order.number);
        author.username = by_vendor ? order.vendor : order.buyer;
        return done(chat::send_order_message(transaction, marketplace, send));
      });
    }
  }

  // Two on most days, one on the others, each answered after some minutes and closed; and what
  // people who write now have asked before.
  void add_exchanges() {
    const auto exchanges = demo_exchanges();
    std::size_t next = 0;
    for (int day = kExchangeDays; day > 0; --day) {
      const int today = day % 3 == 0 ? 1 : 2;
      for (int i = 0; i < today; ++i, ++next) {
        const int begin = day * kDayMinutes - 200 * i - static_cast<int>(next * 37 % 180);
        add(exchanges[next % exchanges.size()], begin, next);
      }
    }
    int days_ago = 2;
    for (const auto& exchange : demo_earlier_exchanges()) {
      add(exchange, days_ago * kDayMinutes - 95, next++);
      days_ago += 3;
    }
  }

  void add(const DemoExchange& exchange, int begin, std::size_t number) {
    const auto it = std::make_shared<Conversation>();
    const int wait = 2 + static_cast<int>(number * 7 % 19);
    const auto speaker = number % 2 == 0 ? DemoSpeaker::tess : DemoSpeaker::omar;
    open(it, begin, exchange.name, "", exchange.question);
    say(it, {speaker, begin - wait, exchange.answer});
    if (!exchange.thanks.empty())
      say(it, {DemoSpeaker::customer, begin - wait - 3, exchange.thanks});
    step(begin - wait - 8, [=, this](chat::Transaction& transaction) {
      chat::UpdateRoom close;
      close.room = it->room;
      close.status = chat::RoomStatus::closed;
      return done(chat::update_room(transaction, agent(transaction, email_of(speaker)), close));
    });
  }

  const StudentBot& bot_;
  const Files files_;
  AccountId account_;
  std::string support_token_;
  std::string tess_;
  std::string omar_;
  std::string ada_;
  InboxId inbox_;
  InboxId ticket_inbox_;
  std::vector<Step> steps_;
};

Result<Ok> run_script(store::Store& store, StudentBot& bot, ManualClock& past, Timestamp now,
                      const std::string& data_dir) {
  const auto demo = ensure_demo(store, past, data_dir);
  if (!demo) return demo.failure();
  if (auto loaded = bot.load(store); !loaded) return loaded;
  const auto blobs = blobs::DiskBlobStore::open(data_dir + "/blobs");
  if (!blobs) return blobs.failure();
  auto files = take_in_files(**blobs);
  if (!files) return files.failure();
  Script script(*demo, bot, std::move(*files));
  for (const auto& step : script.write()) {
    past.set(now + -step.minutes_ago * kMinuteMs);
    if (auto made = run_and_wait(store, store::Lane::write, step.run); !made) return made;
  }
  return Ok();
}

}  // namespace

Result<Ok> make_demo_conversations(const std::string& data_dir, const Clock& clock) {
  if (read_private_file(data_dir + "/demo.json")) return Ok();
  const auto now = clock.now();
  ManualClock past(now + -kBeginMinutesAgo * kMinuteMs);
  QuietListener listener;
  store::SqliteStore::Options options;
  options.directory = data_dir;
  const auto bot = StudentBot::build();
  if (!bot) return bot.failure();
  auto store = store::SqliteStore::open(options, past, listener);
  if (!store) return store.failure();
  auto made = run_script(**store, **bot, past, now, data_dir);
  (*bot)->stop();
  (*store)->stop();
  return made;
}

}  // namespace parlor::app
