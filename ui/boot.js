// A classic script before the style sheet, so that the first paint has the theme; `screen.rs` keeps it from then on.
// Then it starts the UI.
const kept = (name) => {
  try {
    return localStorage.getItem(`twinbox.${name}`);
  } catch {
    // Without storage it looks as usual.
    return null;
  }
};
const theme = kept("theme");
const systemTheme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
const look = document.documentElement.dataset;
look.theme = theme === "light" || theme === "dark" ? theme : systemTheme;
look.density = kept("density") ?? "comfortable";
look.text = kept("text") ?? "100";

const page = new Promise((ready) => addEventListener("DOMContentLoaded", ready));
const ui = import("./ui.js");
page.then(async () => (await ui).default());
