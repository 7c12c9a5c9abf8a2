// A classic script before the style sheet, so that the first paint has theme and language; `screen.rs` keeps it from then on.
// Then it starts the UI.
const kept = (name) => {
  try {
    return localStorage.getItem(`twinbox.${name}`);
  } catch {
    // Without storage it looks as usual.
    return null;
  }
};
// The language: as set, else the first of the system's that there is a catalog for. Dates take the system's region.
const directions = { en: "ltr", ar: "rtl" };
const base = (tag) => tag.split("-")[0];
const language = [kept("language") ?? "", ...navigator.languages].map(base).find((it) => directions[it]) ?? "en";
const root = document.documentElement;
const look = root.dataset;
const tag = navigator.languages.find((it) => base(it) === language) ?? (language === "en" ? "en-US" : language);
root.lang = tag.split("-u-")[0];
root.dir = directions[language];
// What is written in digits is as the system writes it, whatever it speaks. Not every system's first language is a tag that can be read.
look.system = navigator.languages[0]?.match(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?\b/)?.[0] ?? root.lang;
const words = fetch(`/locales/${language}.ftl`).then((catalog) => {
  if (!catalog.ok) throw new Error(`no catalog: ${catalog.status}`);
  return catalog.text();
});

// The desktop app is greeted before there is anything to greet with, so that the first paint has the list. `backend/tauri.rs` takes
// the answer, or what answers, once.
const greeting = globalThis.__TAURI_INTERNALS__?.invoke("call", { request: { hello: {} } });
globalThis.twinboxGreeting = greeting;
greeting?.then(
  (answer) => {
    if (globalThis.twinboxGreeting === greeting) globalThis.twinboxGreeting = answer;
  },
  // Told whoever takes it.
  () => {},
);

const theme = kept("theme");
const systemTheme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
look.theme = theme === "light" || theme === "dark" ? theme : systemTheme;
look.density = kept("density") ?? "comfortable";
look.text = kept("text") ?? "100";

// Fetched and compiled beside the code that starts it, which would ask for it last.
const program = WebAssembly.compileStreaming(fetch("/ui_bg.wasm"));
const page = new Promise((ready) => addEventListener("DOMContentLoaded", ready));
// The second would be asked for only when the first is there.
const ui = Promise.all([import("./ui.js"), import("./parts.js")]);
// The first date takes long to write, and nothing else is to be done meanwhile.
queueMicrotask(() => new Intl.DateTimeFormat(look.system, { dateStyle: "short", timeStyle: "short" }).format());
page
  .then(async () => {
    // `catalog.rs` reads them from here.
    globalThis.twinboxWords = await words;
    const [{ default: start }] = await ui;
    await start({ module_or_path: program });
  })
  .catch((error) => {
    console.error(error);
    // There may be no catalog to say it with.
    const [sentence, again] = {
      en: ["Twinbox could not be loaded.", "Try again"],
      ar: ["تعذّر تحميل Twinbox.", "أعد المحاولة"],
    }[language];
    const button = Object.assign(document.createElement("button"), { className: "btn", textContent: again });
    button.addEventListener("click", () => location.reload());
    const told = Object.assign(document.createElement("main"), { className: "not-loaded", role: "alert" });
    told.append(sentence, button);
    document.body.append(told);
  });
