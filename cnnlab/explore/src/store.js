/** The traits of the Python class, read and written as one. */

// Python hears of a change after so many milliseconds; a message a frame would slow a drag down.
const PAUSE = 50;

/**
 * @param {any} model the model that anywidget hands over @param {string[]} names its traits
 * @param {(next: any, patch: any) => any} settle what else a change brings with it
 */
export function makeStore(model, names, settle) {
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
