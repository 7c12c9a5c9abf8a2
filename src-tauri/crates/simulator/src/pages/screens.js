// The screens of embedded signup for a number that stays in the app, in Meta's order ("Onboarding WhatsApp Business app
// users", Jun 2026). Each has its title, what it shows, what Continue does (what it gives is the next screen), and the
// step that Meta names when somebody leaves there ("Embedded Signup: errors", 2026).

import { field, h, part, post, select, signupState, text } from "./parts.js";

// One was the name of the other in version 3 (Meta, "Embedded Signup: versions", 2026).
const COEXISTENCE = ["whatsapp_business_app_onboarding", "coexistence"];

const OBSTACLES = [
  ["", "Nothing in the way"], ["country", "The country is not allowed"], ["version", "The app is too old"],
  ["elsewhere", "The number is connected elsewhere"], ["activity", "The number was hardly used"]];

const OBSTACLE_TITLES = {
  country: "This country is not supported", version: "Update the app first",
  elsewhere: "This number is connected already", activity: "This number needs more activity" };

const choice = (value, sentence, checked) =>
  h("label", { className: "check" }, h("input", { type: "radio", name: "setup", value, checked }), sentence);
const list = (tag, sentences) => h(tag, {}, sentences.map((sentence) => h("li", { textContent: sentence })));

// `about` and `extras`: of the app; `finish`: ends the signup and gives the last screen.
export function screensOf({ about, extras, finish }) {
  let accessCode = "";
  let obstacle = null;
  let shown = {};

  const screens = {
    login: {
      title: "Log in",
      step: "BUSINESS_ACCOUNT_SELECTION",
      show: () => [text(`Log in to let app ${about.app_id} use a WhatsApp Business number.`), field("E-mail", "owner@example.com")[0]],
      next: () => (COEXISTENCE.includes(extras.featureType) ? screens.setup : screens.other),
    },
    setup: {
      title: "Select your setup",
      step: "WABA_PHONE_PROFILE_PICKER",
      show: () => [choice("app", "Connect the WhatsApp Business app I use", true), choice("new", "Use a new or another number", false)],
      next: () => (part("input[name=setup]:checked").value === "app" ? screens.number : screens.other),
    },
    other: {
      title: "Use a new number",
      step: "PHONE_NUMBER_SETUP",
      next: () => screens.setup,
      show: () => [text("A new number would lose the app. The simulator only plays numbers that stay in the app: ask with the feature type whatsapp_business_app_onboarding, and choose the app.")],
    },
    number: {
      title: "Add a phone number for WhatsApp",
      step: "PHONE_NUMBER_SETUP",
      show: () => {
        const [number, numberInput] = field("Number in the WhatsApp Business app, with country code", `+${about.display_phone_number}`, { type: "tel", dir: "ltr" });
        const [found, foundInput] = select("What Meta should find", OBSTACLES);
        shown = { number: numberInput, obstacle: foundInput };
        return [number, h("fieldset", {}, h("legend", { textContent: "Only here, in the simulator" }), found)];
      },
      next: async () => {
        obstacle = null;
        const wanted = shown.obstacle.value;
        try {
          const answer = await post("signup/number", { number: shown.number.value, ...wanted && { obstacle: wanted } });
          accessCode = answer.access_code;
          return screens.code;
        } catch (error) {
          if (!wanted) throw error;
          obstacle = { kind: wanted, message: error.message };
          return screens.obstacle;
        }
      },
    },
    obstacle: {
      title: "This number cannot be connected",
      step: "PHONE_NUMBER_SETUP",
      show: () => {
        part("h1").textContent = OBSTACLE_TITLES[obstacle.kind];
        const { error_id: errorId, session_id: session } = screens.obstacle.report();
        return [text(obstacle.message), h("dl", {}, h("dt", { textContent: "Error" }), h("dd", { textContent: errorId }),
          h("dt", { textContent: "Session" }), h("dd", { textContent: session }))];
      },
      // What is told when somebody leaves here: an error, not a step (Meta, "Embedded Signup: implementation", 2026).
      report: () => {
        obstacle.report ??= {
          error_message: obstacle.message, error_id: "524126", session_id: crypto.randomUUID().replaceAll("-", "").slice(0, 15),
          timestamp: String(Math.floor(Date.now() / 1000)) };
        return obstacle.report;
      },
      nextLabel: "Use another number",
      cancelLabel: "Report and leave",
      next: () => screens.number,
    },
    code: {
      title: "Share your contacts and chats",
      step: "PHONE_NUMBER_VERIFICATION",
      show: () => [
        h("div", { className: "scan" }, h("img", { alt: "QR code", src: `/_sim/signup/qr.svg?${accessCode}` }),
          h("div", { className: "content" }, text("Access code", "quiet"), h("p", { className: "code", textContent: `${accessCode.slice(0, 4)}-${accessCode.slice(4)}` }))),
        list("ol", ["On the phone, open the message of Facebook Business and tap Connect.", "Tap Connect to the Business Platform.",
          "Choose whether to share chats.", "Scan the QR code, or enter the access code."]),
        h("p", { className: "quiet waiting" }, "Waiting for the phone…", " ",
          h("a", { href: "/phone", target: "_blank", rel: "noopener", textContent: "Open the simulated phone" })),
      ],
      // Gives the next screen once the phone decided, or undefined.
      poll: async () => {
        const { step } = await signupState();
        if (step === "confirmed") return screens.details;
        if (step === "waits_for_phone") return undefined;
        return { ...screens.number, problem: step === "cancelled" ? "The phone cancelled. Try again." : "This code is not valid any more. Try again." };
      },
    },
    details: {
      title: "Business details",
      step: "WHATSAPP_BUSINESS_PROFILE_SETUP",
      next: () => screens.permissions,
      show: () => [
        field("Business portfolio", "Tandem & Oak")[0], field("WhatsApp Business account", "Tandem & Oak")[0],
        select("Time zone", [["1", "Europe/Berlin"], ["2", "America/New_York"], ["3", "Asia/Tokyo"]])[0],
        select("Category", [["retail", "Shopping and retail"], ["other", "Other"]])[0]],
    },
    permissions: {
      title: "Review what the app may do",
      step: "PERMISSIONS",
      show: () => {
        const [lifetime, input] = select("The token lives", [["sixty_days", "60 days"], ["endless", "for ever"]]);
        shown = { lifetime: input };
        return [list("ul", ["Manage the WhatsApp account", "Send and receive its messages"]),
          h("fieldset", {}, h("legend", { textContent: "Set by the configuration of the app" }), lifetime)];
      },
      next: () => {
        screens.confirm.lifetime = shown.lifetime.value;
        return screens.confirm;
      },
    },
    confirm: {
      title: "Ready to connect",
      step: "PERMISSIONS",
      nextLabel: "Confirm",
      show: () => [text(`+${about.display_phone_number} will be connected to app ${about.app_id}. The phone goes on working.`)],
      next: () => finish(screens.confirm.lifetime),
    },
  };
  return screens;
}
