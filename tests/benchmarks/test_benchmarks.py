"""The benchmarks compare like with like, and say truly what they found."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from benchmarks import loops, memory, networks, timing
from benchmarks.report import Report, line
from benchmarks.rows import Bar, Row, geometric_mean
from cnnlab import nn


def test_the_loops_do_the_same_step_as_the_network():
    images, labels = networks.batch_of_digits(3)
    network = nn.zoo.eight_filter_net(rng=0).astype(np.float64)
    slow = loops.LoopNetwork(network[0].weight[:, 0], network[3].weight, networks.LEARNING_RATE)
    loss, optimizer = nn.CrossEntropyLoss(), nn.SGD(network, networks.LEARNING_RATE)
    for _ in range(2):
        expected = loss(network(images), labels)
        network.backward(loss.backward(), input_gradient=False)
        optimizer.step()
        assert_allclose(slow.step(images[:, 0].astype(np.float64), labels), expected, rtol=1e-6)
    assert_allclose(slow.kernels, network[0].weight[:, 0], rtol=1e-6, atol=1e-9)
    assert_allclose(slow.shifts, network[0].bias, rtol=1e-6, atol=1e-9)
    assert_allclose(slow.matrix, network[3].weight, rtol=1e-6, atol=1e-9)
    assert_allclose(slow.biases, network[3].bias, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("name", [networks.NIELSEN, networks.EIGHT])
def test_a_step_lowers_the_loss(name):
    step = networks.our_step(name, *networks.batch_of_digits(10))
    first = step()
    assert min(step() for _ in range(20)) < first


def test_a_ratio_is_ours_over_theirs(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(timing, "clock", lambda threads: lambda: now[0])
    monkeypatch.setattr(timing, "_calls_for", lambda seconds, run: 4)

    def takes(seconds):
        def run():
            now[0] += seconds

        return run

    measured = timing.side_by_side(takes(3.0), takes(12.0), rounds=3, seconds=1, threads=1)
    assert (measured.ours, measured.theirs, measured.ratio) == (3.0, 12.0, 0.25)


def test_memory_is_counted_beyond_the_result():
    def run():
        scratch = np.ones(1_000_000, np.uint8)
        return np.full(500_000, scratch[0])

    assert_allclose(memory.peak_megabytes(run), 1.0, atol=0.05)


def test_a_bar_is_must_then_aim():
    bar = Bar(must=1.1, aim=0.8)
    assert [bar.verdict(value) for value in (0.8, 1.1, 1.2)] == ["aim met", "must met", "MISSED"]


def test_the_geometric_mean_of_a_ratio_and_its_inverse_is_one():
    assert_allclose(geometric_mean([4, 0.25, 1]), 1)


def test_a_row_and_a_page_show_the_verdict():
    row = Row("forward", "64x1x28x28", 1.234, "of PyTorch", "2 / 3 ms", Bar(1.1, 0.8))
    assert line(row).endswith("must 1.1, aim 0.8: MISSED")
    page = Report({"BLAS": "openblas"}, {1: [row]}, "python -m benchmarks").as_markdown()
    assert "| forward | 64x1x28x28 | 1.23 of PyTorch | 2 / 3 ms | 1.1 | 0.8 | MISSED |" in page
    assert "- BLAS: openblas" in page
    assert "Printed by `python -m benchmarks` on 20" in page
