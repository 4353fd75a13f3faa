/** The curves of a training, drawn while it runs. */
import { h } from "./dom.js";
import { explorer } from "./shell.js";
import { curve, range, words } from "./lines.js";

const TRAITS = "loss validation_loss accuracy validation_accuracy epochs";
const [WIDE, HIGH] = [400, 220];

/** One chart: an axis from low to high, and a line for each list that holds something. */
function chart(title, lists, epochs, [low, high]) {
  const ticks = [low, (low + high) / 2, high].map((value) => {
    const y = HIGH - (HIGH * (value - low)) / (high - low);
    return `<path class="rule" d="M0 ${y}H${WIDE}"/><text x="-6" y="${y + 4}">${Number(value.toFixed(2))}</text>`;
  });
  const lines = lists.map(([name, values]) => {
    const points = curve(values, epochs, low, high, WIDE, HIGH);
    const dots = points.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="3"/>`).join("");
    return `<g class="${name}"><polyline points="${points.map((p) => p.join()).join(" ")}"/>${dots}</g>`;
  });
  const feet = `<text class="foot" x="0" y="${HIGH + 18}">1</text><text class="foot" x="${WIDE}" y="${HIGH + 18}">${epochs}</text>`;
  return `<figure><figcaption>${title}</figcaption><svg viewBox="-44 -10 ${WIDE + 60} ${HIGH + 34}" aria-hidden="true">${ticks.join("")}${lines.join("")}${feet}</svg></figure>`;
}

function build() {
  const charts = h("div.charts", { role: "img" });
  const legend = h("p.legend", {}, "Solid, round: training. Dashed: validation. Along the bottom: epochs.");
  const line = h("p.sum", { "aria-live": "polite" });
  const strip = h("div.strip", {}, line);

  function draw({ loss, validation_loss, accuracy, validation_accuracy, epochs }) {
    const most = Math.max(epochs, loss.length, 1);
    const losses = [["training", loss], ["validation", validation_loss]];
    const shares = [["training", accuracy], ["validation", validation_accuracy]];
    charts.innerHTML =
      chart("Loss", losses, most, [0, range([...loss, ...validation_loss])]) +
      chart("Accuracy", shares, most, [0, 1]);
    const text = words({ loss, validation_loss, accuracy, validation_accuracy }, epochs);
    charts.ariaLabel = `Curves of loss and accuracy. ${text}`;
    if (line.textContent !== text) line.textContent = text;
  }

  return { parts: [charts, legend, strip], draw, settle: (_, patch) => patch };
}

export default explorer("Training curves", TRAITS, build);
