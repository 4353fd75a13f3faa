"""The benchmarks compare like with like, and say truly what they found."""

import numpy as np
import pytest
from click.testing import CliRunner
from numpy.testing import assert_allclose

from benchmarks import __main__ as program
from benchmarks import convolutions, groups, loops, machine, memory, networks, report, timing
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


@pytest.fixture
def without_torch(monkeypatch):
    for module in (machine, networks, convolutions):
        monkeypatch.setattr(module, "torch_or_none", lambda: None)


def run(monkeypatch, *words):
    """The command in this process: the instruction set counts as chosen."""
    monkeypatch.setenv(program.PREPARED, "native")
    return CliRunner().invoke(program.main, words)


def test_the_command_names_its_groups(monkeypatch):
    result = run(monkeypatch, "--list")
    assert result.output.splitlines() == list(groups.GROUPS)


@pytest.mark.usefixtures("without_torch")
def test_where_torch_is_missing_the_command_says_so(monkeypatch):
    result = run(monkeypatch, "--only", "eight-filter net, batch 10", "--quick", "--threads", "1")
    assert result.exit_code == 0, result.output
    assert "times faster" in result.output
    assert "training step    eight-filter net, batch 10" in result.output
    assert "of PyTorch" not in result.output
    assert "PyTorch: not installed (pip install 'cnnlab[bench]')" in result.output


@pytest.mark.usefixtures("without_torch")
@pytest.mark.parametrize("group", list(convolutions.GROUPS))
def test_a_single_convolution_can_be_asked_for(monkeypatch, group):
    words = ("--only", f"{group} 64x1x28x28 k3", "--quick", "--threads", "1")
    result = run(monkeypatch, *words)
    assert result.exit_code == 0, result.output
    assert result.output.count("64x1x28x28 k3 c8") == 1


def test_a_page_is_written_without_the_name_of_a_folder(monkeypatch, tmp_path):
    row = Row("learning", "digits", 1.0, "s")
    monkeypatch.setattr(groups, "rows", lambda *arguments: [row])
    monkeypatch.setattr(report, "PAGE", tmp_path / "performance.md")
    words = ["--write", "--mnist", str(tmp_path)]
    monkeypatch.setattr("sys.argv", ["benchmarks", *words])
    assert run(monkeypatch, *words).exit_code == 0
    page = (tmp_path / "performance.md").read_text()
    assert "`python -m benchmarks --write --mnist DIR`" in page
    assert "## One thread" in page
    assert "## 2 threads" in page


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--only", "nothing"), "Nothing is called 'nothing'. --list names the groups."),
        (("--write", "--only", "loops"), "--write keeps the whole table; leave --only and"),
    ],
)
def test_wrong_words_are_told_the_way_out(monkeypatch, words, sentence):
    result = run(monkeypatch, *words)
    assert result.exit_code == 2
    assert sentence in result.output


def test_lenet_reads_the_offline_digits_well_within_the_bar():
    seconds, detail = groups.learning.lenet_on_offline_digits()
    assert seconds < groups.learning.BAR.must
    assert "of 360 held-back digits" in detail
