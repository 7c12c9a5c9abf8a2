// A phone with a list of chats and one open chat: what the business's and the customers' have in common.

import { h, keep, part } from "./parts.js";
import { entry, openMenu } from "./overlays.js";
import { chats, did } from "./feed.js";
import { attachmentEntries } from "./attachments.js";
import { bubble } from "./bubble.js";
import { ageSeconds, initials, label, name, when, words } from "./words.js";

// The app offers an edit and a deletion for so long (Meta, "Edit" and "Revoke" webhooks, 2026).
const EDIT_SECONDS = 15 * 60;
const DELETE_SECONDS = 2 * 24 * 60 * 60;
const EMOJI = ["👍", "❤️", "😂", "🙏", "🎉"];

export class Device {
  // `side`: "phone" or "customer", as the control routes name it.
  constructor(side, root) {
    this.side = side;
    this.isBusiness = side === "phone";
    this.root = root;
    this.chosen = null;
    // Whether somebody opened the chosen chat; the first one is shown without.
    this.isOpened = false;
    this.replyTo = null;
    this.editing = null;
    this.input = this.part("textarea");
    this.list = this.part(".messages");
    this.part(".composer").onsubmit = (event) => { event.preventDefault(); this.submit(); };
    this.input.onkeydown = (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.submit();
    };
    this.part(".context button").onclick = () => this.setContext(null, null);
    this.part(".back").onclick = () => this.close();
    this.part(".set").onclick = () => this.onSet();
    const attach = this.part(".attach");
    attach.onclick = () => openMenu(attach, this.attachments());
  }

  part(selector) { return part(selector, this.root); }
  get chat() { return chats.get(this.chosen); }
  isMine(message) { return (message.side === "customer") !== this.isBusiness; }

  // What is on its way, or never arrives, is not on the customer's phone.
  has(message) { return this.isBusiness || message.side === "customer" || ["delivered", "read"].includes(message.state); }

  seen(chat) { return chat.inOrder.filter((message) => this.has(message)); }

  choose(userId) {
    this.chosen = userId;
    this.isOpened = true;
    this.root.classList.add("open");
    this.setContext(null, null);
    this.show();
    this.list.scrollTop = this.list.scrollHeight;
  }

  close() {
    this.isOpened = false;
    this.root.classList.remove("open");
  }

  setContext(replyTo, editing) {
    this.replyTo = replyTo;
    this.editing = editing;
    this.part(".context span").textContent = editing ? "Edit the message" : replyTo ? `Reply to: ${label(replyTo)}` : "";
    this.part(".context").hidden = !replyTo && !editing;
    this.input.value = editing ? words(editing) : "";
    if (replyTo || editing) this.input.focus();
  }

  async submit() {
    const text = this.input.value.trim();
    if (!text || !this.chat) return;
    const done = this.editing
      ? await did(`${this.side}/edit`, { id: this.editing.id, text })
      : await this.send({ type: "text", text });
    if (done) this.setContext(null, null);
  }

  // A medium takes what is typed along, as its caption.
  async attach(message) {
    const caption = ["image", "video", "document"].includes(message.type) ? this.input.value.trim() : "";
    const captioned = message.body ? { ...message, body: { ...message.body, ...caption && { caption } } } : { ...message, ...caption && { caption } };
    const done = await this.send(Array.isArray(message.body) ? message : captioned);
    if (done) this.setContext(null, null);
    return done;
  }

  async send(message) {
    const done = await did(this.side, { ...this.address(), ...message, ...this.replyTo && { reply_to: this.replyTo.id } });
    this.list.scrollTop = this.list.scrollHeight;
    return done;
  }

  attachments() { return attachmentEntries(this.isBusiness, (message) => this.attach(message)); }

  show() {
    const sorted = [...chats.values()].map((chat) => ({ chat, last: chat.inOrder.findLast((message) => this.has(message)) }))
      .sort((one, other) => (other.last?.at ?? 0) - (one.last?.at ?? 0));
    if (!this.chat) this.chosen = sorted[0]?.chat.user_id ?? null;
    this.part(".chats .about").textContent = this.about();
    const rows = [...this.pinned(), ...sorted.map(({ chat, last }) => this.row(chat, last))];
    const empty = { id: "empty", key: "", make: () => h("p", { className: "empty", textContent: this.emptiness }) };
    keep(this.part(".rows"), rows.length > 0 ? rows : [empty]);
    this.showThread();
  }

  row(chat, last) {
    const unread = this.unread(chat);
    const isChosen = chat.user_id === this.chosen;
    const note = this.note(chat) || (last ? when(last.at) : "");
    const said = last ? label(last) : "no messages yet";
    return {
      id: chat.user_id,
      key: JSON.stringify([name(chat), note, said, unread, isChosen]),
      make: () => h("button", { type: "button", className: "row", onclick: () => this.choose(chat.user_id), "aria-current": String(isChosen) },
        h("span", { className: "avatar", textContent: initials(chat) }),
        h("span", { className: "name", dir: "auto", textContent: name(chat) }),
        h("span", { className: "time", textContent: note }),
        h("span", { className: "last", dir: "auto", textContent: said }),
        unread > 0 && h("span", { className: "unread", textContent: unread })),
    };
  }

  showThread() {
    const chat = this.chat;
    this.root.classList.toggle("vacant", !chat);
    this.part(".thread h2").textContent = chat ? name(chat) : "";
    this.part(".thread .about").textContent = chat ? this.aboutChat(chat) : "";
    const sticks = this.list.scrollTop + this.list.clientHeight > this.list.scrollHeight - 40;
    keep(this.list, chat ? this.seen(chat).map((message) => this.bubble(chat, message)) : []);
    if (sticks) this.list.scrollTop = this.list.scrollHeight;
    const notice = this.part(".notice");
    notice.textContent = this.notice(chat);
    notice.hidden = !notice.textContent;
    keep(this.part(".actions"), chat ? this.actions(chat) : []);
    if (this.isOpened && document.hasFocus()) this.onSeen();
  }

  bubble(chat, message) {
    const quoted = chat.messages.get(message.quotes) ?? null;
    return {
      id: message.id,
      key: JSON.stringify([message, quoted && label(quoted)]),
      make: () => bubble(message, {
        isBusiness: this.isBusiness, isMine: this.isMine(message), quoted,
        onMore: (anchor) => this.openActions(anchor, message),
        onFlow: (asked) => this.answerFlow(asked),
        onLocation: (asked) => this.answerLocation(asked),
      }),
    };
  }

  openActions(anchor, message) {
    const act = (what, more = {}) => () => did(`${this.side}/${what}`, { id: message.id, ...more });
    const isOwn = message.side === this.side;
    const current = this.isBusiness ? message.business_reaction : message.customer_reaction;
    const react = (emoji) => entry(emoji, act("react", { emoji: emoji === current ? "" : emoji }), emoji === current ? "current" : "");
    openMenu(anchor, [
      h("div", { className: "emoji" }, EMOJI.map(react)),
      entry("Reply", () => this.setContext(message, null)),
      ...this.extraActions(message),
      ...isOwn && ageSeconds(message) < EDIT_SECONDS && ["text", "image", "video", "document"].includes(message.type)
        ? [entry("Edit", () => this.setContext(null, message))] : [],
      ...isOwn && ageSeconds(message) < DELETE_SECONDS ? [entry("Delete for everyone", act("delete"), "danger")] : []]);
  }
}

// A button of the bar above a chat.
export const action = (title, act) =>
  ({ id: title, key: "", make: () => h("button", { type: "button", textContent: title, onclick: act }) });
