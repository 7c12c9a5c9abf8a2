// Starts the UI. The theme is set first, so that the first paint has it; `screen.rs` keeps it from then on.
import init from "./ui.js";

const dark = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
document.documentElement.dataset.theme = localStorage.getItem("twinbox.theme") ?? dark;

init();
