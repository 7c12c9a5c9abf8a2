// The chats, as the simulator tells them, and what is done about them.

import { post as ask } from "./parts.js";
import { toast } from "./overlays.js";

const EVERY_MS = 700;

// By user id; `messages` by id, and `inOrder`.
export const chats = new Map();
export let business = { display_phone_number: "", connection: "connected", signup: "none" };

let revision = 0;
let shown = "";
let onNews = () => {};

async function news() {
  const answer = await (await fetch(`/_sim/chats?since=${revision}`)).json();
  if (answer.revision < revision) forget();
  else take(answer);
  if (answer.count !== chats.size) {
    forget();
    take(await (await fetch("/_sim/chats")).json());
  }
}

function forget() {
  chats.clear();
  revision = 0;
}

function take(answer) {
  for (const chat of answer.chats) {
    const messages = chats.get(chat.user_id)?.messages ?? new Map();
    for (const message of chat.messages) messages.set(message.id, message);
    const inOrder = [...messages.values()].sort((one, other) => one.at - other.at);
    chats.set(chat.user_id, { ...chat, messages, inOrder });
  }
  ({ revision, business } = answer);
}

// People see it for so long, or until the business writes (Meta, "Typing indicators", 2026).
const TYPING_SECONDS = 25;

export const isTyping = (chat) => Boolean(chat.typing_at) && (chat.typing_at + TYPING_SECONDS) * 1000 > Date.now();

async function look() {
  await news();
  // Typing ends without news.
  const now = JSON.stringify([revision, business, [...chats.values()].filter(isTyping).map((chat) => chat.user_id)]);
  if (now !== shown) onNews();
  shown = now;
}

// Calls `show` now, and whenever something changed.
export function follow(show) {
  onNews = show;
  const again = async () => {
    await look().catch(() => toast("The simulator does not answer."));
    setTimeout(again, EVERY_MS);
  };
  again();
}

// Posts, and shows what came of it. Gives the answer; a refusal is thrown.
export async function must(path, body) {
  const answer = await ask(path, body);
  await look();
  return answer;
}

// Like `must`, but a refusal is only said. Gives whether it was done.
export async function did(path, body) {
  try {
    await must(path, body);
    return true;
  } catch (error) {
    toast(error.message);
    return false;
  }
}

// Uploads a file. Gives the type and body of the message that carries it.
export async function carried(file) {
  const answer = await fetch("/_sim/media", {
    method: "POST", body: file, headers: { "content-type": file.type || "application/octet-stream" } });
  if (!answer.ok) throw new Error("The file could not be taken in.");
  const medium = await answer.json();
  const type = ["image", "video", "audio"].find((kind) => file.type.startsWith(`${kind}/`)) ?? "document";
  if (type === "audio") return { type, body: { ...medium, voice: false } };
  return { type, body: type === "document" ? { ...medium, filename: file.name } : medium };
}
