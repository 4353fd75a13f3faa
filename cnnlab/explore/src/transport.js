/** The row of buttons that walk over the output, and the switch that counts. */
import { button, h, slider } from "./dom.js";

const ICONS = {
  first: "M6 5h2v14H6zM19 5v14L9 12z",
  back: "M16 5v14L6 12z",
  play: "M7 4v16l13-8z",
  pause: "M6 5h4v14H6zM14 5h4v14h-4z",
  next: "M8 5v14l10-7z",
};

export function makeTransport({ player, move, change, signal }) {
  const make = (label, icon, onClick) => button({ label, path: ICONS[icon], onClick, signal });
  const walk = (label, to) =>
    make(label, to, () => {
      player.stop();
      move(to);
    }).element;
  const play = make("Play", "play", () => {
    if (player.playing()) return player.stop();
    if (!move("next")) move("first");
    player.start(() => move("next"));
  });
  player.listen((on) => play.set(on ? "Pause" : "Play", on ? ICONS.pause : ICONS.play));

  const speed = slider({ label: "Speed", min: 1, max: 20, signal, onInput });
  function onInput(n) {
    player.setSpeed(n);
    speed.set(n, `${n} a second`);
  }
  onInput(3);

  const reads = h("input", { type: "checkbox" });
  reads.addEventListener("change", () => change({ show_reads: reads.checked }), { signal });
  const element = h(
    "div",
    { class: "transport", role: "group", "aria-label": "Walk and count" },
    walk("First output pixel", "first"),
    walk("Step back", "back"),
    play.element,
    walk("Step", "next"),
    speed.element,
    h("label", { class: "check" }, reads, "Count the windows that read each pixel"),
  );
  return { element, draw: ({ show_reads }) => (reads.checked = show_reads) };
}
