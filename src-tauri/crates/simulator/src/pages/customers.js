// The phones of the customers, one open at a time.

import { field, h, text } from "./parts.js";
import { ask, check, closeDialog, entry, heading } from "./overlays.js";
import { chats, did, isTyping, must } from "./feed.js";
import { Device, action } from "./device.js";
import { flowReply, locate } from "./attachments.js";
import { name, number } from "./words.js";

// How the next message differs: a menu entry, what is said above the chat, and what stands beside the message.
const SPECIAL_WAYS = [
  ["Forwarded", "The next message is forwarded.", { forwarded: true }],
  ["Forwarded many times", "The next message is forwarded many times.", { frequently_forwarded: true }],
  ["From an ad", "The next message comes from an ad.", { referral: true }],
  ["Unreadable at first", "The Cloud API cannot read the next message (131060), and gets it three seconds later.", null],
];

// Who can have the conversation (Meta, "Conversation Routing", Aug 2026).
const OWNERS = [["app", "This app"], ["another_app", "Another app"], ["ai_agent", "Meta’s agent"]];

const READABLE_AFTER_MS = 3000;

const once = (title, path, body) =>
  h("button", { type: "button", textContent: title, onclick: async () => { if (await did(path, body)) closeDialog(); } });

export class Customers extends Device {
  emptiness = "Add the first customer";
  way = null;

  constructor(root) { super("customer", root); }

  address() { return { user_id: this.chosen }; }
  about() { return chats.size === 1 ? "1 person" : `${chats.size} people`; }

  aboutChat(chat) {
    if (isTyping(chat)) return "business is typing…";
    return [number(chat), chat.username && `@${chat.username}`, chat.hides_phone && "number hidden"].filter(Boolean).join(" · ");
  }

  note(chat) { return [chat.offline && "off", chat.blocked && "blocks"].filter(Boolean).join(", "); }
  unread() { return 0; }
  pinned() { return []; }
  onSeen() {}
  onSet() { this.add(); }

  notice(chat) {
    if (chat?.blocked) return "This person blocked the business.";
    if (chat?.offline) return "This phone is off: nothing is delivered to it.";
    return this.way?.[1] ?? "";
  }

  // Buttons stay from chat to chat, so they ask for the chosen one when they are pressed.
  actions(chat) {
    const switched = (offline) => () => did("customer/settings", { customer: this.chosen, offline });
    return [
      action("Read", () => did("customer/read", { customer: this.chosen })),
      chat.offline ? action("Turn on", switched(false)) : action("Turn off", switched(true)),
      action("Person", () => this.person(this.chat))];
  }

  attachments() {
    const next = (way) => () => { this.way = way; this.show(); };
    const ways = SPECIAL_WAYS.map((way) => entry(way[0], next(way)));
    return [...super.attachments(), heading("Next message"), ...ways, this.way && entry("As usual", next(null))].filter(Boolean);
  }

  async send(message) {
    const done = this.way && !this.way[2] ? await this.ghost(message) : await super.send({ ...message, ...this.way && { beside: this.way[2] } });
    if (done) this.way = null;
    this.show();
    return done;
  }

  ghost(message) {
    const whole = { ...this.address(), ...message, ...this.replyTo && { reply_to: this.replyTo.id } };
    return did("customer/ghost", { message: whole, after_ms: READABLE_AFTER_MS });
  }

  extraActions(message) {
    const isPlayable = message.side === "api" && message.type === "audio" && message.body?.voice;
    return isPlayable ? [entry("Play to the end", () => did("customer/play", { id: message.id }))] : [];
  }

  answerFlow(asked) {
    this.replyTo = asked;
    const token = asked.body?.action?.parameters?.flow_token ?? "unused";
    return this.attach({ type: "interactive", body: flowReply(token) });
  }

  answerLocation(asked) {
    this.replyTo = asked;
    locate((message) => this.attach(message));
  }

  add() {
    const [nameLabel, nameInput] = field("Name", "");
    const [phoneLabel, phone] = field("Phone number with country code", "+1650555", { type: "tel", dir: "ltr" });
    const [userLabel, user] = field("Username (optional)", "", { dir: "ltr" });
    ask("Add a customer", "", [nameLabel, phoneLabel, userLabel], [["Add", async () => {
      const username = user.value.trim().replace(/^@/, "");
      const met = await must("customer/meet", { name: nameInput.value.trim(), phone: phone.value.trim(), ...username && { username } });
      this.choose(met.user_id);
    }, "primary"]]);
    nameInput.focus();
  }

  person(chat) {
    const customer = chat.user_id;
    const set = (key) => (value) => did("customer/settings", { customer, [key]: value });
    const [phoneLabel, phone] = field("Phone number", number(chat), { type: "tel", dir: "ltr" });
    const [userLabel, user] = field("Username", chat.username ?? "", { dir: "ltr" });
    ask(name(chat), chat.user_id, [
      check("The phone is off", chat.offline, set("offline")),
      check("Blocks the business", chat.blocked, set("blocked")),
      check("Reads what arrives without being told to", chat.reads_alone, set("reads_alone")),
      check("Shows that they read", chat.shows_reading, set("shows_reading")),
      check("The number is hidden from the business", chat.hides_phone, set("hides_phone")),
      phoneLabel, userLabel,
      h("div", { className: "group" }, text("The conversation goes to", "path"),
        OWNERS.map(([owner, title]) => once(title, "customer/owner", { customer, owner }))),
      h("div", { className: "group" }, text("Marketing messages", "path"),
        once("Stop", "customer/marketing", { customer, stops: true }), once("Allow again", "customer/marketing", { customer, stops: false })),
    ], [
      ["Adopt username", () => must("customer/settings", { customer, username: user.value.trim().replace(/^@/, "") })],
      ["Change number", () => this.changeNumber(customer, phone.value)],
    ]);
  }

  // Another number is another user id; the chat goes on under it.
  async changeNumber(customer, phone) {
    const digits = phone.replace(/\D/g, "");
    await must("customer/number", { customer, phone });
    const moved = [...chats.values()].find((chat) => chat.phone === digits);
    if (moved) this.choose(moved.user_id);
  }
}
