"""The networks of the course: their shapes, counts, and a first loss of ln K."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from cnnlab import nn
from cnnlab.errors import ArgumentError
from cnnlab.nn import zoo

NETWORKS = {
    "eight_filter_net": (zoo.eight_filter_net, (1, 28, 28), 80 + 13_530),
    "nielsen_dense": (zoo.nielsen_dense, (1, 28, 28), 785 * 100 + 1_010),
    "nielsen_one_convolution": (
        zoo.nielsen_one_convolution,
        (1, 28, 28),
        20 * 26 + (2_880 + 1) * 100 + 1_010,
    ),
    "nielsen_two_convolutions": (
        zoo.nielsen_two_convolutions,
        (1, 28, 28),
        20 * 26 + 40 * 501 + 641 * 100 + 1_010,
    ),
    "lenet5": (zoo.lenet5, (1, 28, 28), 61_706),
    "tiny_vgg": (zoo.tiny_vgg, (3, 64, 64), 280 + 3 * 910 + 16_910),
}
every_network = pytest.mark.parametrize(
    ("build", "image", "parameters"), NETWORKS.values(), ids=list(NETWORKS)
)


@every_network
def test_a_network_has_the_parameters_worked_out_by_hand(build, image, parameters):
    network = build(rng=0)
    assert sum(value.size for value in network.parameters().values()) == parameters
    assert network.summary(image).parameters == parameters


@every_network
def test_a_network_makes_ten_scores_and_learns(build, image, parameters, rng):
    network = build(rng=0)
    images = rng.normal(size=(4, *image)).astype(np.float32) / 2
    labels = np.arange(4)
    loss, optimizer = nn.CrossEntropyLoss(), nn.SGD(network, 0.02)
    first = loss(network(images), labels)
    assert network(images).shape == (4, 10)
    for _ in range(5):
        loss(network(images), labels)
        network.backward(loss.backward(), input_gradient=False)
        optimizer.step()
    assert loss(network(images), labels) < first


def test_the_eight_filter_net_walks_as_in_the_lesson():
    rows = zoo.eight_filter_net(rng=0).summary((1, 28, 28)).rows
    assert [row.output_shape for row in rows] == [(8, 26, 26), (8, 13, 13), (1352,), (10,)]


def test_the_untrained_eight_filter_net_has_a_loss_of_ln_ten(rng):
    images = rng.uniform(-0.5, 0.5, size=(200, 1, 28, 28))
    labels = rng.integers(0, 10, 200)
    network = zoo.eight_filter_net(rng=0)
    assert_allclose(nn.CrossEntropyLoss()(network(images), labels), np.log(10), atol=0.005)
    assert 0.02 < nn.accuracy(network, images, labels) < 0.2


def test_tiny_vgg_walks_as_in_the_lesson():
    rows = zoo.tiny_vgg(rng=0).summary((3, 64, 64)).rows
    assert [row.output_shape for row in rows if row.title.startswith(("conv", "max", "flat"))] == [
        (10, 62, 62),
        (10, 60, 60),
        (10, 30, 30),
        (10, 28, 28),
        (10, 26, 26),
        (10, 13, 13),
        (1690,),
    ]


def test_lenet_takes_28_and_32_pixels():
    assert zoo.lenet5(32, rng=0).summary((1, 32, 32)).parameters == 61_706
    with pytest.raises(ArgumentError, match="size must be 28 or 32 pixels, got 8"):
        zoo.lenet5(8)


def test_the_ladder_adds_dense_layers_and_dropout():
    network = zoo.nielsen_two_convolutions((1000, 1000), dropout=0.5, rng=0)
    kinds = [type(layer).__name__ for layer in network][7:]
    assert kinds == ["Dropout", "Linear", "ReLU", "Dropout", "Linear", "ReLU", "Dropout", "Linear"]
    with pytest.raises(ArgumentError, match=r"one of \['relu', 'sigmoid', 'tanh'\], got 'elu'"):
        zoo.nielsen_two_convolutions(activation="elu")
