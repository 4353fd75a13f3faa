/** The traits of the Python class, read and written as one. */

// Python hears of a change after so many milliseconds: Jupyter answers each message with work of its
// own, which a drag would feel.
const PAUSE = 200;

/**
 * @param {any} model the model that anywidget hands over @param {string[]} names its traits
 * @param {(next: any, patch: any) => any} settle what else a change brings with it
 * @param {() => void} changed called when the reader has changed something
 */
export function makeStore(model, names, settle, changed) {
  let timer;
  const save = () => {
    timer = clearTimeout(timer);
    model.save_changes();
  };
  const read = () => Object.fromEntries(names.map((name) => [name, model.get(name)]));

  function change(patch) {
    const all = settle({ ...read(), ...patch }, patch);
    for (const name in all) model.set(name, all[name]);
    timer ??= setTimeout(save, PAUSE);
    changed();
  }

  /** Call `listener` at every change; returns what ends that. */
  function watch(listener) {
    const each = (method) => names.forEach((name) => model[method](`change:${name}`, listener));
    each("on");
    return () => {
      each("off");
      if (timer) save();
    };
  }

  return { read, change, watch, get: (name) => model.get(name) };
}
