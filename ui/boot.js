// A classic script before the style sheet, so that the first paint has the theme; `screen.rs` keeps it from then on.
// Then it starts the UI.
let theme = null;
try {
  theme = localStorage.getItem("twinbox.theme");
} catch {
  // Without storage the system decides.
}
const systemTheme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
document.documentElement.dataset.theme = theme ?? systemTheme;

const page = new Promise((ready) => addEventListener("DOMContentLoaded", ready));
const ui = import("./ui.js");
page.then(async () => (await ui).default());
