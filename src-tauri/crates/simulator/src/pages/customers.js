// The phones of the customers, one open at a time.

import { field } from "./parts.js";
import { ask, check, entry, heading } from "./overlays.js";
import { chats, did, isTyping, must } from "./feed.js";
import { Device, action } from "./device.js";
import { flowReply, locate } from "./attachments.js";
import { name, number } from "./words.js";

// An ad that was tapped (Meta, "Messages webhook reference: text", 2026).
const ADVERTISEMENT = {
  source_url: "https://fb.me/3cr4Wqqkv", source_id: "120226305854810726", source_type: "ad", headline: "Spring check for your bike",
  body: "Brakes, gears and a ride around the block.", media_type: "image", image_url: "https://example.com/spring.jpg", ctwa_clid: "Aff-n8ZTODiE79d22KtAwQKj9e",
};

export class Customers extends Device {
  emptiness = "Add the first customer";
  extra = {};

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
    return Object.keys(this.extra).length > 0 ? "The next message is " + (this.extra.forwarded ? "forwarded." : "sent from an ad.") : "";
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
    const next = (extra) => () => { this.extra = extra; this.show(); };
    return [...super.attachments(), heading("Next message"),
      entry("Forwarded", next({ forwarded: true })), entry("From an ad", next({ referral: ADVERTISEMENT })), entry("As usual", next({}))];
  }

  async send(message) {
    const done = await super.send({ ...message, ...this.extra });
    if (done) this.extra = {};
    this.show();
    return done;
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
