// The dialog of embedded signup: shows its screens, and tells the result as its form wants it. With a redirect the
// browser goes there; the popup tells `window.opener`, and so the JavaScript SDK; the hosted form tells nobody.

import { part, post, signupState, text } from "./parts.js";
import { screensOf } from "./screens.js";

const EVERY_MS = 500;

const query = new URLSearchParams(location.search);
const redirectUri = query.get("redirect_uri") ?? "";
const state = query.get("state") ?? "";

let screen = null;

const done = { title: "Connected", show: () => [text("The number is connected. This window can be closed.")], isEnd: true, nextLabel: "Finish" };
const left = { title: "Not connected", show: () => [text("Signup was cancelled. This window can be closed.")], isEnd: true };

function extras() {
  try {
    return JSON.parse(query.get("extras") ?? "{}") ?? {};
  } catch {
    return {};
  }
}

const tell = (message) => window.opener?.postMessage(message, query.get("origin") ?? "*");
const tellEvent = (event, data) => tell(JSON.stringify({ data, type: "WA_EMBEDDED_SIGNUP", event, version: 3 }));

// As Meta's popup tells the SDK, and everyone else who listens.
const tellSdk = (parts) => tell(new URLSearchParams({ cb: query.get("cbt") ?? "", relation: "opener", ...parts }).toString());

function leave(address) {
  if (["http:", "https:"].includes(new URL(address).protocol)) location.assign(address);
}

async function finish(lifetime) {
  const answer = await post("signup/finish", { ...redirectUri && { redirect_uri: redirectUri }, state, lifetime });
  if (answer.location) {
    screen = done;
    leave(answer.location);
    return done;
  }
  const { waba_id: wabaId } = await signupState();
  tellEvent("FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING", { waba_id: wabaId });
  tellSdk({ code: answer.code });
  return done;
}

// Tells why somebody left: the step they were at, or the error they saw.
function tellLeft() {
  tellEvent("CANCEL", screen.report?.() ?? { current_step: screen.step });
}

async function cancel() {
  await post("signup/cancel").catch(() => null);
  tellLeft();
  show(left);
  if (window.opener) return window.close();
  if (!redirectUri) return;
  const refusal = new URLSearchParams({
    error: "access_denied", error_code: "200", error_description: "Permissions error", error_reason: "user_denied", state });
  leave(redirectUri + (redirectUri.includes("?") ? "&" : "?") + refusal);
}

function show(next) {
  screen = next;
  part("h1").textContent = screen.title;
  part(".content").replaceChildren(...screen.show());
  part(".next").hidden = Boolean(screen.poll || (screen.isEnd && !(screen.nextLabel && window.opener)));
  part(".cancel").hidden = Boolean(screen.isEnd);
  part(".next").textContent = screen.nextLabel ?? "Continue";
  part(".cancel").textContent = screen.cancelLabel ?? "Cancel";
  problem(screen.problem ?? "");
  part("h1").focus();
  if (screen.poll) watch(screen);
}

async function watch(watched) {
  const next = await watched.poll().catch(() => undefined);
  if (screen !== watched) return;
  if (next) show(next);
  else setTimeout(() => watch(watched), EVERY_MS);
}

function problem(sentence) {
  part(".problem").textContent = sentence;
  part(".problem").hidden = !sentence;
}

async function goOn() {
  if (screen.isEnd) return window.close();
  part(".next").disabled = true;
  try {
    show(await screen.next());
  } catch (error) {
    problem(error.message);
  }
  part(".next").disabled = false;
}

part("#screen").onsubmit = (event) => {
  event.preventDefault();
  goOn();
};
part(".cancel").onclick = cancel;

// The window is closed halfway.
addEventListener("pagehide", () => {
  if (!screen || screen.isEnd) return;
  navigator.sendBeacon("/_sim/signup/cancel");
  tellLeft();
});

show(screensOf({ about: await signupState(), extras: extras(), finish }).login);
