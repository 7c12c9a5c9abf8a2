// The dialog of embedded signup for a number that stays in the app, screen by screen.
"use strict";

const query = new URLSearchParams(location.search);
const redirectUri = query.get("redirect_uri") ?? "";
const state = query.get("state") ?? "";
const part = (selector) => document.querySelector(selector);
const later = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

let about = { app_id: "", waba_id: "", display_phone_number: "" };
let accessCode = "";
let screen = null;
let lifetime = "sixty_days";

function h(tag, props, ...children) {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...children);
  return element;
}

const text = (sentence) => h("p", { textContent: sentence });
const choice = (name, value, sentence, checked) =>
  h("label", { className: "check" }, h("input", { type: "radio", name, value, checked }), sentence);
const select = (name, options) =>
  h("select", { name }, ...options.map(([value, sentence]) => h("option", { value, textContent: sentence })));
const labelled = (sentence, input) => h("label", {}, sentence, input);

async function post(path, body) {
  const answer = await fetch(`/_sim/${path}`, { method: "POST", body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

function features() {
  try {
    return JSON.parse(query.get("extras") ?? "{}");
  } catch {
    return {};
  }
}

// Each screen: its title, what it shows, what Continue does (what it gives is the next screen), and the step Meta names
// when somebody leaves there.
const screens = {
  login: {
    title: "Log in",
    step: "BUSINESS_ACCOUNT_SELECTION",
    show: () => [text("Log in to let the app use a WhatsApp Business number."), labelled("E-mail", h("input", { value: "owner@example.com" }))],
    next: () => (features().featureType === "whatsapp_business_app_onboarding" ? screens.setup : screens.other),
  },
  setup: {
    title: "Select your setup",
    step: "WABA_PHONE_PROFILE_PICKER",
    show: () => [choice("setup", "app", "Connect the WhatsApp Business app I use", true), choice("setup", "new", "Use a new or another number", false)],
    next: () => (part("input[name=setup]:checked").value === "app" ? screens.number : screens.other),
  },
  other: {
    title: "Use a new number",
    step: "PHONE_NUMBER_SETUP",
    show: () => [text("A new number would lose the app. The simulator only plays numbers that stay in the app: ask with the feature type whatsapp_business_app_onboarding, and choose the app.")],
    next: () => screens.setup,
  },
  number: {
    title: "Add a phone number",
    step: "PHONE_NUMBER_SETUP",
    show: () => [
      labelled("Number in the WhatsApp Business app", h("input", { name: "number", value: `+${about.display_phone_number}` })),
      labelled("What the simulator should find", select("obstacle", [
        ["", "Nothing in the way"], ["country", "The country is not allowed"], ["version", "The app is too old"],
        ["elsewhere", "The number is connected elsewhere"], ["activity", "The number was hardly used"]])),
    ],
    next: async () => {
      const obstacle = part("select[name=obstacle]").value;
      const answer = await post("signup/number", { number: part("input[name=number]").value, ...obstacle && { obstacle } });
      accessCode = answer.access_code;
      return screens.code;
    },
  },
  code: {
    title: "Share your contacts and chats",
    step: "PHONE_NUMBER_VERIFICATION",
    show: () => [
      h("p", { className: "code", textContent: `${accessCode.slice(0, 4)}-${accessCode.slice(4)}` }),
      h("ol", {}, ...["On the phone, open the message about the Business Platform.", "Tap Connect.", "Choose whether to share chats.", "Enter this code."]
        .map((sentence) => h("li", { textContent: sentence }))),
      text("Waiting for the phone…"),
    ],
    waits: true,
  },
  details: {
    title: "Business details",
    step: "WHATSAPP_BUSINESS_PROFILE_SETUP",
    show: () => [
      labelled("Business portfolio", h("input", { value: "Tandem & Oak" })),
      labelled("Time zone", select("zone", [["1", "Europe/Berlin"], ["2", "America/New_York"], ["3", "Asia/Tokyo"]])),
      labelled("Category", select("category", [["retail", "Shopping and retail"], ["other", "Other"]])),
    ],
    next: () => screens.permissions,
  },
  permissions: {
    title: "Review what the app may do",
    step: "PERMISSIONS",
    show: () => [
      h("ul", {}, ...["Manage the WhatsApp account", "Send and receive its messages"].map((sentence) => h("li", { textContent: sentence }))),
      labelled("The token lives", select("lifetime", [["sixty_days", "60 days"], ["endless", "for ever"]])),
    ],
    next: () => {
      lifetime = part("select[name=lifetime]").value;
      return screens.finish;
    },
  },
  finish: {
    title: "Ready to connect",
    step: "PERMISSIONS",
    show: () => [text(`+${about.display_phone_number} will be connected to app ${about.app_id}. The phone goes on working.`)],
    next: async () => {
      const answer = await post("signup/finish", { ...redirectUri && { redirect_uri: redirectUri }, state, lifetime });
      tellOpener("FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING", { waba_id: about.waba_id });
      if (!answer.location) return screens.done;
      leave(answer.location);
      return screen;
    },
  },
  done: {
    title: "Connected",
    show: () => [text("This window can be closed.")],
    isEnd: true,
  },
  left: {
    title: "Not connected",
    show: () => [text("Signup was cancelled. This window can be closed.")],
    isEnd: true,
  },
};

function tellOpener(event, data) {
  window.opener?.postMessage(JSON.stringify({ data, type: "WA_EMBEDDED_SIGNUP", event, version: 3 }), "*");
}

function leave(address) {
  if (["http:", "https:"].includes(new URL(address).protocol)) location.assign(address);
}

function show(next) {
  screen = next;
  part("h1").textContent = screen.title;
  part(".content").replaceChildren(...screen.show());
  part(".problem").hidden = true;
  part(".next").hidden = Boolean(screen.waits || screen.isEnd);
  part(".cancel").hidden = Boolean(screen.isEnd);
  part(".next").textContent = screen === screens.finish ? "Confirm" : "Continue";
  if (screen.waits) waitForPhone();
}

async function waitForPhone() {
  while (screen === screens.code) {
    const { step } = await (await fetch("/_sim/signup")).json();
    if (step === "confirmed") return show(screens.details);
    if (step === "cancelled") {
      show(screens.number);
      return problem("The phone cancelled. Try again.");
    }
    await later(500);
  }
}

function problem(sentence) {
  part(".problem").textContent = sentence;
  part(".problem").hidden = false;
}

part(".next").onclick = async () => {
  try {
    const next = await screen.next();
    if (next !== screen) show(next);
  } catch (error) {
    problem(error.message);
  }
};

part(".cancel").onclick = async () => {
  await post("signup/cancel", {}).catch(() => null);
  tellOpener("CANCEL", { current_step: screen.step });
  const refusal = new URLSearchParams({
    error: "access_denied", error_code: "200", error_description: "Permissions error", error_reason: "user_denied", state });
  if (!redirectUri) return show(screens.left);
  leave(redirectUri + (redirectUri.includes("?") ? "&" : "?") + refusal);
};

async function begin() {
  about = await (await fetch("/_sim/signup")).json();
  show(screens.login);
}
begin();
