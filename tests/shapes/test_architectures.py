"""Our counts against totals that others printed; the sources stand in the data."""

import pytest

from cnnlab import shapes
from cnnlab.shapes import ARCHITECTURES

every_architecture = pytest.mark.parametrize(
    "architecture", ARCHITECTURES.values(), ids=list(ARCHITECTURES)
)


@every_architecture
def test_parameters_are_the_published_total(architecture):
    assert architecture.table().parameters == architecture.published.parameters


@pytest.mark.parametrize(
    "architecture",
    [a for a in ARCHITECTURES.values() if a.published.multiplications],
    ids=lambda architecture: architecture.name,
)
def test_multiplications_are_the_published_total(architecture):
    digits = 2 if architecture.name == "VGG-16" else 3
    ours = round(architecture.table().multiplications / 1e9, digits)
    assert ours == architecture.published.multiplications


@every_architecture
def test_a_deep_table_counts_the_same(architecture):
    flat, deep = architecture.table(), architecture.table(deep=True)
    assert deep.parameters == flat.parameters
    assert deep.multiplications == flat.multiplications


@pytest.mark.parametrize(
    ("name", "depth"),
    [
        ("LeNet-5", 5),
        ("AlexNet", 8),
        ("VGG-16", 16),
        ("GoogLeNet", 22),
        ("ResNet-18", 18),
        ("ResNet-50", 50),
        ("DenseNet-121", 121),
        ("MobileNet", 28),
    ],
)
def test_depth_is_the_number_in_the_name_or_the_paper(name, depth):
    assert ARCHITECTURES[name].depth == depth


def test_every_network_has_as_many_outputs_as_classes():
    outputs = {name: a.table().output_shape for name, a in ARCHITECTURES.items()}
    assert outputs.pop("LeNet-5") == (10,)
    assert set(outputs.values()) == {(1000,)}


def test_lenet_layers_have_the_parameters_of_the_paper():
    learned = [row.parameters for row in ARCHITECTURES["LeNet-5"].table().rows if row.parameters]
    assert learned == [156, 12, 1_516, 32, 48_120, 10_164]


@pytest.mark.parametrize(
    ("name", "layers", "field"),
    [("AlexNet", -8, 195), ("VGG-16", -8, 212), ("MobileNet", -3, 315)],
)
def test_receptive_fields_are_those_of_araujo_norris_and_sim(name, layers, field):
    """Table 1 of doi:10.23915/distill.00021, before the dense layers."""
    architecture = ARCHITECTURES[name]
    seen = shapes.receptive_field(architecture.stack[:layers], architecture.input_shape)
    assert seen == (field, field)


def test_googlenet_has_a_ninth_of_alexnets_parameters():
    """The paper says a twelfth; the counts say otherwise, and the lesson shows both."""
    ratio = (
        ARCHITECTURES["AlexNet"].published.parameters
        / ARCHITECTURES["GoogLeNet"].published.parameters
    )
    assert round(ratio, 1) == 8.7


def test_mobilenet_holds_21888_more_numbers_that_are_not_trained():
    """Keras counts a mean and a variance beside each scale and shift: 4,253,864 in all."""
    rows = ARCHITECTURES["MobileNet"].table().rows
    running = sum(row.parameters for row in rows if row.title == "batch norm")
    assert running == 21_888
    assert ARCHITECTURES["MobileNet"].published.parameters + running == 4_253_864


def test_torchvisions_googlenet_differs_in_one_kernel_size_only():
    """With 5 x 5 kernels and biases it would be Caffe's."""
    five = shapes.builders.googlenet(shapes.builders.conv_relu, large=5)
    three = shapes.builders.googlenet(shapes.builders.conv_relu, large=3)
    difference = shapes.parameters(five, (3, 224, 224)) - shapes.parameters(three, (3, 224, 224))
    reduced = shapes.builders.INCEPTIONS.values()
    assert difference == sum((25 - 9) * sizes[3] * sizes[4] for sizes in reduced)
