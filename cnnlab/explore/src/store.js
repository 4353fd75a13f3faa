/** The traits of the Python class, read and written as one. */
import { clamp } from "./arithmetic.js";

// Python hears of a change after so many milliseconds; a message a frame would slow a drag down.
const PAUSE = 50;
const NAMES = "image kernel stride padding dilation mode selected show_reads".split(" ");

/** @param {any} model the model that anywidget hands over */
export function makeStore(model) {
  let timer;
  const save = () => {
    timer = clearTimeout(timer);
    model.save_changes();
  };
  const read = () => Object.fromEntries(NAMES.map((name) => [name, model.get(name)]));

  /** Change some traits; the chosen output pixel stays inside the output. */
  function change(patch) {
    const next = { ...read(), ...patch };
    const all = { ...patch, selected: clamp(next, next.selected) };
    for (const name in all) model.set(name, all[name]);
    timer ??= setTimeout(save, PAUSE);
  }

  /** Call `listener` at every change; returns what ends that. */
  function watch(listener) {
    for (const name of NAMES) model.on(`change:${name}`, listener);
    return () => {
      NAMES.forEach((name) => model.off(`change:${name}`, listener));
      if (timer) save();
    };
  }

  return { read, change, watch, presets: model.get("_presets") };
}
