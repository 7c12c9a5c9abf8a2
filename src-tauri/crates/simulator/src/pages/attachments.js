// What can be sent beside words. `write` takes the message; it may carry `caption`.

import { h, field } from "./parts.js";
import { ask, entry, heading, toast } from "./overlays.js";
import { carried } from "./feed.js";

const DRAWN = [["image", "Photo"], ["video", "Video"], ["voice", "Voice message"], ["document", "Document"], ["sticker", "Sticker"]];

// Of a customer: what a script need not write out either (Meta, "Messages webhook reference", 2026).
const SPECIAL = [
  ["Order", "order", { catalog_id: "194836987003835", text: "Can I pick it up today?", product_items: [
    { product_retailer_id: "bell-brass", quantity: 2, item_price: 30, currency: "USD" }] }],
  ["Button reply", "interactive", { type: "button_reply", button_reply: { id: "yes", title: "Yes, please" } }],
  ["List reply", "interactive", { type: "list_reply", list_reply: { id: "saturday", title: "Saturday", description: "10:00 to 14:00" } }],
  ["Flow reply", "interactive", flowReply("flow-1")],
  ["Poll (not supported)", "unsupported", { type: "poll_creation" }],
];

export function flowReply(token) {
  const answered = { flow_token: token, day: "Saturday", bikes: "2" };
  return { type: "nfm_reply", nfm_reply: { name: "flow", body: "Sent", response_json: JSON.stringify(answered) } };
}

export function attachmentEntries(isBusiness, write) {
  const drawn = DRAWN.map(([type, label]) => entry(label, () => write({ type })));
  const special = SPECIAL.map(([label, type, body]) => entry(label, () => write({ type, body })));
  return [
    heading("Made up"), ...drawn,
    heading("Own"), entry("File…", () => pick(write)), entry("Location…", () => locate(write)), entry("Contact…", () => introduce(write)),
    ...isBusiness ? [] : [heading("Special"), ...special]];
}

function pick(write) {
  const input = h("input", { type: "file" });
  input.onchange = async () => {
    try {
      await write(await carried(input.files[0]));
    } catch (error) {
      toast(error.message);
    }
  };
  input.click();
}

export function locate(write) {
  const [nameLabel, name] = field("Name", "Tandem & Oak");
  const [addressLabel, address] = field("Address", "Canal Street 4");
  const [latitudeLabel, latitude] = field("Latitude", "52.5163");
  const [longitudeLabel, longitude] = field("Longitude", "13.3777");
  ask("Send a location", "", [nameLabel, addressLabel, latitudeLabel, longitudeLabel], [["Send", () => {
    const place = { latitude: Number(latitude.value), longitude: Number(longitude.value) };
    const named = Object.fromEntries([["name", name.value.trim()], ["address", address.value.trim()]].filter(([, value]) => value));
    return write({ type: "location", body: { ...place, ...named } });
  }, "primary"]]);
}

function introduce(write) {
  const [nameLabel, name] = field("Name", "Rosa Field");
  const [phoneLabel, phone] = field("Phone number", "+1 650 555 0829");
  ask("Send a contact", "", [nameLabel, phoneLabel], [["Send", () => {
    const [first, ...rest] = name.value.trim().split(/\s+/);
    const called = { formatted_name: name.value.trim(), first_name: first, ...rest.length > 0 && { last_name: rest.join(" ") } };
    const digits = phone.value.replace(/\D/g, "");
    return write({ type: "contacts", body: [{ name: called, phones: [{ phone: phone.value.trim(), wa_id: digits, type: "MOBILE" }] }] });
  }, "primary"]]);
}
