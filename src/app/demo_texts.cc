#include "app/demo_texts.h"

namespace parlor::app {
namespace {

using enum DemoSpeaker;
using Status = chat::RoomStatus;
using Priority = chat::Priority;

constexpr DemoLine kMaya[] = {
    {customer, 64, "My Alder dome lamp arrived this morning and it’s broken."},
    {customer, 63, "", DemoFile::cracked_dome},
    {customer, 62,
     "The dome has a crack right along the seam. Can you send a new one before Saturday?"},
    {omar_note, 58,
     "Courier damage, box was crushed. Replace, don’t refund; two left in the Halden store."},
    {tess, 55,
     "I’m so sorry, Maya. That’s not how it should arrive. A replacement can leave our Halden "
     "store today."},
    {customer, 26,
     "Thank you! Would it reach me before noon on Friday? We have guests in the evening."},
};
constexpr DemoLine kOskar[] = {
    {customer, 18, "Is the Alder floor lamp back in green?"},
};
constexpr DemoLine kNour[] = {
    {customer, 16, "مرحباً، طلبت مصباح كورال قبل أسبوع ولم يصل بعد."},
    {customer, 15, "رقم الطلب 48213"},
    {customer, 14, "هل يمكنكم التحقق من شركة الشحن؟"},
};
constexpr DemoLine kPriya[] = {
    {customer, 75, "Order 48210 says delivered but nothing is here."},
    {tess, 70, "Let me look into it, Priya. Is there a neighbour who might have taken it?"},
    {customer, 9, "I asked both of them, no luck. The courier’s photo shows another door."},
};
constexpr DemoLine kHamish[] = {
    {customer, 6, "The invoice needs our VAT number, please. Where can I add it?"},
};
constexpr DemoLine kInes[] = {
    {customer, 4, "I tried the link in the mail twice, same error: “This page is gone”."},
};
constexpr DemoLine kYusuf[] = {
    {customer, 40, "ممكن تغيير عنوان التوصيل؟ الطلب 48225"},
    {omar, 36, "أكيد يا يوسف. أرسل لنا العنوان الجديد ورقم الهاتف."},
    {customer, 2, "شارع الزيتون 14، الطابق الثالث. شكراً لكم!"},
};
constexpr DemoLine kDag[] = {
    {customer, 95, "When will the courier come? I have to leave at noon."},
    {tess, 88, "The courier will call before noon. If not, tell me and I’ll move it to tomorrow."},
};
constexpr DemoLine kLotte[] = {
    {customer, 140, "The dimmer hums when it is nearly dark."},
    {omar, 128,
     "That’s the bulb, not the dimmer. An LED with “trailing edge” on the box is quiet."},
    {customer, 112, "It works again, and it’s silent. Thanks!"},
    {omar, 105, "Glad it works. Anything else?"},
};
constexpr DemoLine kKofi[] = {
    {customer, 130, "Do you repair lamps that were bought somewhere else?"},
    {bot, 130,
     "We repair every Juniper lamp for life. Others we look at in the Halden store. Did "
     "that answer it?"},
};
constexpr DemoLine kWren[] = {
    {customer, 200, "Which bulb fits the Alder dome?"},
    {tess, 190, "A warm E27, up to 9 W. Our own is 2,700 K and dims well."},
    {customer, 186, "And for the floor lamp?"},
    {tess, 180, "The same one. You can take a pack of three and save the shipping."},
};
constexpr DemoLine kSalma[] = {
    {customer, 33, "السلام عليكم، وصل الغطاء الكتاني بلون مختلف عن الصورة."},
    {customer, 32, "", DemoFile::linen_shade},
    {omar_note, 30, "دفعة مارس مصبوغة أغمق. عندنا ثلاث قطع من الدفعة القديمة."},
    {omar, 28, "وعليكم السلام يا سلمى. نعتذر عن ذلك، هل تفضلين الاستبدال أم الاسترداد؟"},
};
constexpr DemoLine kTove[] = {
    {customer, 400, "Could you gift-wrap order 48190? It’s for my sister’s housewarming."},
    {tess, 390, "Of course. Which words shall we put on the card?"},
    {customer, 380, "“May it always be warm here.” Thank you!"},
    {tess, 372, "Lovely. It leaves on Thursday."},
};
constexpr DemoLine kBram[] = {
    {customer, 51, "I was charged twice for one shade."},
    {omar, 45,
     "I can see both charges, Bram. One is only reserved and falls off by itself in three "
     "days."},
    {customer, 22, "My bank says both went through. Please refund the second one today."},
};
constexpr DemoLine kSena[] = {
    {customer, 300, "Is there a warranty on the switch? Mine feels loose."},
    {tess, 290, "There is, five years. Could you tell me the number under the base?"},
};
constexpr DemoLine kIlse[] = {
    {customer, 29, "Hello? I sent the form on Monday and nobody wrote back."},
    {customer, 22, "", DemoFile::voice},
    {customer, 21, "It’s about the broken glass, reference GL-204."},
};
constexpr DemoLine kRui[] = {
    {customer, 1500,
     "We are fitting out a café and need 24 Fennel pendants. Is there a price for that?"},
    {tess, 1480,
     "How nice! For 24 we take 15 % off and ship on one pallet. Shall I write an offer?"},
    {customer, 1440, "Yes please. Delivery in the second week of the month would be perfect."},
    {tess_note, 1430, "Offer sent, good until Friday. Ask again on Thursday."},
    {tess, 1425, "The offer is in your mail. I’ll hold the pendants until Friday."},
};
constexpr DemoLine kMina[] = {
    {customer, 620, "Can I pick the lamp up in Halden instead?"},
    {omar, 600, "You can, from ten to six. Bring the order number, no need for an invoice."},
};
constexpr DemoLine kLayan[] = {
    {customer, 260, "هل يشحن المتجر إلى عمّان؟"},
    {tess, 250, "نعم، خلال خمسة إلى سبعة أيام عمل، والشحن مجاني فوق 100."},
    {customer, 244, "ممتاز. وهل تشمل الكفالة الخارج؟"},
    {tess, 238, "تشمل خمس سنوات أينما كنت."},
};
constexpr DemoLine kAnders[] = {
    {customer, 12, "The paper shade tore while I was mounting it. Can I buy only the shade?"},
};
constexpr DemoLine kZofia[] = {
    {customer, 45, "Do the brass lamps need a special polish?"},
    {bot, 45,
     "A soft, dry cloth is enough. If it has spots, a little lemon and salt. Did that help?"},
    {customer, 44, "Yes, thank you"},
};
constexpr DemoLine kPelle[] = {
    {customer, 820, "The parcel came with the wrong cable, it is black instead of cloth."},
    {omar, 800, "Sorry about that! The right one is on its way; keep the black one as a spare."},
};
constexpr DemoLine kNoorHaddix[] = {
    {customer, 37, "I’d like to return the Coral table lamp. It is too large for the shelf."},
    {tess, 31, "No problem. Here is a return label; the courier picks the parcel up."},
    {tess, 31, "", DemoFile::return_label},
    {customer, 27, "The label says it has expired already?"},
};

constexpr DemoConversation kConversations[] = {
    {"Maya Lindqvist", "maya@example.test", kMaya, Status::open, Priority::urgent,
     "damaged replacement", tess, true},
    {"Oskar Thistlewood", "oskar@example.test", kOskar},
    {"نور السامرائي", "nour@example.test", kNour},
    {"Priya Vantongeren", "priya@example.test", kPriya, Status::open, Priority::high, "delivery",
     tess},
    {"Hamish Quill", "hamish@example.test", kHamish, Status::open, Priority::medium, "invoice",
     customer, false, 0, true},
    {"Ines Falcão", "", kInes},
    {"يوسف بن عمران", "yusuf@example.test", kYusuf, Status::open, Priority::medium, "address",
     omar},
    {"Dag Fennimore", "dag@example.test", kDag, Status::open, Priority::medium, "delivery", tess},
    {"Lotte Aarsen", "", kLotte, Status::open, Priority::low, "", omar},
    {"Kofi Barrowman", "", kKofi, Status::pending},
    {"Wren Achterberg", "wren@example.test", kWren, Status::closed},
    {"سلمى الحدّاد", "salma@example.test", kSalma, Status::open, Priority::high, "exchange", omar},
    {"Tove Marrow", "tove@example.test", kTove, Status::open, Priority::medium, "gift", tess, true},
    {"Bram Oakden", "bram@example.test", kBram, Status::open, Priority::urgent, "payment", omar},
    {"Sena Fairweather", "", kSena, Status::pending, Priority::medium, "warranty", tess, false, 0,
     true},
    {"Ilse Quarrel", "ilse@example.test", kIlse, Status::open, Priority::high, "damaged"},
    {"Rui Tamarack", "rui@example.test", kRui, Status::open, Priority::medium, "wholesale", tess,
     true, 20},
    {"Mina Holloway", "", kMina, Status::open, Priority::medium, "", omar},
    {"ليان العُمري", "layan@example.test", kLayan, Status::closed, Priority::medium, "shipping"},
    {"Anders Pell", "", kAnders},
    {"Zofia Brine", "", kZofia, Status::closed},
    {"Pelle Grove", "pelle@example.test", kPelle, Status::open, Priority::low, "", tess, false, 44},
    {"Noor Haddix", "haddix@example.test", kNoorHaddix, Status::open, Priority::medium, "return",
     tess},
};

constexpr DemoLine kAmina[] = {
    {customer, 24, "دفعت أمس والدورة ما زالت مقفلة"},
    {customer, 20, "أريد التحدث مع شخص من فضلكم"},
    {customer, 19, "رقم العملية 77120"},
};
constexpr DemoLine kElin[] = {
    {customer, 46, "The video in lesson 4 stops after ten seconds"},
    {customer, 43, "It still doesn't work"},
    {customer, 41, "talk to a person"},
    {tess, 34,
     "Hello Elin! I can see that the file was damaged on our side. It’s replaced; please "
     "reload the page."},
    {customer, 5, "Lesson 4 plays now, but lesson 5 does the same."},
};
constexpr DemoLine kKwame[] = {
    {customer, 66, "I forgot my password"},
    {customer, 61, "yes, it worked, thank you"},
};
constexpr DemoLine kSami[] = {
    {customer, 8, "nseet el password w msh 3aref adkhol"},
};
constexpr DemoLine kIris[] = {
    {customer, 180, "Where do I find my certificate?"},
};

constexpr DemoStudent kStudents[] = {
    {"أمينة بن صالح", "amina@students.test", kAmina},  {"Elin Sorrel", "elin@students.test", kElin},
    {"Kwame Birdwood", "kwame@students.test", kKwame}, {"Sami Darwin", "sami@students.test", kSami},
    {"Iris Calloway", "iris@students.test", kIris},
};

constexpr DemoLine kLampParts[] = {
    {customer, 75, "Two of the six glass shades are missing from the parcel."},
    {vendor, 58, "They went out in a second box this morning, with the same carrier."},
    {tess, 52,
     "Thank you, Orchid. Priya, the second box reaches you tomorrow; tell us if it does not."},
    {customer, 16, "Only one box came today, with one shade in it."},
};
constexpr DemoLine kRug[] = {
    {customer, 310, "هل يمكن تغيير مقاس السجادة قبل الشحن؟"},
    {vendor, 290, "نعم، ما زالت في الورشة. أي مقاس تفضلين؟"},
    {tess, 284, "نغيّره لكِ دون رسوم يا سلمى."},
    {customer, 12, "متر ونصف في مترين من فضلكم"},
};
constexpr DemoLine kVase[] = {
    {customer, 1500, "Is the vase dishwasher safe?"},
    {vendor, 1480, "By hand only, please: the glaze would suffer."},
    {customer, 1470, "Good to know, thanks!"},
    {omar, 1464, "Enjoy it, Oskar."},
};

constexpr DemoOrder kOrders[] = {
    {"10451277", "Priya Larkspur", "Orchid Glassworks", kLampParts},
    {"10451290", "سلمى الحداد", "نسيج الشرق", kRug},
    {"10451301", "Oskar Fennimore", "Clay & Kiln", kVase},
};

constexpr DemoExchange kExchanges[] = {
    {"Cora Winterbourne", "Where is my order? It should have come on Tuesday.",
     "It is in Halden and reaches you tomorrow before noon.", "Great, thank you!"},
    {"Emil Tansy", "Can I return a shade that I have already mounted?",
     "Yes, within 30 days, as long as it is not torn.", ""},
    {"هدى المنصوري", "هل يمكن تغيير لون الكابل؟", "نعم، لدينا خمسة ألوان. أي لون تفضلين؟",
     "الأزرق، شكراً!"},
    {"Fenna Kestrel", "Do you ship to Malta?", "We do, in five to seven days.", "Perfect."},
    {"Ravi Thornbury", "The switch sticks a little.",
     "We’ll send you a new one; it takes one screw to change it.", "That was quick!"},
    {"Greta Moss", "Is the brass lacquered?", "It is not, so it darkens nicely over the years.",
     ""},
    {"Tariq Aldane", "My discount code is not accepted.",
     "It was for May. I’ve made you a new one: LIGHT10.", "Thanks a lot"},
    {"Signe Harrow", "How long is the cable of the Fennel pendant?",
     "Two metres; we also make it in three.", ""},
    {"رامي القدسي", "أين أجد الفاتورة؟", "أرسلناها الآن إلى بريدك.", "وصلت، شكراً"},
    {"Jonah Pickwick", "Does the Fjord lamp dim?", "With a dimmable bulb, all the way down.", ""},
};

constexpr DemoExchange kEarlierExchanges[] = {
    {"Maya Lindqvist", "Which bulb fits the Alder dome?",
     "A warm E27 up to 9 W, like in all our lamps.", "Perfect."},
    {"نور السامرائي", "هل يناسب مصباح كورال غرفة الأطفال؟", "نعم، غطاؤه من القماش ولا يسخن.", ""},
    {"Maya Lindqvist", "Could the parcel be left with a neighbour?",
     "Of course. I’ve told the courier.", "Thanks!"},
    {"Oskar Thistlewood", "Is the Alder floor lamp coming back?", "In November, in green too.", ""},
};

constexpr DemoReply kReplies[] = {
    {"ship", "It ships this afternoon and reaches you in two days, {{contact.name | there}}."},
    {"hours", "Our store in Halden is open from ten to six, Monday to Saturday."},
    {"sorry",
     "I’m so sorry, {{contact.name | there}}. That’s not how it should be. Let me put it "
     "right."},
    {"return", "You can send it back within 30 days. I’ve put a label into your mail."},
    {"bulb", "A warm E27 up to 9 W fits all our lamps."},
    {"شكرا", "شكراً لتواصلك معنا يا {{contact.name | صديقنا}}. هل من شيء آخر؟"},
};

}  // namespace

std::span<const DemoConversation> demo_conversations() { return kConversations; }
std::span<const DemoStudent> demo_students() { return kStudents; }
std::span<const DemoOrder> demo_orders() { return kOrders; }
std::span<const DemoExchange> demo_exchanges() { return kExchanges; }
std::span<const DemoExchange> demo_earlier_exchanges() { return kEarlierExchanges; }
std::span<const DemoReply> demo_replies() { return kReplies; }

}  // namespace parlor::app
