// How chats and messages read.

export const ICONS = { image: "🖼️", audio: "🎤", video: "🎬", document: "📄", sticker: "⭐", location: "📍", contacts: "👤", order: "🛒" };

const UNSUPPORTED = { poll_creation: "📊 Poll", unavailable: "👁️ View once", group_invite: "👥 Group invitation", unknown: "Message" };

export const name = (chat) => chat.name || (chat.username ? `@${chat.username}` : "") || number(chat) || chat.user_id;
export const number = (chat) => (chat.phone ? `+${chat.phone}` : "");
export const ageSeconds = (message) => Date.now() / 1000 - message.at;
export const time = (at) => new Date(at * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

// The time of today's messages, the day of others.
export function when(at) {
  const day = new Date(at * 1000);
  return day.toDateString() === new Date().toDateString() ? time(at) : day.toLocaleDateString([], { day: "numeric", month: "short" });
}

export function initials(chat) {
  const letters = name(chat).replace(/[@+]/g, "").split(/\s+/).filter(Boolean).map((word) => [...word][0]);
  return (letters.length > 1 ? letters[0] + letters.at(-1) : letters[0] ?? "?").toUpperCase();
}

const lines = (...parts) => parts.filter(Boolean).join("\n");

function interactive(body) {
  const reply = body?.button_reply ?? body?.list_reply;
  if (reply) return lines(reply.title, reply.description);
  if (body?.nfm_reply) return lines(`📝 ${body.nfm_reply.body || "Form"}`, body.nfm_reply.response_json);
  const header = body?.header?.type === "text" ? body.header.text : body?.header && ICONS[body.header.type];
  return lines(header, body?.body?.text, body?.footer?.text) || body?.type || "";
}

function template(body) {
  const said = (body?.components ?? []).filter((component) => component.type !== "button")
    .flatMap((component) => component.parameters ?? []).map((parameter) => parameter.text).filter(Boolean);
  return lines(`Template “${body?.name ?? ""}”`, said.join(" · "));
}

const order = (body) => lines(...(body?.product_items ?? []).map((item) =>
  `${item.quantity} × ${item.product_retailer_id}, ${item.item_price} ${item.currency}`), body?.text);

const contacts = (body) => (Array.isArray(body) ? body : [])
  .map((contact) => lines(contact.name?.formatted_name, ...(contact.phones ?? []).map((phone) => phone.phone))).join("\n");

// What the message says, without its medium.
export function words(message) {
  const { type, body } = message;
  if (message.deleted) return "This message was deleted";
  switch (type) {
    case "text": case "system": return body?.body ?? "";
    case "button": return body?.text ?? "";
    case "interactive": return interactive(body);
    case "template": return template(body);
    case "location": return lines(body?.name, body?.address) || `${body?.latitude}, ${body?.longitude}`;
    case "contacts": return contacts(body);
    case "order": return order(body);
    case "unsupported": return UNSUPPORTED[body?.type] ?? "Message of a kind the Cloud API does not know";
    default: return ICONS[type] ? body?.caption ?? "" : `(${type})`;
  }
}

// One line about it.
export function label(message) {
  const icon = !message.deleted && ICONS[message.type];
  const said = words(message).replaceAll("\n", " ");
  const kind = message.type === "audio" && message.body?.voice ? "voice message" : message.body?.filename ?? message.type;
  return icon ? `${icon} ${said || kind}` : said;
}

// What can be tapped on it: id and title.
export function buttonsOf(message) {
  const body = message.body ?? {};
  const replies = (body.action?.buttons ?? []).map((button) => [button.reply?.id, button.reply?.title]);
  const rows = (body.action?.sections ?? []).flatMap((section) => section.rows ?? []).map((row) => [row.id, row.title]);
  const payloads = (message.type === "template" ? body.components ?? [] : [])
    .flatMap((component) => component.parameters ?? [])
    .filter((parameter) => parameter.payload)
    .map((parameter) => [parameter.payload, parameter.payload]);
  return [...replies, ...rows, ...payloads].filter(([id]) => id);
}
