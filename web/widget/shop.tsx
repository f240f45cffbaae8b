// A small shop for the chat to stand on.
import { Icon } from '../shared/icons';
import { t } from '../shared/i18n';
import { LanguageSwitch } from '../shared/parts';

export function Shop() {
  return (
    <div class="shop">
      <header class="shop-head">
        <span class="shop-name">Juniper</span>
        <nav aria-label="Juniper">
          <span class="here">{t('lamps')}</span>
          <span>{t('shades')}</span>
          <span>{t('bulbs')}</span>
          <span>{t('care')}</span>
        </nav>
        <LanguageSwitch />
        <span class="shop-bag" role="img" aria-label={t('bag')}><Icon name="bag" size={20} />1</span>
      </header>
      <main>
        <section class="hero">
          <div class="hero-text">
            <h1>{t('headline')}</h1>
            <p>{t('subline')}</p>
            <a class="shop-button" href="#line">{t('seeLine')}</a>
          </div>
          <HeroPicture />
        </section>
        <section class="shelf" id="line">
          <Item kind="dome" name={t('item1')} more={t('item1More')} price="129.00" />
          <Item kind="pendant" name={t('item2')} more={t('item2More')} price="164.00" />
          <Item kind="table" name={t('item3')} more={t('item3More')} price="98.00" />
          <Item kind="floor" name={t('item4')} more={t('item4More')} price="210.00" />
        </section>
      </main>
    </div>
  );
}

function HeroPicture() {
  return (
    <svg class="hero-picture" viewBox="0 0 600 300" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
      <rect width="600" height="300" fill="#E2D3BD" />
      <circle cx="300" cy="150" r="210" fill="#EDDEC0" />
      <rect y="245" width="600" height="55" fill="#BA8F60" />
      <circle cx="300" cy="140" r="92" fill="#F7EACB" />
      <circle cx="276" cy="112" r="44" fill="#FFF8E6" />
      <path d="M262 245l10-22h56l10 22z" fill="#8A6A33" />
    </svg>
  );
}

function Item({ kind, name, more, price }: { kind: LampKind; name: string; more: string; price: string }) {
  return (
    <article class="item">
      <svg class={`item-picture ${kind}`} viewBox="0 0 300 270" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
        {lamps[kind]}
      </svg>
      <p class="item-line"><span>{name}</span><span dir="ltr">{price}</span></p>
      <p class="item-more">{more}</p>
    </article>
  );
}

type LampKind = 'dome' | 'pendant' | 'table' | 'floor';

const lamps = {
  dome: (
    <>
      <rect x="140" y="140" width="20" height="72" fill="#B38B4D" />
      <circle cx="150" cy="106" r="54" fill="#F5E6C8" />
      <circle cx="132" cy="88" r="24" fill="#FFF4DD" />
      <rect x="114" y="206" width="72" height="18" rx="9" fill="#8A6A33" />
    </>
  ),
  pendant: (
    <>
      <rect x="147" y="36" width="6" height="66" fill="#24383A" />
      <path d="M68 214l34-80h96l34 80z" fill="#DFDFC9" />
      <path d="M96 134a54 54 0 0 1 108 0z" fill="#2F5D57" />
      <ellipse cx="150" cy="134" rx="54" ry="10" fill="#F3D58D" />
    </>
  ),
  table: (
    <>
      <rect x="144" y="150" width="12" height="62" fill="#6A4636" />
      <path d="M112 78h76l28 76H84z" fill="#D8795B" />
      <path d="M112 78h24l-14 76H84z" fill="#E28F73" />
      <rect x="112" y="206" width="76" height="16" rx="8" fill="#6A4636" />
    </>
  ),
  floor: (
    <>
      <path d="M150 108l-44 124M150 108l44 124M150 108v124" stroke="#9A7B56" stroke-width="6" />
      <path d="M104 46h92l-10 74h-72z" fill="#FBF6EA" />
      <path d="M104 46h30l-6 74h-14z" fill="#FFFFFF" />
    </>
  ),
};
