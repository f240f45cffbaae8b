// The shadow root's style sheets: constructed, so that a strict Content-Security-Policy has nothing against them.
let root: ShadowRoot | undefined;

export function styleIn(shadow: ShadowRoot): void {
  root = shadow;
}

export function addStyles(css: string): void {
  if (!root) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
