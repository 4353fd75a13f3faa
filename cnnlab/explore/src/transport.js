/** The row of buttons that walk over the output, and the switch that counts. */
import { h, slider } from "./dom.js";

export function makeTransport({ player, move, change, signal }) {
  /** A button whose text stands behind the icon that the style sheet draws. */
  const make = (title, icon, onClick) => {
    const element = h(`button.icon ${icon}`, { type: "button", title }, title);
    element.addEventListener("click", onClick, { signal });
    return element;
  };
  const walk = (title, icon, steps) =>
    make(title, icon, () => {
      player.stop();
      move(steps);
    });
  const play = make("Play", "Play", () => {
    if (player.playing()) return player.stop();
    if (!move(1)) move(-Infinity);
    player.start(() => move(1));
  });
  player.listen((on) => {
    play.title = play.textContent = on ? "Pause" : "Play";
    play.className = `icon ${play.title}`;
  });

  const speed = slider({ label: "Speed", min: 1, max: 20, signal, onInput });
  function onInput(n) {
    player.setSpeed(n);
    speed.set(n, `${n} a second`);
  }
  onInput(3);

  const reads = h("input", { type: "checkbox" });
  reads.addEventListener("change", () => change({ show_reads: reads.checked }), { signal });
  const element = h(
    "div.transport",
    { role: "group", "aria-label": "Walk and count" },
    walk("First output pixel", "first", -Infinity),
    walk("Step back", "back", -1),
    play,
    walk("Step", "next", 1),
    speed.element,
    h("label.check", {}, reads, "Count the windows that read each pixel"),
  );
  return { element, draw: ({ show_reads }) => (reads.checked = show_reads) };
}
