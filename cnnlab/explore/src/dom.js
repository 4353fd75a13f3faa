/** Small helpers to make accessible elements. */

/**
 * Make an element. Whatever can take the focus tells Jupyter to leave its keys alone.
 *
 * @param {string} tag with classes after a point: "div.panel", "p.sum large" @param {Record<string, unknown>} attributes @param {...(Node | string)} children
 */
export function h(tag, attributes = {}, ...children) {
  const [name, classes] = tag.split(".");
  const element = document.createElement(name);
  if (classes) element.className = classes;
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  if (/button|input|select/.test(name) || "tabindex" in attributes)
    element.setAttribute("data-lm-suppress-shortcuts", "true");
  element.append(...children);
  return element;
}

/** For the eyes only. */
export const HIDDEN = { "aria-hidden": "true" };

/** A block under a caption. */
export function panel(title, ...children) {
  const caption = h("p.caption", {}, title);
  return { caption, element: h("div.panel", {}, caption, ...children) };
}

/** A sign between two pictures, for the eyes only. */
export function sign(text) {
  return h("span.sign", HIDDEN, text);
}

/** A labelled slider; `set` moves it without telling anybody. */
export function slider({ label, min, max, onInput, signal }) {
  const input = h("input", { type: "range", min, max });
  const value = h("span.value", HIDDEN);
  input.addEventListener("input", () => onInput(input.valueAsNumber), { signal });
  const set = (number, text = number) => {
    if (number > input.max) input.max = number; // a value that came from Python
    input.value = number;
    input.setAttribute("aria-valuetext", text);
    value.textContent = text;
  };
  return { element: h("label.slider", {}, h("span", {}, label), input, value), set };
}

/** A group of radio buttons that look like one segmented button. */
export function choice({ label, options, onChoose, signal }) {
  const name = Math.random();
  const inputs = options.map(([value]) => h("input", { type: "radio", name, value }));
  const segments = options.map(([, text], i) => h("label", {}, inputs[i], h("span", {}, text)));
  const element = h("div.choice", { role: "radiogroup", "aria-label": label }, ...segments);
  element.addEventListener("change", (event) => onChoose(event.target.value), { signal });
  const set = (value) => inputs.forEach((input) => (input.checked = input.value === value));
  return { element, set };
}

