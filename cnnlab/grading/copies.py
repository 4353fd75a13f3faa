"""The executed copy of a submission, as a notebook in nbgrader's form."""

import json
from typing import Any

from cnnlab.grading.clean import clean_outputs
from cnnlab.grading.model import Item, Manifest, Outcome, Ran, RanStatus, Step

ENDED_BADLY: dict[RanStatus, str] = {
    "timeout": "This cell was stopped: it ran out of time.\n",
    "died": "This cell ended the process; the notebook went on without it.\n",
    "skipped": "This cell was not reached: the cells before it never ended.\n",
}


def autograded(manifest: Manifest, outcome: Outcome) -> str:
    """The executed copy that formgrader shows, as the text of a notebook.

    Of a test it holds what students may see, and the verdict: whoever makes feedback pages from
    it, hidden tests stay hidden.
    """
    items = {item.grade_id: item for item in outcome.items}
    cells = []
    for number, (step, ran) in enumerate(zip(outcome.steps, outcome.ran, strict=True)):
        cell = manifest.cell(step.grade_id)
        outputs = _outputs(ran)
        if cell is not None and step.kind == "test":
            outputs.append(_verdict(items[cell.grade_id]))
        metadata = {"nbgrader": cell.metadata} if cell is not None else {}
        cells.append(_cell(step, outputs, id=f"cell-{number}", metadata=metadata))
    notebook = {
        "cells": cells,
        "metadata": {"kernelspec": manifest.kernelspec},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _cell(step: Step, outputs: list[dict[str, Any]], **fields: Any) -> dict[str, Any]:
    """A cell in nbformat's form; its own functions check each cell against the schema, slowly."""
    cell = {"cell_type": step.cell_type, "source": step.shown, **fields}
    return (
        {**cell, "execution_count": None, "outputs": outputs} if step.cell_type == "code" else cell
    )


def _outputs(ran: Ran) -> list[dict[str, Any]]:
    """What a student's cell has shown, and a word when it did not end by itself."""
    outputs = clean_outputs(ran.outputs)
    if ran.status in ENDED_BADLY:
        outputs.append(_text("stderr", ENDED_BADLY[ran.status]))
    return outputs


def _verdict(item: Item) -> dict[str, Any]:
    waits = item.points is None
    points = "waits for a person" if waits else f"{item.points:g} of {item.of:g} points"
    words = f"{item.verdict}: {points}" + (f". {item.message}" if item.message else "")
    return _text("stdout", words + "\n")


def _text(name: str, text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": text}
