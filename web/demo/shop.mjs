// A made-up shop, in English and Arabic: a page as a site's own people would write it, with the widget's one line.
const texts = {
  en: {
    other: 'العربية', otherLang: 'ar', shop: 'Juniper', title: 'Juniper Lamps', nav: ['Lamps', 'Shades', 'Bulbs', 'Care and repair'],
    bag: 'Bag, 1 item', search: 'Search', menu: 'Shop', headline: 'Light for long evenings.', subline: 'Made in small runs, repaired for life.',
    see: 'See the Alder line', delivery: ['Delivered in two days', 'Thirty days to change your mind', 'Every part can be replaced'],
    items: [['Alder dome', 'Brass, opal glass', '129.00'], ['Fennel pendant', 'Enamelled steel', '164.00'], ['Coral table', 'Linen shade', '89.00'], ['Arch lantern', 'Ash wood', '142.00']],
    repair: 'Broken? We mend it.', repairMore: 'Send us your lamp, whatever happened to it. Glass, cable, switch: we keep the parts of every model we ever made.',
    how: 'How repairs work', foot: 'Juniper Lamps is a shop that does not exist, made to show Parlor.', course: 'A course site for students', console: 'The agents’ console',
  },
  ar: {
    other: 'English', otherLang: 'en', shop: 'جونيبر', title: 'مصابيح جونيبر', nav: ['مصابيح', 'أغطية', 'لمبات', 'عناية وإصلاح'],
    bag: 'الحقيبة، قطعة واحدة', search: 'بحث', menu: 'المتجر', headline: 'ضوء للأمسيات الطويلة.', subline: 'تُصنع بكميات صغيرة، وتُصلَح مدى الحياة.',
    see: 'شاهد مجموعة ألدر', delivery: ['التوصيل خلال يومين', 'ثلاثون يوماً لتغيير رأيك', 'كل قطعة يمكن استبدالها'],
    items: [['قبة ألدر', 'نحاس وزجاج أوبال', '129.00'], ['معلّقة فينيل', 'فولاذ مطلي بالمينا', '164.00'], ['طاولة كورال', 'غطاء كتّان', '89.00'], ['فانوس القوس', 'خشب الدردار', '142.00']],
    repair: 'انكسر؟ نحن نصلحه.', repairMore: 'أرسل إلينا مصباحك مهما حدث له. زجاج أو سلك أو مفتاح: نحتفظ بقطع كل طراز صنعناه.',
    how: 'كيف نُصلح', foot: 'مصابيح جونيبر متجر لا وجود له، صُنع لعرض Parlor.', course: 'موقع دورات للطلاب', console: 'لوحة الموظفين',
  },
};

const pictures = [
  ['dome', '<rect x="140" y="140" width="20" height="72" fill="#B38B4D"/><circle cx="150" cy="106" r="54" fill="#F5E6C8"/><circle cx="132" cy="88" r="24" fill="#FFF4DD"/><rect x="110" y="204" width="80" height="14" rx="7" fill="#8A6A33"/>'],
  ['pendant', '<rect x="147" y="36" width="6" height="56" fill="#24383A"/><path d="M62 214l36-80h104l36 80z" fill="#E2E2CB"/><path d="M96 134a54 54 0 0 1 108 0z" fill="#2F5D57"/><ellipse cx="150" cy="134" rx="54" ry="9" fill="#F3D58D"/>'],
  ['table', '<rect x="145" y="150" width="10" height="62" fill="#6A4636"/><path d="M112 82h76l26 74H86z" fill="#D8795B"/><path d="M132 82h24l-10 74h-24z" fill="#E28F73"/><ellipse cx="150" cy="214" rx="44" ry="9" fill="#6A4636"/>'],
  ['arch', '<path d="M94 216v-78a56 56 0 0 1 112 0v78h-26v-78a30 30 0 0 0-60 0v78z" fill="#CBBBA2"/><circle cx="150" cy="140" r="27" fill="#F9EDCB"/>'],
];

const hero = `<svg class="hero-picture" viewBox="0 0 676 296" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
  <rect width="676" height="296" fill="#E2D3BD"/><circle cx="250" cy="125" r="164" fill="#EDDCBC"/><rect y="242" width="676" height="54" fill="#BA8F60"/>
  <circle cx="250" cy="125" r="164" fill="#F7EACB" opacity=".25"/><path d="M204 244l18-28h54l20 28z" fill="#8A6A33"/><circle cx="250" cy="136" r="80" fill="#FAEBCD"/>
  <circle cx="224" cy="110" r="44" fill="#FFF7E6"/><path d="M416 242V166a50 50 0 0 1 100 0v76z" fill="#6F8F85"/>
  <path d="M466 118c2-34 12-62 30-84M462 122c-4-34-14-60-34-74M470 122c12-22 30-34 54-30" fill="none" stroke="#44655D" stroke-width="5" stroke-linecap="round"/></svg>`;

export function shopPage(lang, { style, icon }) {
  const t = texts[lang];
  return `<!doctype html>
<html lang="${lang}" dir="${lang === 'ar' ? 'rtl' : 'ltr'}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
    <title>${t.title}</title>
    <link rel="icon" href="${icon}" type="image/svg+xml">
    <link rel="stylesheet" href="${style}">
    <script src="/widget.js" data-token="{{support_token}}" data-inbox="{{inbox_id}}" data-title="${t.title}" async></script>
  </head>
  <body class="shop">
    <header>
      <a class="name" href="/demo?lang=${lang}">${t.shop}</a>
      <nav aria-label="${t.menu}">${t.nav.map((entry, at) => `<a href="#shelf"${at === 0 ? ' aria-current="page"' : ''}>${entry}</a>`).join('')}</nav>
      <a class="language" lang="${t.otherLang}" href="/demo?lang=${t.otherLang}">${t.other}</a>
      <span class="bag" role="img" aria-label="${t.bag}"><svg viewBox="0 0 20 20" aria-hidden="true"><path d="M4 7h12l.8 9.500H3.200L4 7Zm3 0V6a3 3 0 0 1 6 0v1"/></svg>1</span>
    </header>
    <main>
      <section class="hero">
        <div><h1>${t.headline}</h1><p>${t.subline}</p><a class="button" href="#shelf">${t.see}</a></div>
        ${hero}
      </section>
      <ul class="promises">${t.delivery.map((entry) => `<li>${entry}</li>`).join('')}</ul>
      <section class="shelf" id="shelf">
        ${t.items.map(([name, more, price], at) => `<article>
          <svg class="${pictures[at][0]}" viewBox="0 0 300 270" preserveAspectRatio="xMidYMid slice" aria-hidden="true">${pictures[at][1]}</svg>
          <h2><span>${name}</span><span dir="ltr">${price}</span></h2>
          <p>${more}</p>
        </article>`).join('\n        ')}
      </section>
      <section class="repair"><h2>${t.repair}</h2><p>${t.repairMore}</p><a href="#shelf">${t.how}</a></section>
    </main>
    <footer><p>${t.foot}</p><a href="/demo/course?lang=${lang}">${t.course}</a><a href="/console?lang=${lang}">${t.console}</a></footer>
  </body>
</html>
`;
}
