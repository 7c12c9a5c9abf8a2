// The WhatsApp Business app on the business phone.

import { field, h, select, signupState, text } from "./parts.js";
import { ask, check, entry, openMenu, toast } from "./overlays.js";
import { business, did, must } from "./feed.js";
import { Device, action } from "./device.js";
import { name, number } from "./words.js";

const PLATFORM = "Settings › Account › Business Platform";

// Meta says minutes.
const RECONNECTS_AFTER_MS = 3000;

const CONNECTIONS = {
  connected: "Connected to the Business Platform.",
  offboarded: "The app was set up on this phone anew. The Business Platform is not connected yet.",
  disconnected: "Not connected to the Business Platform.",
};

// Why a number leaves the platform (Meta, "account_update webhook", Apr 2026).
const REASONS = [
  ["", "Somebody presses Disconnect Account"],
  ["PRIMARY_INACTIVITY", "This phone was not used for 14 days"],
  ["COMPANION_INACTIVITY", "A linked device was not used for 30 days"],
  ["BUSINESS_DOWNGRADE", "The number moved to the consumer app"],
  ["CHANGE_NUMBER", "The number was changed in the app"],
  ["ACCOUNT_DISCONNECTED", "The WhatsApp account was deleted"],
  ["USER_RE_REGISTERED", "The number was registered anew without reconnecting"],
];

export class BusinessPhone extends Device {
  emptiness = "No chats yet";

  constructor(root) { super("phone", root); }

  address() { return { to: this.chosen }; }
  about() { return `+${business.display_phone_number}`; }
  aboutChat(chat) { return [number(chat), chat.username && `@${chat.username}`].filter(Boolean).join(" · "); }
  note() { return ""; }

  // Somebody looks at a chat that they opened: what is in it is read.
  onSeen() {
    if (this.chat && this.unread(this.chat) > 0) did("phone/read", { customer: this.chosen });
  }

  unread(chat) {
    const isUnread = (message) => message.side === "customer" && message.type !== "system" && message.state !== "read";
    return chat.inOrder.filter(isUnread).length;
  }

  notice() {
    return business.connection === "connected" ? "" : `${CONNECTIONS[business.connection]} The API gets and sends no messages.`;
  }

  actions() { return [action("Contact", () => this.contact(this.chat))]; }

  // The message of the signup, on top of the chats while one waits for the phone.
  pinned() {
    if (business.signup !== "waits_for_phone") return [];
    return [{
      id: "signup",
      key: "",
      make: () => h("button", { type: "button", className: "row pinned", onclick: () => this.message() },
        h("span", { className: "avatar", textContent: "f" }), h("span", { className: "name", textContent: "Facebook Business ✓" }),
        h("span", { className: "time", textContent: "now" }), h("span", { className: "last", textContent: "Connect your number to the Business Platform" })),
    }];
  }

  onSet() {
    openMenu(this.part(".set"), [
      entry("New chat…", () => this.newChat()),
      entry("Account › Business Platform", () => this.platform()),
      entry("Set up the app on another phone…", () => this.move())]);
  }

  newChat() {
    const [phoneLabel, phone] = field("Phone number with country code", "+1650555", { type: "tel", dir: "ltr" });
    const [wordsLabel, words] = field("Message", "Hello!");
    ask("New chat", "", [phoneLabel, wordsLabel],
      [["Send", () => must("phone", { to: phone.value.trim(), text: words.value.trim() }), "primary"]]);
  }

  extraActions() { return []; }

  // The phone's own contacts, of which the platform is told (field `smb_app_state_sync`).
  contact(chat) {
    const customer = chat.user_id;
    const [label, input] = field("Name in the contacts", chat.name);
    ask(name(chat), number(chat), [label], [
      ["Remove from contacts", () => must("phone/contact", { customer }), "danger"],
      ["Save", () => must("phone/contact", { customer, name: input.value.trim() }), "primary"]]);
  }

  platform() {
    const tell = (event) => () => must("phone/account", { event });
    const disconnect = ["Disconnect Account…", () => { this.disconnect(); return false; }, "danger"];
    ask("Business Platform", PLATFORM, [text(CONNECTIONS[business.connection] ?? "")], {
      connected: [disconnect],
      offboarded: [disconnect, ["Reconnect", tell("reconnect"), "primary"]],
      disconnected: [["Connect again without a signup", tell("connect")]],
    }[business.connection] ?? []);
  }

  // The app on the other phone offers to reconnect, already ticked (Meta, "Reconnect after a device change", May 2026).
  move() {
    let reconnects = true;
    ask("Set up the app on another phone", "", [
      text("The Business Platform leaves the number until the other phone reconnects it."),
      check("Reconnect the Business Platform", reconnects, (checked) => { reconnects = checked; })],
    [["Set up", async () => {
      await must("phone/account", { event: "change_phone" });
      if (reconnects) setTimeout(() => did("phone/account", { event: "reconnect" }), RECONNECTS_AFTER_MS);
    }, "primary"]]);
  }

  disconnect() {
    const [label, reason] = select("What happens", REASONS);
    ask("Disconnect Account", PLATFORM, [text("Business tools stop getting and sending messages. The app goes on working."), label], [
      ["Disconnect", () => must("phone/account", { event: "disconnect", ...reason.value && { reason: reason.value } }), "danger primary"]]);
  }

  // The screens of a signup on the phone, in Meta's order ("Onboarding WhatsApp Business app users", Jun 2026).
  message() {
    ask("Facebook Business ✓", "", [
      text("A business tool on a computer asks to use this number, too. You will go on using the app as before."),
      text("Did nobody of yours ask for it? Then ignore this message.")],
    [["Connect", () => { this.offer(); return false; }, "primary"]]);
  }

  offer() {
    ask("Business Platform", PLATFORM, [text("Connect this number to the Business Platform, and go on using the app.")],
      [["Connect to the Business Platform", () => { this.consent(); return false; }, "primary"]]);
  }

  consent() {
    const choose = (share) => () => { this.verify(share); return false; };
    ask("Share your chats?", PLATFORM, [text("The business tool can get the chats of the last six months, without groups.")], [
      ["Cancel", () => this.cancel()], ["Don’t share chats", choose(false)], ["Share chats", choose(true), "primary"]]);
  }

  verify(share) {
    const [label, code] = field("Enter access code", "", { autocapitalize: "characters", spellcheck: false, maxLength: 9 });
    const connect = async (shown) => {
      await must("phone/connect", { code: shown, share });
      toast("Confirmed. Go on at the computer.");
    };
    ask("Enter verification code", PLATFORM, [text("The code is shown on the computer."), label], [
      ["Cancel", () => this.cancel()],
      ["Scan QR code instead", async () => {
        const { access_code: shown } = await signupState();
        if (!shown) throw new Error("No code is shown on the computer.");
        return connect(shown);
      }],
      ["Continue", () => connect(code.value), "primary"]]);
    code.focus();
  }

  async cancel() {
    await must("signup/cancel");
    toast("Not connected.");
  }
}
