// dom.js
function h(tag, attributes = {}, ...children) {
  const [name, classes] = tag.split(".");
  const element = document.createElement(name);
  if (classes) element.className = classes;
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  if (/button|input|select/.test(name) || "tabindex" in attributes)
    element.setAttribute("data-lm-suppress-shortcuts", "true");
  element.append(...children);
  return element;
}

// store.js
var [PAUSE, LATEST] = [200, 1e3];
function makeStore(model, names, settle, changed) {
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

// shell.js
function explorer(label, traits, build2) {
  function render({ model, el }) {
    const listeners = new AbortController();
    let frame, width, high = 0;
    const schedule = () => frame ??= requestAnimationFrame(draw);
    const store = makeStore(model, traits.split(" "), (...both) => view.settle(...both), hurry);
    const view = build2({ store, change: store.change, schedule, signal: listeners.signal });
    const body = h("div", {}, ...view.parts);
    const named = { role: "group", "aria-label": label };
    const root = h(`div.cnnlab-explorer ${label.split(" ")[0]}`, named, body);
    function draw(_, restyled) {
      frame = void 0;
      view.draw(store.read(), width, restyled);
    }
    function hurry() {
      cancelAnimationFrame(frame);
      draw();
      void root.offsetHeight;
    }
    const resized = ([{ contentRect: now }]) => {
      const wider = now.width !== width;
      high = Math.max(wider ? 0 : high, now.height);
      root.style.height = `${high + 12}px`;
      if (!wider) return;
      [width, high] = [now.width, 0];
      schedule();
    };
    const theme = (event) => event.propertyName === "color" && draw(0, true);
    root.addEventListener("transitionend", theme, { signal: listeners.signal });
    el.append(root);
    draw();
    const unwatch = store.watch(schedule);
    const observer = new ResizeObserver(resized);
    observer.observe(body);
    return () => {
      view.stop?.();
      listeners.abort();
      unwatch();
      observer.disconnect();
      cancelAnimationFrame(frame);
      root.remove();
    };
  }
  return { render };
}

// lines.js
function curve(values, epochs, low, high, wide, tall) {
  const step = wide / Math.max(epochs - 1, 1);
  return values.map((value, i) => [i * step, tall - tall * (value - low) / (high - low), value]).filter(([, , value]) => Number.isFinite(value)).map(([x, y]) => [x, Math.min(Math.max(y, 0), tall)]);
}
function range(values) {
  const most = Math.max(...values.filter(Number.isFinite), 1e-3);
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 2.5, 5, 10].find((n) => n * power >= most * 0.999) * power;
}
function words(history, epochs) {
  const done = history.loss.length;
  if (!done) return "Nothing is learned yet: pass on_epoch=curves.follow to fit.";
  const number = (name, show) => {
    const value = history[name].at(-1);
    return value === void 0 ? "" : `${name.split("_").at(-1)} ${show(value)}`;
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

// curves.js
var TRAITS = "loss validation_loss accuracy validation_accuracy epochs";
var [WIDE, HIGH] = [400, 220];
function chart(title, lists, epochs, [low, high]) {
  const ticks = [low, (low + high) / 2, high].map((value) => {
    const y = HIGH - HIGH * (value - low) / (high - low);
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
    charts.innerHTML = chart("Loss", losses, most, [0, range([...loss, ...validation_loss])]) + chart("Accuracy", shares, most, [0, 1]);
    const text = words({ loss, validation_loss, accuracy, validation_accuracy }, epochs);
    charts.ariaLabel = `Curves of loss and accuracy. ${text}`;
    if (line.textContent !== text) line.textContent = text;
  }
  return { parts: [charts, legend, strip], draw, settle: (_, patch) => patch };
}
var curves_default = explorer("Training curves", TRAITS, build);
export {
  curves_default as default
};
