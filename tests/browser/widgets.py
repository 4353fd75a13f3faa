"""A notebook with explorers in it, and what the tests ask of the page and of the kernel."""

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
