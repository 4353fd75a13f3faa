"""A notebook with explorers in it, and what the tests ask of the page and of the kernel.

An explorer can also stand on a page of its own, with a model whose listeners are counted.
"""

import nbformat

# Runs code in the notebook's kernel and returns what it prints.
ASK = """async code => {
  const panel = window.jupyterapp.shell.currentWidget;
  const future = panel.sessionContext.session.kernel.requestExecute({ code });
  let text = "";
  future.onIOPub = ({ header, content }) => {
    if (header.msg_type === "stream") text += content.text;
    if (header.msg_type === "error") text += `${content.ename}: ${content.evalue}`;
  };
  await future.done;
  return text.trim();
}"""

# The pixels of the output as a list of rows.
OUTPUT = """root => [...root.querySelectorAll(".output .line")].map(
  line => [...line.children].map(cell => Number(cell.textContent.replace("\u2212", "-"))))"""

# A model whose listeners are counted, and an explorer that can be closed.
BARE = """async ([bundle, state]) => {
  for (const [name, value] of Object.entries(state)) if (value?.bytes)
    state[name] = new DataView(Uint8Array.from(value.bytes).buffer);
  window.heard = new Map();
  window.model = {
    get: name => state[name],
    set: (name, value) => { state[name] = value; heard.get(`change:${name}`)?.forEach(f => f()); },
    on: (name, f) => heard.set(name, (heard.get(name) ?? new Set()).add(f)),
    off: (name, f) => heard.get(name).delete(f),
    save_changes: () => {},
  };
  const url = URL.createObjectURL(new Blob([bundle], { type: "text/javascript" }));
  const { default: explorer } = await import(url);
  window.close = explorer.render({ model, el: document.body });
}"""
HEARD = "() => [...heard.values()].reduce((sum, one) => sum + one.size, 0)"


def open_bare(page, explorer):
    """Show it without Jupyter: ``close()`` ends it, `HEARD` counts what hears its model."""
    state = {k: v for k, v in explorer.get_state().items() if k not in ("_esm", "_css", "layout")}
    state = {k: {"bytes": list(v)} if isinstance(v, bytes) else v for k, v in state.items()}
    page.goto("about:blank")
    page.evaluate(BARE, [str(explorer._esm), state])
    return page.locator(".cnnlab-explorer")


def listeners(devtools):
    """The event listeners of the explorer in ``window.kept`` and of everything in it."""
    kept = devtools.send("Runtime.evaluate", {"expression": "window.kept"})["result"]["objectId"]
    whole = {"objectId": kept, "depth": -1}
    found = devtools.send("DOMDebugger.getEventListeners", whole)["listeners"]
    # JupyterLab itself waits for a caret to move on the control of an output that was used last.
    return [one for one in found if one["type"] != "selectionchange"]


def open_cells(lab, page, name, *cells):
    """Make the notebook ``name`` of code cells, open it, run it."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, lab.folder / name)
    opened = lab.open(page, name)
    opened.run_all()
    assert opened.errors() == []
    return opened


class Shown:
    """One explorer on a page, found by what a reader sees or hears."""

    def __init__(self, root):
        self.root, self.page = root, root.page
        root.wait_for()

    def slider(self, label):
        return self.root.get_by_role("slider", name=label)

    def pixel(self, r, c):
        return self.root.locator(".output .line").nth(r).locator(".cell").nth(c)

    @property
    def chosen(self):
        return self.root.locator(".output [aria-selected=true]")

    @property
    def sentence(self):
        return self.root.locator("[aria-live]").inner_text()

    def output(self):
        return self.root.evaluate(OUTPUT)

    def settle(self):
        """Wait until what was changed is painted."""
        self.page.evaluate("() => new Promise(r => requestAnimationFrame(() => setTimeout(r)))")
        return self
