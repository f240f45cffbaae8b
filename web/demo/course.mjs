// A made-up course site, in English and Arabic. Its student is signed in already: the site gives the widget a token.
const texts = {
  en: {
    other: 'العربية', otherLang: 'ar', site: 'Northlight', title: 'Northlight Courses', support: 'Student support', nav: ['My courses', 'Calendar', 'Grades'],
    hello: 'Good to see you again', next: 'Next: quadratic equations, today at 18:00', menu: 'Site', mine: 'My courses', more: 'Continue',
    courses: [['Algebra 2', 'Lesson 7 of 12', 58, '#2F6F5E'], ['Arabic for beginners', 'Lesson 3 of 20', 15, '#9A5B34'], ['How cities work', 'Lesson 11 of 11', 100, '#4D4A8C'], ['Drawing light', 'Locked until the payment has arrived', 0, '#6B6F73']],
    help: 'Something does not work?', helpMore: 'Signing in, a payment, a video that will not start: write to us at the lower corner. Our assistant answers at once, people from 9 to 18.',
    foot: 'Northlight Courses is a school that does not exist, made to show Parlor.', shop: 'The shop', console: 'The agents’ console', done: 'done',
  },
  ar: {
    other: 'English', otherLang: 'en', site: 'ضوء الشمال', title: 'دورات ضوء الشمال', support: 'دعم الطلاب', nav: ['دوراتي', 'التقويم', 'الدرجات'],
    hello: 'سعداء بعودتك', next: 'التالي: المعادلات التربيعية، اليوم الساعة 18:00', menu: 'الموقع', mine: 'دوراتي', more: 'تابع',
    courses: [['جبر 2', 'الدرس 7 من 12', 58, '#2F6F5E'], ['العربية للمبتدئين', 'الدرس 3 من 20', 15, '#9A5B34'], ['كيف تعمل المدن', 'الدرس 11 من 11', 100, '#4D4A8C'], ['رسم الضوء', 'مقفلة حتى وصول الدفعة', 0, '#6B6F73']],
    help: 'هل هناك ما لا يعمل؟', helpMore: 'تسجيل الدخول أو دفعة أو فيديو لا يبدأ: اكتب إلينا من الزاوية السفلى. يجيب المساعد فوراً، والفريق من 9 إلى 18.',
    foot: 'دورات ضوء الشمال مدرسة لا وجود لها، صُنعت لعرض Parlor.', shop: 'المتجر', console: 'لوحة الموظفين', done: 'مكتملة',
  },
};

export function coursePage(lang, { style, icon, script }) {
  const t = texts[lang];
  const course = ([name, more, percent, colour]) => `<article>
          <svg viewBox="0 0 300 120" preserveAspectRatio="xMidYMid slice" aria-hidden="true"><rect width="300" height="120" fill="${colour}"/><path d="M40 120V80a50 50 0 0 1 100 0v40zM160 120V60a40 40 0 0 1 80 0v60z" fill="#fff" opacity=".14"/></svg>
          <h3>${name}</h3><p>${more}</p>
          <progress max="100" value="${percent}" aria-label="${name}">${percent}%</progress>
        </article>`;
  return `<!doctype html>
<html lang="${lang}" dir="${lang === 'ar' ? 'rtl' : 'ltr'}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
    <title>${t.title}</title>
    <link rel="icon" href="${icon}" type="image/svg+xml">
    <link rel="stylesheet" href="${style}">
    <script src="${script}"></script>
    <script src="/widget.js" data-mode="student" data-title="${t.support}" async></script>
  </head>
  <body class="course">
    <header>
      <a class="name" href="/demo/course?lang=${lang}">${t.site}</a>
      <nav aria-label="${t.menu}">${t.nav.map((entry, at) => `<a href="#mine"${at === 0 ? ' aria-current="page"' : ''}>${entry}</a>`).join('')}</nav>
      <a class="language" lang="${t.otherLang}" href="/demo/course?lang=${t.otherLang}">${t.other}</a>
    </header>
    <main>
      <section class="welcome"><h1>${t.hello}</h1><p>${t.next}</p></section>
      <h2 id="mine">${t.mine}</h2>
      <section class="courses">
        ${t.courses.map(course).join('\n        ')}
      </section>
      <section class="help"><h2>${t.help}</h2><p>${t.helpMore}</p></section>
    </main>
    <footer><p>${t.foot}</p><a href="/demo?lang=${lang}">${t.shop}</a><a href="/console?lang=${lang}">${t.console}</a></footer>
  </body>
</html>
`;
}
