/** Points and words of training curves. Pure functions. */

/** The points of a curve; one value an epoch, the first at the left edge. */
export function curve(values, epochs, low, high, wide, tall) {
  const step = wide / Math.max(epochs - 1, 1);
  return values
    .map((value, i) => [i * step, tall - (tall * (value - low)) / (high - low), value])
    .filter(([, , value]) => Number.isFinite(value))
    .map(([x, y]) => [x, Math.min(Math.max(y, 0), tall)]);
}

/** A round number above all values: 1, 2, 2.5 or 5 times a power of ten. */
export function range(values) {
  const most = Math.max(...values.filter(Number.isFinite), 1e-3);
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 2.5, 5, 10].find((n) => n * power >= most * 0.999) * power;
}

/** The newest numbers in words. */
export function words(history, epochs) {
  const done = history.loss.length;
  if (!done) return "Nothing is learned yet: pass on_epoch=curves.follow to fit.";
  const number = (name, show) => {
    const value = history[name].at(-1);
    return value === undefined ? "" : `${name.split("_").at(-1)} ${show(value)}`;
  };
  const told = (kind, loss, accuracy) => {
    const share = (value) => `${(100 * value).toFixed(1)} %`;
    const found = [number(loss, (value) => value.toFixed(3)), number(accuracy, share)];
    return found.join("") ? ` ${kind}: ${found.filter(Boolean).join(", ")}.` : "";
  };
  const of = epochs >= done ? ` of ${epochs}` : "";
  const held = told("Validation", "validation_loss", "validation_accuracy");
  return `Epoch ${done}${of}.${told("Training", "loss", "accuracy")}${held}`;
}
