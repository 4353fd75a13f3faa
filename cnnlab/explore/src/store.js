/** The traits of the Python class, read and written as one. */
import { clamp } from "./arithmetic.js";

const NAMES = "image kernel stride padding dilation mode selected show_reads".split(" ");

/** @param {any} model the model that anywidget hands over */
export function makeStore(model) {
  const read = () => Object.fromEntries(NAMES.map((name) => [name, model.get(name)]));

  /** Change some traits; the chosen output pixel stays inside the output. */
  function change(patch) {
    const next = { ...read(), ...patch };
    next.selected = clamp(next, next.selected);
    for (const name of NAMES) {
      // Compared as text: a list that was made anew is not a change.
      if (JSON.stringify(next[name]) !== JSON.stringify(model.get(name)))
        model.set(name, next[name]);
    }
    model.save_changes();
  }

  /** Call `listener` at every change; returns what ends that. */
  function watch(listener) {
    for (const name of NAMES) model.on(`change:${name}`, listener);
    return () => NAMES.forEach((name) => model.off(`change:${name}`, listener));
  }

  return { read, change, watch, presets: model.get("_presets") };
}
