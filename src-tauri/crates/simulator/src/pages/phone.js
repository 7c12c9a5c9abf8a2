// Plays the business phone (left) and the customers (right). Everything goes through the /_sim/ routes. What people
// wrote is only ever set as text.
"use strict";

const EDIT_SECONDS = 15 * 60;
const DELETE_SECONDS = 2 * 24 * 60 * 60;
const EMOJI = ["👍", "❤️", "😂", "🙏", "🎉"];
const SAMPLES = ["image", "voice", "video", "document", "sticker", "location", "contacts"];
const ICONS = { image: "🖼", audio: "🎤", video: "🎞", document: "📄", sticker: "🌟", location: "📍", contacts: "👤" };
const TICKS = { accepted: "◷", sent: "✓", delivered: "✓✓", read: "✓✓" };

const chats = new Map();
let revision = 0;
let business = { display_phone_number: "", connection: "connected" };

const menu = document.getElementById("menu");
const dialog = document.getElementById("dialog");

function h(tag, props, ...children) {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

async function post(path, body) {
  try {
    const answer = await fetch(`/_sim/${path}`, { method: "POST", body: JSON.stringify(body) });
    if (!answer.ok) toast(await answer.text());
    await news();
    return answer.ok;
  } catch {
    toast("The simulator does not answer.");
    return false;
  }
}

function toast(sentence) {
  const place = document.getElementById("toast");
  place.textContent = sentence;
  place.hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { place.hidden = true; }, 4000);
}

async function news() {
  const answer = await (await fetch(`/_sim/chats?since=${revision}`)).json();
  const isNew = answer.revision !== revision || JSON.stringify(answer.business) !== JSON.stringify(business);
  if (answer.revision < revision) return startAgain();
  for (const chat of answer.chats) {
    const messages = chats.get(chat.user_id)?.messages ?? new Map();
    for (const message of chat.messages) messages.set(message.id, message);
    chats.set(chat.user_id, { ...chat, messages });
  }
  ({ revision, business } = answer);
  if (answer.count !== chats.size) return startAgain();
  if (isNew || !news.shown) phones.forEach((phone) => phone.show());
  news.shown = true;
}

function startAgain() {
  chats.clear();
  revision = 0;
  return news();
}

const name = (chat) => chat.name || (chat.username ? `@${chat.username}` : "") || number(chat) || chat.user_id;
const number = (chat) => (chat.phone ? `+${chat.phone}` : "");
const inOrder = (chat) => [...chat.messages.values()].sort((one, other) => one.at - other.at);
const time = (at) => new Date(at * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
const age = (message) => Date.now() / 1000 - message.at;

function words(message) {
  const { type, body } = message;
  if (message.deleted) return "This message was deleted";
  if (type === "text") return body?.body ?? "";
  if (type === "template") return `Template “${body?.name ?? ""}”`;
  if (type === "system") return body?.body ?? "";
  if (type === "button") return body?.text ?? "";
  if (type === "interactive") return body?.button_reply?.title ?? body?.list_reply?.title ?? body?.body?.text ?? type;
  if (type === "location") return [body?.name, body?.address].filter(Boolean).join(", ");
  if (type === "contacts") return (body ?? []).map((contact) => contact.name?.formatted_name).join(", ");
  if (ICONS[type]) return body?.caption ?? "";
  return `(${type})`;
}

function label(message) {
  const icon = !message.deleted && ICONS[message.type];
  return icon ? `${icon} ${words(message) || message.body?.filename || message.type}` : words(message);
}

function buttonsOf(message) {
  const body = message.body ?? {};
  const replies = (body.action?.buttons ?? []).map((button) => [button.reply?.id, button.reply?.title]);
  const rows = (body.action?.sections ?? []).flatMap((section) => section.rows ?? []).map((row) => [row.id, row.title]);
  const payloads = (message.type === "template" ? body.components ?? [] : [])
    .flatMap((component) => component.parameters ?? [])
    .filter((parameter) => parameter.payload)
    .map((parameter) => [parameter.payload, parameter.payload]);
  return [...replies, ...rows, ...payloads].filter(([id]) => id);
}

function openMenu(anchor, entries) {
  menu.replaceChildren(...entries);
  menu.showPopover();
  const at = anchor.getBoundingClientRect();
  menu.style.left = `${Math.max(8, Math.min(at.left, innerWidth - menu.offsetWidth - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(at.bottom + 4, innerHeight - menu.offsetHeight - 8))}px`;
}

function entry(text, act, className = "") {
  return h("button", { type: "button", className, textContent: text, onclick: () => { menu.hidePopover(); act(); } });
}

function ask(title, path, fields, buttons) {
  const form = h("form", {}, h("h2", { textContent: title }), path && h("p", { className: "path", textContent: path }),
    ...fields, h("div", { className: "buttons" }, ...buttons, h("button", { type: "button", textContent: "Close", onclick: () => dialog.close() })));
  form.onsubmit = (event) => event.preventDefault();
  dialog.replaceChildren(form);
  dialog.showModal();
}

const field = (text, value = "") => {
  const input = h("input", { value });
  return [h("label", {}, text, input), input];
};
const check = (text, checked, onchange) =>
  h("label", { className: "check" }, h("input", { type: "checkbox", checked, onchange: (event) => onchange(event.target.checked) }), text);
const button = (text, act, className = "") =>
  h("button", { type: "button", className, textContent: text, onclick: async () => { if (await act() !== false) dialog.close(); } });

class Phone {
  constructor(side, root) {
    this.side = side;
    this.isBusiness = side === "phone";
    this.root = root;
    this.chosen = null;
    this.replyTo = null;
    this.editing = null;
    this.input = root.querySelector(".composer input");
    root.querySelector(".composer").onsubmit = (event) => { event.preventDefault(); this.submit(); };
    root.querySelector(".context button").onclick = () => this.setContext(null, null);
    root.querySelector(".set").onclick = () => (this.isBusiness ? this.settings() : this.add());
    const attach = root.querySelector(".attach");
    attach.onclick = () => openMenu(attach, SAMPLES.map((type) => entry(type, () => this.write({ type }))));
  }

  get chat() { return chats.get(this.chosen); }
  isMine(message) { return (message.side === "customer") !== this.isBusiness; }

  // What is on its way, or never arrives, is not on the customer's phone.
  has(message) { return this.isBusiness || message.side === "customer" || ["delivered", "read"].includes(message.state); }

  choose(userId) {
    this.chosen = userId;
    this.setContext(null, null);
    this.show();
    this.root.querySelector(".messages").scrollTop = 1e9;
    if (this.isBusiness) post("phone/read", { customer: userId });
  }

  setContext(replyTo, editing) {
    this.replyTo = replyTo;
    this.editing = editing;
    const place = this.root.querySelector(".context");
    place.hidden = !replyTo && !editing;
    place.firstElementChild.textContent = editing ? "Editing" : replyTo ? `Reply to: ${label(replyTo)}` : "";
    this.input.value = editing ? words(editing) : "";
    if (replyTo || editing) this.input.focus();
  }

  async submit() {
    const text = this.input.value.trim();
    if (!text || !this.chat) return;
    const done = this.editing
      ? await post(`${this.side}/edit`, { id: this.editing.id, text })
      : await this.write({ type: "text", text });
    if (done) this.setContext(null, null);
  }

  write(message) {
    const reply = this.replyTo ? { reply_to: this.replyTo.id } : {};
    this.root.querySelector(".messages").scrollTop = 1e9;
    if (message.type !== "text" && this.replyTo) setTimeout(() => this.setContext(null, null));
    const who = this.isBusiness ? { to: this.chosen } : { user_id: this.chosen };
    return post(this.side, { ...who, ...message, ...reply });
  }

  show() {
    const sorted = [...chats.values()].map((chat) => ({ chat, last: inOrder(chat).filter((message) => this.has(message)).at(-1) }))
      .sort((one, other) => (other.last?.at ?? 0) - (one.last?.at ?? 0));
    if (!this.chat) this.chosen = sorted[0]?.chat.user_id ?? null;
    this.root.querySelector(".chats .about").textContent = this.isBusiness
      ? `+${business.display_phone_number}` : `${chats.size} known`;
    const rows = sorted.map(({ chat, last }) => this.row(chat, last));
    this.root.querySelector(".rows").replaceChildren(...rows.length ? rows
      : [h("p", { className: "empty", textContent: this.isBusiness ? "No chats yet" : "Add the first customer" })]);
    this.showThread();
  }

  row(chat, last) {
    const unread = this.isBusiness
      ? [...chat.messages.values()].filter((message) => message.side === "customer" && message.type !== "system" && message.state !== "read").length : 0;
    const mood = this.isBusiness ? "" : `${chat.offline ? "offline" : ""}${chat.blocked ? " blocks you" : ""}`.trim();
    const row = h("button", { type: "button", className: "row", onclick: () => this.choose(chat.user_id) },
      h("span", { className: "name", dir: "auto", textContent: name(chat) }),
      h("span", { className: "time", textContent: mood || (last ? time(last.at) : "") }),
      h("span", { className: "last", dir: "auto", textContent: last ? label(last) : "no messages yet" }),
      unread > 0 && h("span", { className: "unread", textContent: unread }));
    row.setAttribute("aria-current", String(chat.user_id === this.chosen));
    return row;
  }

  showThread() {
    const chat = this.chat;
    const part = (selector) => this.root.querySelector(`.thread ${selector}`);
    part("h2").textContent = chat ? name(chat) : "";
    part(".about").textContent = chat ? [number(chat), chat.username && `@${chat.username}`, chat.hides_phone && "number hidden from webhooks"].filter(Boolean).join(" · ") : "";
    this.input.disabled = !chat;
    const list = part(".messages");
    const sticks = list.scrollTop + list.clientHeight > list.scrollHeight - 40;
    list.replaceChildren(...chat ? inOrder(chat).filter((message) => this.has(message)).map((message) => this.bubble(chat, message)) : []);
    if (sticks) list.scrollTop = list.scrollHeight;
    const notice = part(".notice");
    const isAsked = this.isBusiness && business.signup === "waits_for_phone";
    notice.textContent = isAsked ? "A computer asks to connect this number to the Business Platform. " : this.isBusiness
      ? { disconnected: "Disconnected from the Business Platform: the API gets no messages.", offboarded: "This phone is new. Reconnect the Business Platform in Settings." }[business.connection] ?? ""
      : chat?.blocked ? "The business is blocked." : chat?.offline ? "This phone is off: nothing is delivered to it." : "";
    notice.hidden = !notice.textContent;
    if (isAsked) notice.append(button("Connect", () => { this.connect(); return false; }));
    if (!this.isBusiness) part(".actions").replaceChildren(...chat ? [
      button("Read", () => post("customer/read", { customer: chat.user_id })),
      button(chat.offline ? "Go online" : "Go offline", () => post("customer/settings", { customer: chat.user_id, offline: !chat.offline })),
      button("Person", () => { this.person(chat); return false; })] : []);
  }

  bubble(chat, message) {
    if (message.type === "system") return h("p", { className: "system", textContent: words(message) });
    const isMine = this.isMine(message);
    const quoted = message.quotes && (chat.messages.get(message.quotes) ?? null);
    const reactions = [message.customer_reaction, message.business_reaction].filter(Boolean).join(" ");
    const icon = !message.deleted && ICONS[message.type];
    const text = words(message);
    const taps = message.side !== "customer" && !message.deleted ? buttonsOf(message) : [];
    const state = isMine && (message.side !== "customer" || message.state !== "failed")
      && h("span", { className: message.state, textContent: TICKS[message.state] ?? `failed (${message.error_code})` });
    return h("div", { className: `bubble ${isMine ? "mine" : ""} ${message.side} ${reactions ? "reacted" : ""}` },
      message.quotes && h("div", { className: "quoted", dir: "auto", textContent: quoted ? label(quoted) : "A message not kept here" }),
      icon && this.medium(message, icon),
      text && h("div", { className: message.deleted ? "gone" : "words", dir: "auto", textContent: text }),
      taps.length > 0 && h("div", { className: "buttons" }, ...taps.map(([id, title]) => h("button", {
        type: "button", textContent: title, disabled: this.isBusiness, onclick: () => post("customer/tap", { id: message.id, button: id }) }))),
      h("div", { className: "meta" }, this.isBusiness && message.side === "api" && h("span", { textContent: "API" }),
        message.edited && h("span", { textContent: "edited" }), h("span", { textContent: time(message.at) }), state || null),
      reactions && h("span", { className: "reactions", textContent: reactions }),
      !message.deleted && h("button", { type: "button", className: "more", textContent: "⋯", title: "More", onclick: (event) => this.openActions(event.target, message) }));
  }

  medium(message, icon) {
    const { type, body } = message;
    if (["image", "sticker"].includes(type) && body?.id) {
      return h("img", { className: `picture ${type}`, alt: type, src: `/_sim/media/${encodeURIComponent(body.id)}` });
    }
    const isTall = ["image", "video", "location"].includes(type);
    return h("div", { className: `medium ${isTall ? "tall" : ""}`, textContent: `${icon} ${body?.filename ?? type}` });
  }

  openActions(anchor, message) {
    const act = (what, more = {}) => () => post(`${this.side}/${what}`, { id: message.id, ...more });
    const isOwn = message.side === this.side;
    const current = this.isBusiness ? message.business_reaction : message.customer_reaction;
    openMenu(anchor, [
      h("div", { className: "emoji" }, ...EMOJI.map((emoji) => entry(emoji, act("react", { emoji: emoji === current ? "" : emoji })))),
      entry("Reply", () => this.setContext(message, null)),
      ...isOwn && age(message) < EDIT_SECONDS && ["text", "image", "video", "document"].includes(message.type)
        ? [entry("Edit", () => this.setContext(null, message))] : [],
      ...isOwn && age(message) < DELETE_SECONDS ? [entry("Delete for everyone", act("delete"), "danger")] : []]);
  }

  settings() {
    const tell = (event) => () => post("phone/account", { event });
    const state = { connected: "Connected to the Business Platform.", offboarded: "This phone is new and not connected yet.", disconnected: "Not connected." };
    ask("Business Platform", "Settings › Account › Business Platform", [h("p", { textContent: state[business.connection] ?? "" })], {
      connected: [button("Change phone", tell("change_phone")), button("Disconnect", tell("disconnect"), "danger")],
      offboarded: [button("Reconnect", tell("reconnect")), button("Disconnect", tell("disconnect"), "danger")],
      disconnected: [button("Connect again", tell("connect"))],
    }[business.connection] ?? []);
  }

  connect() {
    const path = "Settings › Account › Business Platform";
    const cancel = button("Cancel", () => post("signup/cancel", {}), "danger");
    const [codeLabel, codeInput] = field("Access code");
    const enter = (share) => () => {
      ask("Enter verification code", path, [codeLabel], [cancel, button("Confirm", () => post("phone/connect", { code: codeInput.value, share }))]);
      return false;
    };
    const consent = () => {
      ask("Share your chats?", path, [h("p", { textContent: "The platform can get the chats of the last six months." })],
        [cancel, button("Don’t share chats", enter(false)), button("Share chats", enter(true))]);
      return false;
    };
    ask("Business Platform", path, [h("p", { textContent: "Connect this number, and go on using the app." })],
      [button("Connect to the Business Platform", consent)]);
  }

  add() {
    const [nameLabel, nameInput] = field("Name");
    const [phoneLabel, phoneInput] = field("Phone number with country code", "+1650555");
    const [userLabel, userInput] = field("Username (optional)");
    ask("Add a customer", "", [nameLabel, phoneLabel, userLabel], [button("Add", async () => {
      const username = userInput.value.trim().replace(/^@/, "");
      const digits = phoneInput.value.replace(/\D/g, "");
      if (!await post("customer/meet", { name: nameInput.value.trim(), phone: phoneInput.value, ...username && { username } })) return false;
      const added = [...chats.values()].find((chat) => chat.phone === digits) ?? [...chats.values()].find((chat) => username && chat.username === username);
      if (added) this.choose(added.user_id);
      return true;
    })]);
  }

  person(chat) {
    const customer = chat.user_id;
    const set = (key) => (value) => post("customer/settings", { customer, [key]: value });
    const [phoneLabel, phoneInput] = field("Phone number", number(chat));
    const [userLabel, userInput] = field("Username", chat.username ?? "");
    ask(name(chat), chat.user_id, [
      check("Phone is off", chat.offline, set("offline")),
      check("Blocks the business", chat.blocked, set("blocked")),
      check("Reads what arrives without being told to", chat.reads_alone, set("reads_alone")),
      check("Shows that they read", chat.shows_reading, set("shows_reading")),
      check("Number is hidden from the business", chat.hides_phone, set("hides_phone")),
      phoneLabel, userLabel,
    ], [
      button("Change number", async () => {
        const digits = phoneInput.value.replace(/\D/g, "");
        if (!await post("customer/number", { customer, phone: phoneInput.value })) return false;
        const moved = [...chats.values()].find((other) => other.phone === digits);
        phones.forEach((phone) => { if (moved && phone.chosen === customer || !phone.chat) phone.choose(moved.user_id); });
        return true;
      }),
      button("Adopt username", () => post("customer/settings", { customer, username: userInput.value.trim().replace(/^@/, "") })),
    ]);
  }
}

const phones = [
  new Phone("phone", document.getElementById("business")),
  new Phone("customer", document.getElementById("customer")),
];

async function follow() {
  try {
    await news();
  } catch {
    toast("The simulator does not answer.");
  }
  setTimeout(follow, 700);
}
follow();
