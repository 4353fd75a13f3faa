/** The arithmetic of one output pixel: window, weights, products, and the sum in words. */
import { painter } from "./colors.js";
import { h } from "./dom.js";
import { grid } from "./grid.js";
import { sentence, show } from "./words.js";

export function makeStrip(player) {
  const names = ["Window", "Weights", "Products"];
  const grids = names.map((label) => grid({ label: `${label} of the chosen pixel` }));
  const panels = names.map((name, i) =>
    h("div", { class: "panel" }, h("p", { class: "caption" }, name), grids[i].element),
  );
  const total = h("output", { class: "total", "aria-hidden": "true" });
  const sign = (text) => h("span", { class: "sign", "aria-hidden": "true" }, text);
  const line = h("p", { class: "sum", "aria-live": "polite", "aria-atomic": "true" });
  const pictures = h(
    "div",
    { class: "products" },
    panels[0], sign("×"), panels[1], sign("="), panels[2], sign("Σ"), total,
  );
  const element = h("div", { class: "strip" }, pictures, line);

  /** @param {string} problem said instead of the sum when nothing can be drawn */
  function draw(now, plan, view, problem) {
    pictures.hidden = Boolean(problem);
    element.classList.toggle("problem", Boolean(problem));
    const text = problem || sentence(now.selected, view, plan.weights);
    if (line.textContent !== text) line.textContent = text;
    if (problem) return;
    const numbers = [view.window, plan.weights, view.products];
    const paints = [
      painter(now.image.flat(), "image"),
      ...numbers.slice(1).map((values) => painter(values.flat(), "signed")),
    ];
    grids.forEach((one, i) => one.update(numbers[i], paints[i]));
    total.textContent = show(view.sum);
    pictures.style.setProperty("--columns", plan.columns.kernel);
  }

  // Silent while it plays: nobody wants every step read aloud.
  player.listen((on) => line.setAttribute("aria-live", on ? "off" : "polite"));
  return { element, draw };
}
