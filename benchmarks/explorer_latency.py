"""``python -m benchmarks.explorer_latency``: from a key to the painted frame, in JupyterLab.

The sliding-window explorer stands beside the same demonstration written with `interact` and inline
Matplotlib, in one notebook; keys go to one and the other in turn.
"""

import datetime
import os
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import click
from playwright.sync_api import sync_playwright

from benchmarks import machine
from tests.browser.lab import FLAGS, Lab
from tests.browser.widgets import open_cells

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance-explorers.md"
COMMAND = "python -m benchmarks.explorer_latency --write"
# Bars: milliseconds for 95 of 100 keys, frames a second, times faster than interact.
LATEST, SLOWEST, RATIO = 33, 50, 8

EXPLORER = """import numpy as np
from cnnlab.explore import SlidingWindow
from cnnlab.explore.presets import EXAMPLE_IMAGE, EXAMPLE_KERNEL
image = np.array({image})
explorer = SlidingWindow(image, EXAMPLE_KERNEL)
explorer"""
# Three pictures, with the numbers where the explorer shows them; no window, no products.
INTERACT = """%matplotlib inline
import matplotlib.pyplot as plt
from ipywidgets import IntSlider, interact
from scipy.signal import correlate2d

@interact(padding=IntSlider(min=0, max=6))
def show(padding):
    padded = np.pad(image, padding)
    figure, axes = plt.subplots(1, 3)
    for ax, data in zip(axes, [padded, EXAMPLE_KERNEL, correlate2d(padded, EXAMPLE_KERNEL)]):
        ax.imshow(data)
        for (r, c), value in np.ndenumerate(data) if {numbers} else ():
            ax.text(c, r, value, ha="center", va="center", fontsize=6)
    plt.show()"""
# Name, pixels, and whether the cells are large enough for numbers.
DEMOS = [
    ("6 x 6 image, numbers", "EXAMPLE_IMAGE", True),
    (
        "28 x 28 image",
        "[[(3 * r + 5 * c + r * c) % 10 for c in range(28)] for r in range(28)]",
        False,
    ),
]

# Finds the slider and what it changes; keeps a flag that is up while a frame is being made.
PREPARE = """() => {
  const explorer = document.querySelector(".cnnlab-explorer");
  const interact = document.querySelector(".widget-interact");
  window.subjects = {
    explorer: {
      slider: [...explorer.querySelectorAll(".slider")]
        .find(one => one.textContent.startsWith("Padding")).querySelector("input"),
      target: explorer.querySelector(".output"),
    },
    interact: { slider: interact.querySelector(".noUi-handle"), target: interact },
  };
  subjects.interact.slider.setAttribute("data-lm-suppress-shortcuts", "true");
  window.making = false;
  window.painted = callback => {
    const channel = new MessageChannel();
    channel.port1.onmessage = callback;
    channel.port2.postMessage(0);
  };
  const frame = () => {
    window.making = true;
    window.painted(() => { window.making = false; });
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}"""

# Milliseconds from the next key to the end of the frame that shows its effect; null if none does.
WATCH = """name => {
  const { slider, target } = subjects[name];
  const before = target.querySelector("img")?.src;
  slider.focus();
  window.measured = new Promise(resolve => {
    let start;
    setTimeout(() => resolve(null), 5000);
    addEventListener("keydown", e => { start = e.timeStamp; }, { capture: true, once: true });
    const end = () => painted(() => resolve(performance.now() - start));
    const seen = new MutationObserver(async () => {
      if (name === "interact") {
        const image = target.querySelector("img");
        if (!image || image.src === before) return;
        seen.disconnect();
        await image.decode();
      }
      seen.disconnect();
      // Inside a frame the picture is painted next; outside it takes one frame more.
      making ? end() : requestAnimationFrame(end);
    });
    seen.observe(target, { subtree: true, childList: true, characterData: true, attributes: true });
  });
}"""

# Frames a second that show something new while the slider is moved in every frame.
DRAG = """([name, seconds]) => new Promise(resolve => {
  const { slider, target } = subjects[name];
  let [changed, frames, value, up] = [false, 0, 0, true];
  let source = target.querySelector("img")?.src;
  const seen = new MutationObserver(() => { changed = true; });
  seen.observe(target, { subtree: true, childList: true, characterData: true, attributes: true });
  const start = performance.now();
  const move = () => {
    if (up ? value === 6 : value === 0) up = !up;
    value += up ? 1 : -1;
    if (name === "explorer") {
      slider.value = value;
      slider.dispatchEvent(new Event("input", { bubbles: true }));
    } else {
      const key = up ? "ArrowRight" : "ArrowLeft";
      slider.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    }
  };
  const frame = () => {
    const now = target.querySelector("img")?.src;
    if (name === "explorer" ? changed : now && now !== source) frames++;
    [changed, source] = [false, now ?? source];
    const elapsed = (performance.now() - start) / 1000;
    if (elapsed < seconds) { move(); requestAnimationFrame(frame); return; }
    seen.disconnect();
    resolve(frames / elapsed);
  };
  requestAnimationFrame(frame);
})"""


@dataclass(frozen=True)
class Row:
    """What was measured of one demonstration."""

    demo: str
    way: str
    latencies: list[float]
    frames: float

    @property
    def p50(self) -> float:
        return statistics.median(self.latencies)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.latencies, n=20)[-1]


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--keys", default=100, show_default=True, help="Keys for the explorer.")
@click.option("--write", is_flag=True, help="Keep the result in docs/performance-explorers.md.")
def main(keys: int, write: bool) -> None:
    """Measure the explorer beside interact. Exit status 1 if a bar is missed."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        lab = Lab(Path(folder) / "course", Path(folder) / "home")
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        try:
            page = browser.new_page(viewport={"width": 1280, "height": 1800})
            rows = [row for demo in DEMOS for row in _measure(lab, page, keys, *demo)]
            version = browser.version
        finally:
            browser.close()
            lab.stop()
    report = _report(rows, version)
    click.echo(report)
    if write:
        PAGE.write_text(report, encoding="utf-8")
    sys.exit(0 if all(_met(*pair) for pair in _pairs(rows)) else 1)


def _measure(lab, page, keys: int, demo: str, image: str, numbers: bool) -> list[Row]:
    cells = [EXPLORER.format(image=image), INTERACT.format(numbers=numbers)]
    open_cells(lab, page, "latency.ipynb", *cells)
    page.locator(".cnnlab-explorer").wait_for()
    page.locator(".widget-interact img").wait_for()
    page.evaluate(PREPARE)
    latencies: dict[str, list[float]] = {"explorer": [], "interact": []}
    for n in range(keys):
        latencies["explorer"] += _press(page, "explorer", n)
        if n % 3 == 0:
            latencies["interact"] += _press(page, "interact", n // 3)
    ways = {"explorer": 4, "interact": 8}
    frames = {way: page.evaluate(DRAG, [way, seconds]) for way, seconds in ways.items()}
    return [Row(demo, way, latencies[way][2:], frames[way]) for way in ways]


def _press(page, way: str, n: int) -> list[float]:
    """Six steps up, six steps down, and so on; nothing for a key that the kernel has lost."""
    page.evaluate(WATCH, way)
    page.keyboard.press("ArrowRight" if n // 6 % 2 == 0 else "ArrowLeft")
    measured = page.evaluate("() => window.measured")
    return [] if measured is None else [measured]


def _pairs(rows: list[Row]) -> list[tuple[Row, Row]]:
    return list(zip(rows[::2], rows[1::2], strict=True))


def _met(ours: Row, theirs: Row) -> bool:
    quick = ours.p95 < LATEST and ours.frames >= SLOWEST
    return quick and theirs.p50 / ours.p50 >= RATIO


def _report(rows: list[Row], chromium: str) -> str:
    facts = machine.facts("native")
    lines = [
        "# Performance of the explorers",
        "",
        f"Printed by `{COMMAND}` on {datetime.date.today().isoformat()}; do not edit.",
        "",
        "Milliseconds from a key on the padding slider to the end of the frame that shows its",
        "effect, in JupyterLab, the two ways in turn in one notebook; and frames a second that",
        "show something new while the slider is moved in every frame. `interact` draws image,",
        "kernel and output with inline Matplotlib, and neither the window nor the products.",
        "",
        f"Bars: 95 of 100 keys under {LATEST} ms, at least {SLOWEST} frames a second, at least "
        f"{RATIO} times faster than `interact`.",
        "",
        f"- Processor: {facts['Processor']}",
        f"- System: {facts['System']}, Chromium {chromium} without a screen",
        f"- Load of the last minute when it ended: {os.getloadavg()[0]:.1f}",
        "",
        "| demonstration | way | keys | p50 ms | p95 ms | frames/s | times faster | bars |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for ours, theirs in _pairs(rows):
        verdict = "met" if _met(ours, theirs) else "missed"
        lines += [_line(ours, f"{theirs.p50 / ours.p50:.1f}", verdict), _line(theirs, "", "")]
    return "\n".join(lines) + "\n"


def _line(row: Row, *more: str) -> str:
    numbers = [f"{row.p50:.1f}", f"{row.p95:.1f}", f"{row.frames:.0f}"]
    cells = [row.demo, row.way, str(len(row.latencies)), *numbers, *more]
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
