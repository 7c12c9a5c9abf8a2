// What every page is made of. Text is only ever set as text.

export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name.startsWith("aria-") || name === "for") element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return element;
}

export const part = (selector, root = document) => root.querySelector(selector);
export const text = (sentence, className = "") => h("p", { className, textContent: sentence });

// A labelled input, and the input.
export function field(label, value = "", props = {}) {
  const input = h("input", { value, autocomplete: "off", dir: "auto", ...props });
  return [h("label", {}, label, input), input];
}

export function select(label, options, props = {}) {
  const input = h("select", props, ...options.map(([value, sentence]) => h("option", { value, textContent: sentence })));
  return [h("label", {}, label, input), input];
}

// Asks a control route; what it refuses is thrown, in its words.
export async function post(path, body = {}) {
  const answer = await fetch(`/_sim/${path}`, { method: "POST", body: JSON.stringify(body) });
  if (!answer.ok) throw new Error((await answer.text()).trim());
  return answer.json();
}

export const signupState = async () => (await fetch("/_sim/signup")).json();

// Makes `place` hold what `wanted` lists, as {id, key, make}. An element whose key is as before stays where it is, so
// that it keeps its focus, and its sound.
export function keep(place, wanted) {
  const before = place.kept ?? new Map();
  place.kept = new Map(wanted.map(({ id, key, make }) => {
    const old = before.get(id);
    return [id, old?.key === key ? old : { key, element: make() }];
  }));
  const elements = [...place.kept.values()].map(({ element }) => element);
  const stays = new Set(elements);
  for (const child of [...place.children]) if (!stays.has(child)) child.remove();
  elements.forEach((element, index) => {
    if (place.children[index] !== element) place.insertBefore(element, place.children[index] ?? null);
  });
}
