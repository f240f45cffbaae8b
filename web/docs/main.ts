// The documentation page is complete without this: it finds, marks where one is, and folds the contents on a phone.
import './docs.css';

const links = [...document.querySelectorAll<HTMLAnchorElement>('.links a')];
const headings = [...document.querySelectorAll<HTMLElement>('.links h2')];
const find = document.querySelector<HTMLInputElement>('#find')!;
const found = document.querySelector<HTMLElement>('#found')!;
const nav = document.querySelector<HTMLElement>('nav')!;
const unfold = document.querySelector<HTMLButtonElement>('.bar-contents')!;

// What can be found by: the address and the name of each, and what it says of itself.
const texts = new Map(links.map((link) => {
  const section = document.querySelector(link.hash);
  const own = section?.querySelector('header')?.textContent ?? '';
  return [link, `${link.textContent} ${own} ${section?.querySelector('.prose')?.textContent ?? ''}`.toLowerCase()];
}));

function show(isOpen: boolean) {
  nav.classList.toggle('is-open', isOpen);
  unfold.setAttribute('aria-expanded', String(isOpen));
}

find.addEventListener('input', () => {
  const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const link of links) {
    const matches = words.every((word) => texts.get(link)!.includes(word));
    link.hidden = !matches;
    if (matches) count += 1;
  }
  for (const heading of headings) {
    let next = heading.nextElementSibling;
    while (next instanceof HTMLAnchorElement && next.hidden) next = next.nextElementSibling;
    heading.hidden = !(next instanceof HTMLAnchorElement);
  }
  found.textContent = words.length === 0 ? '' : count === 0 ? `Nothing for “${find.value}”.` : `${count} found.`;
  found.classList.toggle('hidden', words.length === 0 || count > 0);
});
find.addEventListener('keydown', (event) => {
  if (event.key === 'Enter') links.find((link) => !link.hidden)?.click();
});

unfold.addEventListener('click', () => show(!nav.classList.contains('is-open')));
nav.addEventListener('click', (event) => {
  if ((event.target as Element).closest('a')) show(false);
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && nav.classList.contains('is-open')) {
    show(false);
    unfold.focus();
  }
});

// The topmost section in view is the current one.
const visible = new Set<string>();
const sections = links.map((link) => document.querySelector(link.hash)).filter((section) => section !== null);
const observer = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) visible[isIntersecting ? 'add' : 'delete'](target.id);
  const current = sections.find((section) => visible.has(section.id));
  for (const link of links) {
    const here = current !== undefined && link.hash === `#${current.id}`;
    if (here === (link.getAttribute('aria-current') === 'true')) continue;
    link.setAttribute('aria-current', String(here));
    if (here) keepInView(link);
  }
}, { rootMargin: '-80px 0px -60% 0px' });
for (const section of sections) observer.observe(section);

// In the contents only: scrolling the page is the reader's.
function keepInView(link: HTMLElement) {
  const list = link.parentElement!;
  const top = link.offsetTop - list.offsetTop;
  if (top < list.scrollTop) list.scrollTop = top - 24;
  else if (top + link.offsetHeight > list.scrollTop + list.clientHeight) list.scrollTop = top + link.offsetHeight - list.clientHeight + 24;
}
