// One message of a thread.

import { h, text } from "./parts.js";
import { did } from "./feed.js";
import { ICONS, buttonsOf, label, time, words } from "./words.js";

const TICKS = { accepted: ["◷", "Accepted"], sent: ["✓", "Sent"], delivered: ["✓✓", "Delivered"], read: ["✓✓", "Read"] };

// `view`: isBusiness, isMine, quoted (null: not kept), onMore.
export function bubble(message, view) {
  if (message.type === "system") return h("p", { className: "system", dir: "auto", textContent: words(message) });
  const said = words(message);
  const reactions = message.deleted ? "" : [message.customer_reaction, message.business_reaction].filter(Boolean).join(" ");
  const classes = ["bubble", view.isMine && "mine", message.side, reactions && "reacted"].filter(Boolean).join(" ");
  return h("div", { className: classes },
    message.forwarded && !message.deleted && h("div", { className: "mark", textContent: "↪ Forwarded" }),
    message.referral && !message.deleted && advertisement(message.referral),
    message.quotes && !message.deleted && h("div", { className: "quoted", dir: "auto", textContent: view.quoted ? label(view.quoted) : "A message that is not kept here" }),
    !message.deleted && medium(message),
    said && h("div", { className: message.deleted ? "gone" : "words", dir: "auto", textContent: said }),
    taps(message, view),
    foot(message, view),
    reactions && h("span", { className: "reactions", textContent: reactions }),
    !message.deleted && h("button", { type: "button", className: "more", textContent: "⋯", title: "More", onclick: (event) => view.onMore(event.currentTarget) }));
}

function foot(message, view) {
  const showsState = view.isMine && !(message.side === "customer" && message.state === "failed");
  const [mark, title] = TICKS[message.state] ?? [`failed (${message.error_code})`, "Not delivered"];
  return h("div", { className: "meta" },
    view.isBusiness && message.side === "api" && h("span", { className: "origin", textContent: "API" }),
    message.edited && !message.deleted && h("span", { textContent: "edited" }), h("span", { textContent: time(message.at) }),
    showsState && h("span", { className: `tick ${message.state}`, title, textContent: mark }));
}

function taps(message, view) {
  if (message.side === "customer" || message.deleted) return null;
  const action = message.type === "interactive" ? message.body?.action ?? {} : {};
  const link = action.name === "cta_url" && action.parameters?.display_text;
  const flow = action.name === "flow" && (action.parameters?.flow_cta ?? "Open");
  const made = buttonsOf(message).map(([id, title]) => tap(title, view, () => did("customer/tap", { id: message.id, button: id })));
  if (link) made.push(tap(`↗ ${link}`, view, () => {}));
  if (flow) made.push(tap(flow, view, () => view.onFlow(message)));
  if (action.name === "send_location") made.push(tap("Send location", view, () => view.onLocation(message)));
  return made.length > 0 && h("div", { className: "taps" }, made);
}

const tap = (title, view, onclick) => h("button", { type: "button", dir: "auto", textContent: title, disabled: view.isBusiness, onclick });

function medium(message) {
  const { type, body } = message;
  const icon = ICONS[type];
  if (!icon || type === "contacts" || type === "order") return icon && h("div", { className: "mark", textContent: icon });
  if (type === "location") return h("div", { className: "medium tall", textContent: icon });
  if (!body?.id) return placeholder(`${icon} ${body?.link ? "by link" : type}`);
  const src = `/_sim/media/${encodeURIComponent(body.id)}`;
  const instead = (event) => event.currentTarget.replaceWith(placeholder(`${icon} ${type}`));
  switch (type) {
    case "image": case "sticker": return h("img", { className: `picture ${type}`, alt: type, src, onerror: instead });
    case "video": return h("video", { className: "picture", controls: true, preload: "metadata", src, onerror: instead });
    case "audio": return h("audio", { controls: true, preload: "metadata", src, onerror: instead });
    default: return h("a", { className: "medium", href: src, download: body.filename ?? "document", dir: "auto", textContent: `${icon} ${body.filename ?? type}` });
  }
}

const placeholder = (sentence) => h("div", { className: "medium", textContent: sentence });

const advertisement = (referral) => h("div", { className: "quoted", dir: "auto" },
  h("strong", { textContent: referral.headline ?? "Advertisement" }), text(referral.body ?? ""), text(referral.source_url ?? ""));
