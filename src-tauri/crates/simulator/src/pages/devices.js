// `/phone`, `/customers`, or both at `/`.

import { part } from "./parts.js";
import { follow } from "./feed.js";
import { BusinessPhone } from "./business.js";
import { Customers } from "./customers.js";

const PAGES = { "/phone": ["Business phone", ["#business"]], "/customers": ["Customers", ["#customer"]] };

const [title, wanted] = PAGES[location.pathname] ?? ["Simulated phones", ["#business", "#customer"]];
document.title = title;
for (const device of document.querySelectorAll(".device")) {
  if (!wanted.includes(`#${device.id}`)) device.remove();
}
document.body.dataset.devices = wanted.length;

const made = { "#business": BusinessPhone, "#customer": Customers };
const devices = wanted.map((id) => new made[id](part(id)));
follow(() => devices.forEach((device) => device.show()));
