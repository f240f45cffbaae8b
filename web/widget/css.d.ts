// In the widget, a style sheet is a text for adoptedStyleSheets.
declare module '*.css' {
  const text: string;
  export default text;
}
