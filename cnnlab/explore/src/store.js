/** The traits of the Python class, read and written as one. */

// Milliseconds: Python hears of a change when the hand rests, and once a second while it moves. Jupyter
// answers each message with work of its own, which a drag would feel.
const [PAUSE, LATEST] = [200, 1000];

/**
 * @param {any} model the model that anywidget hands over @param {string[]} names its traits
 * @param {(next: any, patch: any) => any} settle what else a change brings with it
 * @param {() => void} changed called when the reader has changed something
 */
export function makeStore(model, names, settle, changed) {
  let timer, first;
  const save = () => {
    timer = first = clearTimeout(timer);
    model.save_changes();
  };
  const read = () => Object.fromEntries(names.map((name) => [name, model.get(name)]));

  function change(patch) {
    const all = settle({ ...read(), ...patch }, patch);
    for (const name in all) model.set(name, all[name]);
    clearTimeout(timer);
    first ??= Date.now();
    timer = setTimeout(save, Math.min(PAUSE, first + LATEST - Date.now()));
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
