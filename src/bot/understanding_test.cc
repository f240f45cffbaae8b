// Texts that are no message: rubbish, other languages, a thanks that thanks for nothing.
#include "bot/understanding.h"

#include <gtest/gtest.h>

#include <array>

#include "bot/bot.h"

namespace parlor::bot {
namespace {

const Bot& builtin() {
  static const auto bot = *Bot::build(builtin_intents(), builtin_questions());
  return *bot;
}

TEST(Bot, ATrainingThatIsStoppedGivesNoBot) {
  const auto mute = *Bot::read(builtin_intents(), builtin_questions());
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(mute->learned(stop.get_token()), nullptr);
}

// Not a parameter of tests: each of them would train a bot of its own.
constexpr std::array kStrangeTexts = {"asdf",
                                      "zxcv uiop",
                                      "hjkl hjkl",
                                      "fghfgh",
                                      "lkjhg mnbv",
                                      "12345678",
                                      "Bonjour, je ne peux pas me connecter",
                                      "je ne comprends pas",
                                      "no puedo entrar en mi cuenta",
                                      "Hallo, ich kann mich nicht anmelden",
                                      "merhaba giriş yapamıyorum",
                                      "привет, не могу войти",
                                      "你好",
                                      "buonasera a tutti",
                                      "mille grazie, gentilissimi",
                                      "grazie, il problema è risolto",
                                      "vorrei un rimborso",
                                      "merci beaucoup",
                                      "je vous remercie infiniment",
                                      "mange tak for hjælpen",
                                      "gracias por todo, adiós"};

TEST(Understanding, AStrangeTextIsNoControlAndHasNoLanguageOfItsOwn) {
  for (const auto* text : kStrangeTexts) {
    const auto detected = builtin().detect(text);
    EXPECT_EQ(detected.control, Control::none) << text << ": " << name_of(detected.control);
    EXPECT_FALSE(detected.language) << text;
  }
}

TEST(Understanding, AStrangeTextIsAnsweredWithTheWishForOtherWordsInTheChatsLanguage) {
  for (const auto* text : kStrangeTexts) {
    SCOPED_TRACE(text);
    for (const auto language : {Language::english, Language::arabic}) {
      Situation situation;
      situation.dialogue.language = language;
      const auto decision = builtin().decide(situation, builtin().detect(text));
      EXPECT_EQ(decision.status, Status::bot_handling);
      ASSERT_TRUE(decision.reply);
      EXPECT_EQ(decision.reply->kind, ReplyKind::rephrase);
      EXPECT_EQ(decision.reply->language, language);
    }
  }
}

TEST(Understanding, ThanksInPersianOrUrduEndNothing) {
  for (const auto* text : {"خیلی ممنون از شما", "آپ کا بہت شکریہ جناب"})
    EXPECT_EQ(builtin().detect(text).control, Control::none) << text;
}

TEST(Understanding, FrenchWordsAmongArabicOnesAreArabic) {
  for (const auto* text : {"merci bezaf khouya", "salut 3ndi mochkil", "merci ktir eshtaghal"})
    EXPECT_EQ(builtin().detect(text).language, Language::arabic) << text;
}

TEST(Understanding, ArabicRubbishIsNoControl) {
  for (const auto* text : {"ضصثق", "شسيب لاتن", "سشيب"})
    EXPECT_EQ(builtin().detect(text).control, Control::none) << text;
}

TEST(Understanding, NoThanksDeclinesAndEndsNothing) {
  for (const auto* text : {"no thanks", "No, thank you.", "nah thanks", "لا شكرا", "la2 shokran"}) {
    const auto detected = builtin().detect(text);
    EXPECT_EQ(detected.control, Control::acknowledged) << text;
    EXPECT_EQ(builtin().decide({}, detected).status, Status::bot_handling) << text;
  }
  EXPECT_EQ(builtin().detect("no thanks, that's all").control, Control::thanks);
}

TEST(Understanding, ThanksBeforeAContrastEndNothing) {
  for (const auto* text :
       {"thanks, however that hasn't fixed my problem", "thank you, although nothing has changed",
        "شكرا لكم إلا أن الحساب لم يفتح بعد", "shokran lakin mafata7sh"}) {
    const auto detected = builtin().detect(text);
    EXPECT_EQ(detected.control, Control::not_working) << text;
  }
}

TEST(Understanding, AnArabicNegationInLatinLettersIsHeardInWhateverSpelling) {
  for (const auto* text : {"mashta8alsh", "masht8lsh", "mafta7sh", "mashtaghalsh"}) {
    const auto detected = builtin().detect(text);
    EXPECT_EQ(detected.control, Control::not_working) << text;
    EXPECT_EQ(detected.language, Language::arabic) << text;
  }
}

TEST(Understanding, SomebodyElsesPeopleAreNotAskedFor) {
  for (const auto* text :
       {"my agent at the bank told me that it was sent", "موظف البنك قال لي إن التحويل وصل",
        "abi akalem el ostath", "3ayez akalem el mester bta3 el fizya"})
    EXPECT_NE(builtin().detect(text).control, Control::human) << text;
}

}  // namespace
}  // namespace parlor::bot
