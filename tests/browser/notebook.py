"""One open notebook, driven through JupyterLab's own application object."""

# Other tabs stay on the page, hidden.
FRONT = ".jp-NotebookPanel:not(.lm-mod-hidden)"

IN_FRONT = """name =>
  window.jupyterapp?.shell?.currentWidget?.context?.path === name"""

READY = """async () => {
  const panel = window.jupyterapp.shell.currentWidget;
  await panel.context.ready;
  await panel.sessionContext.ready;
}"""

IDLE = """() => {
  const session = window.jupyterapp.shell.currentWidget.sessionContext.session;
  return session?.kernel?.status === "idle";
}"""

# The page keeps the promise: waiting for it here would know no time limit.
RUN = """command => {
  window.ran = false;
  window.jupyterapp.commands.execute(command).finally(() => { window.ran = true; });
}"""
RAN = "() => window.ran"
SAVE = "() => window.jupyterapp.commands.execute('docmanager:save')"
MODEL = "() => window.jupyterapp.shell.currentWidget.content.model.toJSON()"

SHOW_CELL = """async index => {
  const content = window.jupyterapp.shell.currentWidget.content;
  content.activeCellIndex = index;
  await content.scrollToItem(index, "start");
}"""


class Notebook:
    """The notebook in front. Errors and outputs are read from its model, not from the page."""

    def __init__(self, page):
        self.page = page

    def wait_ready(self, name):
        """Wait until the notebook ``name`` is in front and its kernel is idle."""
        self.page.wait_for_function(IN_FRONT, arg=name, timeout=60_000)
        self.page.evaluate(READY)
        self.wait_idle(60)
        return self

    def run_all(self, timeout=120):
        """Run every cell; ``timeout`` seconds for the whole notebook."""
        return self._run("notebook:run-all-cells", timeout)

    def run(self, index, timeout=60):
        """Run one cell."""
        self.show(index)
        return self._run("notebook:run-cell", timeout)

    def _run(self, command, timeout):
        self.page.evaluate(RUN, command)
        self.page.wait_for_function(RAN, timeout=timeout * 1000)
        self.wait_idle()
        return self

    def wait_idle(self, timeout=30):
        self.page.wait_for_function(IDLE, timeout=timeout * 1000)

    def save(self):
        self.page.evaluate(SAVE)

    @property
    def cells(self):
        """The cells as nbformat dictionaries."""
        return self.page.evaluate(MODEL)["cells"]

    def errors(self):
        """One line for each error that a cell's output holds."""
        return [
            f"cell {index}: {output['ename']}: {output['evalue']}"
            for index, cell in enumerate(self.cells)
            for output in cell.get("outputs", [])
            if output["output_type"] == "error"
        ]

    def unrun(self):
        """The numbers of code cells that have text and were not run."""
        return [
            index
            for index, cell in enumerate(self.cells)
            if cell["cell_type"] == "code"
            and "".join(cell["source"]).strip()
            and not cell["execution_count"]
        ]

    def show(self, index):
        """Scroll to a cell, which JupyterLab may have taken off the page; return its locator."""
        self.page.evaluate(SHOW_CELL, index)
        cell = self.page.locator(f"{FRONT} .jp-Cell[data-windowed-list-index='{index}']")
        cell.wait_for(state="attached")
        return cell

    def find(self, kind):
        """The index of the first cell with an output of the media type ``kind``."""
        for index, cell in enumerate(self.cells):
            if any(kind in output.get("data", {}) for output in cell.get("outputs", [])):
                return index
        raise AssertionError(f"no cell has an output of type {kind}")
