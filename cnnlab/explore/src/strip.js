/** The arithmetic of one output pixel: window, weights, products, and the sum in words. */
import { painter } from "./levels.js";
import { h, HIDDEN, panel, sign } from "./dom.js";
import { grid } from "./grid.js";
import { sentence, show } from "./words.js";

export function makeStrip(player) {
  const names = ["Window", "Weights", "Products"];
  const grids = names.map((label) => grid({ label: `${label} of the chosen pixel` }));
  const panels = grids.map((one, i) => panel(names[i], one.element).element);
  const total = h("output.total", HIDDEN);
  const line = h("p.sum", { "aria-live": "polite" });
  const pictures = h(
    "div.products",
    {},
    panels[0], sign("×"), panels[1], sign("="), panels[2], sign("Σ"), total,
  );
  const element = h("div.strip", {}, pictures, line);

  /** @param {string} problem said instead of the sum when nothing can be drawn */
  function draw(now, plan, view, problem) {
    pictures.hidden = Boolean(problem);
    element.classList.toggle("problem", pictures.hidden);
    const text = problem || sentence(now.selected, view, plan.weights);
    if (line.textContent !== text) line.textContent = text;
    if (problem) return;
    [view.window, plan.weights, view.products].forEach((numbers, i) =>
      grids[i].update(numbers, painter(i ? numbers : now.image, i ? "signed" : "image")),
    );
    total.textContent = show(view.sum);
    pictures.style.setProperty("--columns", plan.columns.kernel);
  }

  // Silent while it plays: nobody wants every step read aloud.
  player.listen((on) => line.setAttribute("aria-live", on ? "off" : "polite"));
  return { element, draw };
}
