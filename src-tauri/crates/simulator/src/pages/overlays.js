// What lies over a page: a menu, a dialog, a short sentence.

import { h, part, text } from "./parts.js";

const menu = part("#menu");
const dialog = part("#dialog");
const notice = part("#toast");
let noticeTimer = 0;

export function toast(sentence) {
  notice.textContent = sentence;
  notice.hidden = false;
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(() => { notice.hidden = true; }, 4000);
}

export function openMenu(anchor, entries) {
  menu.replaceChildren(...entries);
  menu.showPopover();
  const at = anchor.getBoundingClientRect();
  menu.style.left = `${Math.max(8, Math.min(at.left, innerWidth - menu.offsetWidth - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(at.bottom + 4, innerHeight - menu.offsetHeight - 8))}px`;
}

export const entry = (label, act, className = "") =>
  h("button", { type: "button", className, textContent: label, onclick: () => { menu.hidePopover(); act(); } });

export const heading = (label) => h("p", { className: "heading", textContent: label });

export const closeDialog = () => dialog.close();

// A dialog. `buttons`: label, what to do, class; Enter does the primary one. An act that throws shows why and leaves the
// dialog open; so does one that gives false.
export function ask(title, path, content, buttons) {
  const problem = text("", "problem danger");
  problem.hidden = true;
  const run = async (act) => {
    try {
      problem.hidden = true;
      if (await act() !== false) dialog.close();
    } catch (error) {
      problem.textContent = error.message;
      problem.hidden = false;
    }
  };
  const made = buttons.map(([label, act, className = ""]) =>
    h("button", { type: "button", className, textContent: label, onclick: () => run(act) }));
  const close = h("button", { type: "button", className: "close", textContent: "✕", "aria-label": "Close", onclick: closeDialog });
  const form = h("form", {}, h("div", { className: "title" }, h("h2", { dir: "auto", textContent: title }), close),
    path && text(path, "path"), content, problem, made.length > 0 && h("div", { className: "buttons" }, made));
  form.onsubmit = (event) => event.preventDefault();
  form.onkeydown = (event) => {
    if (event.key === "Enter" && event.target.tagName === "INPUT") {
      event.preventDefault();
      part(".primary", form)?.click();
    }
  };
  dialog.replaceChildren(form);
  if (!dialog.open) dialog.showModal();
}

export const check = (label, checked, onchange) =>
  h("label", { className: "check" }, h("input", { type: "checkbox", checked, onchange: (event) => onchange(event.target.checked) }), label);
