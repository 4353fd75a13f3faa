"""Networks: order, names, hooks, summaries and files."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from cnnlab import nn, shapes
from cnnlab.errors import ArgumentError, ShapeError, StateError
from tests.nn.gradients import assert_backward_is_the_derivative


def small_network(rng=0):
    rng = np.random.default_rng(rng)
    return nn.Sequential(
        nn.Sequential(nn.Conv2d(2, 3, 3, rng=rng), nn.BatchNorm2d(3), nn.Tanh()),
        nn.AvgPool2d(2),
        nn.Flatten(),
        nn.Linear(12, 4, rng=rng),
    )


class SmoothNetwork(nn.Sequential):
    """Gradients of a whole network by their flat names."""

    @property
    def gradients(self):
        return {name: gradient for name, _, gradient in self.learnt()}

    @gradients.setter
    def gradients(self, value):
        pass


def test_backward_through_a_network_is_the_derivative(rng):
    network = SmoothNetwork(*small_network())
    network.astype(np.float64)
    network[0][1].momentum = 0
    assert_backward_is_the_derivative(network, rng.normal(size=(3, 2, 6, 7)), rng, rtol=1e-5)


def test_backward_stops_at_the_first_layer_that_learns(rng, monkeypatch):
    network = nn.Sequential(nn.AvgPool2d(2), nn.Flatten(), nn.Linear(4, 2, rng=0), nn.ReLU())
    y = network(rng.normal(size=(3, 1, 4, 4)))
    calls = []
    for layer in network:
        monkeypatch.setattr(layer, "backward", _counted(layer, calls))
    assert network.backward(y, input_gradient=False) is None
    assert calls == [network[3], network[2]]


def _counted(layer, calls):
    inner = layer.backward

    def backward(*arguments):
        calls.append(layer)
        return inner(*arguments)

    return backward


def test_names_count_the_places():
    assert list(small_network().parameters()) == [
        "0.0.weight",
        "0.0.bias",
        "0.1.weight",
        "0.1.bias",
        "3.weight",
        "3.bias",
    ]


def test_train_and_eval_reach_every_layer():
    network = small_network().eval()
    assert [layer.training for layer in network.layers()] == [False] * 8
    network.train()
    assert all(layer.training for layer in network.layers())


def test_feature_maps_are_those_of_every_layer_and_leave_no_hook(rng):
    network, x = small_network(), rng.normal(size=(2, 2, 6, 7))
    maps = network.feature_maps(x)
    assert [output.shape for output in maps.values()] == [
        (2, 3, 4, 5),
        (2, 3, 4, 5),
        (2, 3, 4, 5),
        (2, 3, 2, 2),
        (2, 12),
        (2, 4),
    ]
    assert list(maps)[:2] == ["0.0 Conv2d(2, 3, 3)", "0.1 BatchNorm2d(3)"]
    assert_array_equal(maps["0.0 Conv2d(2, 3, 3)"], network[0][0](x))
    assert not any(layer._hooks for layer in network.layers())


def test_a_removed_hook_is_silent():
    layer, seen = nn.ReLU(), []
    handle = layer.register_forward_hook(lambda *step: seen.append(step))
    layer(np.ones(2))
    handle.remove()
    handle.remove()
    layer(np.ones(2))
    assert len(seen) == 1


def test_a_summary_counts_the_arrays():
    network = small_network()
    table = network.summary((2, 6, 7))
    assert table.parameters == sum(value.size for value in network.parameters().values())
    assert table.output_shape == (4,)
    assert table.rows[0].title == "conv 3×3, 3"
    nested = shapes.table([network.describe()], (2, 6, 7))
    assert nested.parameters == table.parameters


def test_what_is_saved_comes_back(tmp_path, rng):
    one, two = small_network(1), small_network(2)
    x = rng.normal(size=(5, 2, 6, 7)).astype(np.float32)
    one(x)  # moves the running averages of the batch normalisation
    path = one.save(tmp_path / "learnt")
    assert path.name == "learnt.npz"
    assert not np.array_equal(one.eval()(x), two.eval()(x))
    assert_array_equal(two.load(path).eval()(x), one(x))


def test_a_saved_network_holds_no_pickle(tmp_path):
    path = small_network().save(tmp_path / "net.npz")
    with np.load(path, allow_pickle=False) as file:
        assert "0.1.running_var" in file.files
        assert all(file[name].dtype == np.float32 for name in file.files)


def test_a_file_is_never_overwritten_unasked(tmp_path):
    one, two = small_network(1), small_network(2)
    path = one.save(tmp_path / "net.npz")
    with pytest.raises(ArgumentError, match=r"net.npz exists already. Choose another name, or"):
        two.save(path)
    assert_array_equal(small_network(3).load(path)[3].weight, one[3].weight)
    two.save(path, overwrite=True)
    assert_array_equal(small_network(3).load(path)[3].weight, two[3].weight)


def test_a_failed_save_leaves_nothing_behind(tmp_path, monkeypatch):
    def fail(*args, **arrays):
        raise OSError("no space left")

    monkeypatch.setattr(np, "savez", fail)
    with pytest.raises(OSError, match="no space left"):
        small_network().save(tmp_path / "net.npz")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("write", "error", "sentence"),
    [
        (lambda path: None, ArgumentError, "There is no file"),
        (lambda path: path.write_bytes(b"not a file of arrays"), ArgumentError, "holds no saved"),
        (lambda path: path.write_bytes(b""), ArgumentError, "holds no saved"),
        (
            lambda path: nn.Sequential(nn.Linear(2, 1)).save(path),
            ShapeError,
            "it holds 0.weight, 0.bias, this one has 0.0.weight",
        ),
        (
            lambda path: np.savez(path, allow_pickle=True, **{"0.weight": np.array([{}])}),
            ArgumentError,
            "holds no saved network",
        ),
    ],
    ids=["missing", "text", "empty", "another network", "pickle"],
)
def test_files_that_do_not_fit_are_refused(write, error, sentence, tmp_path):
    path = tmp_path / "net.npz"
    write(path)
    network = small_network()
    before = network[3].weight.copy()
    with pytest.raises(error) as caught:
        network.load(path)
    assert sentence in str(caught.value)
    assert_array_equal(network[3].weight, before)


def test_a_network_of_another_size_is_refused(tmp_path):
    path = nn.Sequential(nn.Linear(3, 2)).save(tmp_path / "net.npz")
    with pytest.raises(ShapeError, match=r"its 0.weight is \(2, 3\), this one's is \(3, 3\)"):
        nn.Sequential(nn.Linear(3, 3)).load(path)


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(ArgumentError, match="There is no folder .*nowhere. Make it first"):
        small_network().save(tmp_path / "nowhere" / "net.npz")


def test_only_layers_may_stand_in_a_row():
    with pytest.raises(ArgumentError, match="argument 1 is no layer: 'relu'"):
        nn.Sequential(nn.Flatten(), "relu")


def test_an_optimiser_needs_a_backward_step():
    with pytest.raises(StateError, match="Call backward on the network"):
        list(small_network().learnt())


def test_layers_show_their_settings():
    assert repr(small_network()) == (
        "Sequential(Sequential(Conv2d(2, 3, 3), BatchNorm2d(3), Tanh()), AvgPool2d(2), Flatten(), "
        "Linear(12, 4))"
    )
    assert repr(nn.Conv2d(1, 2, (3, 5))) == "Conv2d(1, 2, (3, 5))"
    assert repr(nn.Dropout(0.25)) == "Dropout(0.25)"
