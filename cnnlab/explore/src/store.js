/** The traits of the Python class, read and written as one. */
import { clamp } from "./arithmetic.js";

const NAMES = "image kernel stride padding dilation mode selected show_reads".split(" ");

/** @param {any} model the model that anywidget hands over */
export function makeStore(model) {
  const read = () => Object.fromEntries(NAMES.map((name) => [name, model.get(name)]));

  /** Change some traits; the chosen output pixel stays inside the output. */
  function change(patch) {
    const next = { ...read(), ...patch };
    const all = { ...patch, selected: clamp(next, next.selected) };
    for (const [name, value] of Object.entries(all)) model.set(name, value);
    model.save_changes();
  }

  /** Call `listener` at every change; returns what ends that. */
  function watch(listener) {
    for (const name of NAMES) model.on(`change:${name}`, listener);
    return () => NAMES.forEach((name) => model.off(`change:${name}`, listener));
  }

  return { read, change, watch, presets: model.get("_presets") };
}
