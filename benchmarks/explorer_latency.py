"""``python -m benchmarks.explorer_latency``: from a key to the painted frame, in JupyterLab.

Every explorer with a control stands in a notebook; three stand beside the same demonstration
written with `interact` and inline Matplotlib, and keys go to one and the other in turn.
"""

import datetime
import os
import re
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import click
from playwright.sync_api import sync_playwright

from benchmarks import machine
from benchmarks.explorer_demos import DEMOS, Demo
from tests.browser.lab import FLAGS, Lab
from tests.browser.widgets import open_cells

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance-explorers.md"
COMMAND = "python -m benchmarks.explorer_latency --write"
# Bars: milliseconds for 95 of 100 keys, frames a second, times faster than interact.
LATEST, SLOWEST, RATIO = 33, 50, 8
SETTLE = 1500  # milliseconds: after a key to interact, the kernel may still be at work
BLOCK = 6  # keys to one before the other has its turn: JupyterLab itself answers a change of focus

# Finds the control and what it changes; keeps a flag that is up while a frame is being made.
PREPARE = """([selector, label]) => {
  const explorer = document.querySelector(".cnnlab-explorer");
  const interact = document.querySelector(".widget-interact");
  const found = [...explorer.querySelectorAll(selector)]
    .find(one => one.textContent.trim().startsWith(label));
  window.subjects = {
    explorer: { control: found.querySelector("input") ?? found, target: explorer },
    interact: { control: interact?.querySelector(".noUi-handle"), target: interact },
  };
  subjects.interact.control?.setAttribute("data-lm-suppress-shortcuts", "true");
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
  const { target } = subjects[name];
  const before = target.querySelector("img")?.src;
  window.measured = new Promise(resolve => {
    let start;
    setTimeout(() => resolve(null), 5000);
    // A key is an event of its own, outside a frame, even if the flag is still up.
    const pressed = event => { start = event.timeStamp; making = false; };
    addEventListener("keydown", pressed, { capture: true, once: true });
    const end = () => painted(() => resolve(performance.now() - start));
    const seen = new MutationObserver(async () => {
      if (start === undefined) return; // a late word from Python, before the key
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
FOCUS = "name => subjects[name].control.focus()"

# Frames a second that show something new while the control is moved in every frame.
DRAG = """([name, steps, seconds]) => new Promise(resolve => {
  const { control, target } = subjects[name];
  let [changed, frames, value, up] = [false, 0, 0, true];
  let source = target.querySelector("img")?.src;
  const seen = new MutationObserver(() => { changed = true; });
  seen.observe(target, { subtree: true, childList: true, characterData: true, attributes: true });
  const start = performance.now();
  const move = () => {
    if (up ? value === steps : value === 0) up = !up;
    value += up ? 1 : -1;
    if (name === "interact") {
      const key = up ? "ArrowRight" : "ArrowLeft";
      control.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    } else if (control.matches("input")) {
      control.value = Number(control.min || 0) + value;
      control.dispatchEvent(new Event("input", { bubbles: true }));
    } else control.click();
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
    """What was measured of one demonstration in one way."""

    demo: Demo
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
@click.option("--keys", default=100, show_default=True, help="Keys for each explorer.")
@click.option("--only", multiple=True, help="Measure demonstrations with these words in the name.")
@click.option("--write", is_flag=True, help="Keep the result in docs/performance-explorers.md.")
def main(keys: int, only: tuple[str, ...], write: bool) -> None:
    """Measure the explorers beside interact. Exit status 1 if a bar is missed.

    With --only, --write replaces the lines of what was measured and keeps the others.
    """
    demos = [one for one in DEMOS if not only or any(word in one.name for word in only)]
    if not demos:
        raise click.BadParameter(f"choose among {', '.join(d.name for d in DEMOS)}")
    measured: dict[str, list[str]] = {}
    met = True
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        lab = Lab(Path(folder) / "course", Path(folder) / "home")
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        try:
            page = browser.new_page(viewport={"width": 1280, "height": 1800})
            for demo in demos:
                click.echo(f"{demo.name} ...", err=True)
                rows = _measure(lab, page, keys, demo)
                met = met and _met(rows)
                measured[demo.name] = _lines(rows)
            version = browser.version
        finally:
            browser.close()
            lab.stop()
    before = PAGE.read_text(encoding="utf-8") if write and only and PAGE.exists() else ""
    report = _report(measured, version, before)
    click.echo(report)
    if write:
        PAGE.write_text(report, encoding="utf-8")
    sys.exit(0 if met else 1)


def _measure(lab, page, keys: int, demo: Demo) -> list[Row]:
    shown = f"from cnnlab.explore import *\n{demo.make}\nexplorer"
    ways = {"explorer": 1.0, **({"interact": 1 / 3} if demo.twin else {})}
    open_cells(lab, page, "latency.ipynb", shown, *([demo.twin] if demo.twin else []))
    page.locator(".cnnlab-explorer").wait_for()
    if demo.twin:
        page.locator(".widget-interact img").wait_for()
    page.evaluate(PREPARE, [demo.control, demo.label])
    latencies: dict[str, list[float]] = {way: [] for way in ways}
    for block in range(keys // BLOCK + 1):
        for way, share in ways.items():
            page.evaluate(FOCUS, way)
            page.wait_for_timeout(SETTLE)
            start = round(block * BLOCK * share)
            for n in range(start, round((block + 1) * BLOCK * share)):
                latencies[way] += _press(page, way, demo, n)
    seconds = {"explorer": 4, "interact": 8}
    frames = {way: page.evaluate(DRAG, [way, demo.steps, seconds[way]]) for way in ways}
    return [Row(demo, way, latencies[way][2:], frames[way]) for way in ways]


def _press(page, way: str, demo: Demo, n: int) -> list[float]:
    """So many steps there, so many back; nothing for a key that the kernel has lost."""
    there = n // demo.steps % 2 == 0
    keys = ("ArrowRight", "ArrowLeft") if way == "interact" else demo.keys
    page.evaluate(WATCH, way)
    page.keyboard.press(keys[0] if there else keys[1])
    measured = page.evaluate("() => window.measured")
    page.wait_for_timeout(n * 7 % 17)  # keys fall anywhere between two frames
    return [] if measured is None else [measured]


def _met(rows: list[Row]) -> bool:
    ours = rows[0]
    quick = ours.p95 < LATEST and ours.frames >= SLOWEST
    return quick and all(theirs.p50 / ours.p50 >= RATIO for theirs in rows[1:])


def _lines(rows: list[Row]) -> list[str]:
    ours, *twins = rows
    ratio = f"{twins[0].p50 / ours.p50:.1f}" if twins else ""
    verdict = "met" if _met(rows) else "missed"
    ends = [(ratio, f"{os.getloadavg()[0]:.1f}", verdict), ("", "", "")]
    return [_line(row, *end) for row, end in zip(rows, ends, strict=False)]


def _line(row: Row, *more: str) -> str:
    numbers = [f"{row.p50:.1f}", f"{row.p95:.1f}", f"{row.frames:.0f}"]
    cells = [row.demo.name, row.way, str(len(row.latencies)), *numbers, *more]
    return f"| {' | '.join(cells)} |"


def _report(measured: dict[str, list[str]], chromium: str, before: str) -> str:
    facts = machine.facts("native")
    lines = [
        "# Performance of the explorers",
        "",
        f"Printed by `{COMMAND}` on {datetime.date.today().isoformat()}; do not edit.",
        "",
        "Milliseconds from a key on a control to the end of the frame that shows its effect, in",
        "JupyterLab; and frames a second that show something new while the control is moved in",
        "every frame. Where a line `interact` follows, both stand in one notebook and have their",
        "keys in turn: inline Matplotlib draws the same pictures, numbers and products.",
        "`Curves` has no control.",
        "",
        f"Bars: 95 of 100 keys under {LATEST} ms, at least {SLOWEST} frames a second, at least "
        f"{RATIO} times faster than `interact`.",
        "",
        f"- Processor: {facts['Processor']}",
        f"- System: {facts['System']}, Chromium {chromium} without a screen",
        "- Load: of the last minute, when the line was measured",
        "",
        "| demonstration | way | keys | p50 ms | p95 ms | frames/s | times faster | load | bars |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for demo in DEMOS:
        kept = re.findall(rf"^\| {re.escape(demo.name)} \|.*$", before, re.MULTILINE)
        lines += measured.get(demo.name, kept)
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
