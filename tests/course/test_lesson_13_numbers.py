"""Lesson 13: its counts against the published totals, sums by hand, and SciPy.

The lesson's own cells are run here, one after the other. They use `cnnlab`; the oracles below do
not.
"""

import numpy as np
from numpy.testing import assert_allclose, assert_array_equal
from scipy import signal

LESSON = "13_architectures"

# Year, depth as the papers count it, and the totals that others printed.
PUBLISHED = {
    "LeNet-5": (1998, 5, 60_000),
    "AlexNet": (2012, 8, 60_965_224),
    "AlexNet (one tower)": (2014, 8, 61_100_840),
    "VGG-16": (2014, 16, 138_357_544),
    "GoogLeNet": (2014, 22, 6_998_552),
    "GoogLeNet (torchvision)": (2014, 22, 6_624_904),
    "ResNet-18": (2015, 18, 11_689_512),
    "ResNet-50": (2015, 50, 25_557_032),
    "DenseNet-121": (2016, 121, 7_978_856),
    "MobileNet": (2017, 28, 4_231_976),
}
VGG_CHANNELS = [3, 64, 64, 128, 128, 256, 256, 256, 512, 512, 512, 512, 512, 512]


# --- 13 The table


def test_all_networks_with_year_depth_and_both_counts(said):
    lines = said.splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith("network ")) + 1
    rows = [line.rsplit(maxsplit=4) for line in lines[first : first + 10]]
    assert {name.strip(): cells for name, *cells in rows} == {
        name: [str(year), str(depth), f"{total:,}", f"{total:,}"]
        for name, (year, depth, total) in PUBLISHED.items()
    }


def test_after_vgg_deeper_and_smaller():
    """What the picture's words say."""
    _, vgg_depth, vgg = PUBLISHED["VGG-16"]
    grown = [PUBLISHED[name] for name in ("LeNet-5", "AlexNet", "VGG-16")]
    assert [depth for _, depth, _ in grown] == sorted(depth for _, depth, _ in grown)
    assert [total for *_, total in grown] == sorted(total for *_, total in grown)
    for name in ("GoogLeNet", "ResNet-18", "ResNet-50", "DenseNet-121", "MobileNet"):
        assert PUBLISHED[name][1] > vgg_depth
        assert PUBLISHED[name][2] < vgg


# --- 13 One network after the other


def test_lenet(said, prose):
    assert 60 * 25 + 16 == 1_516
    assert "conv 5×5, 16: 1,516 numbers. You said 0." in said
    assert "60 · 25 + 16 = 1,516." in prose
    learned = [6 * 26, 2 * 6, 1_516, 2 * 16, 120 * (16 * 25 + 1), 84 * 121]
    assert sum(learned) == 60_000
    assert "LeNet-5: 60,000, published 60,000" in said
    assert 6 * 16 == 96


def test_alexnet(said, prose):
    convolutions = [
        96 * (3 * 121 + 1),
        256 * (48 * 25 + 1),
        384 * (256 * 9 + 1),
        384 * (192 * 9 + 1),
        256 * (192 * 9 + 1),
    ]
    dense = [4096 * (256 * 36 + 1), 4096 * 4097, 1000 * 4097]
    assert sum(convolutions) + sum(dense) == 60_965_224
    assert f"{sum(dense) / 60_965_224:.0%}" == "96%"
    assert "parameters: 60,965,224, in the dense layers 96%" in said
    places = [55 * 55, 27 * 27, 13 * 13, 13 * 13, 13 * 13]
    weights = [96 * 363, 256 * 1200, 384 * 2304, 384 * 1728, 256 * 1728]
    work = sum(p * w for p, w in zip(places, weights, strict=True))
    products = sum(dense) - 4096 - 4096 - 1000
    assert f"{products / (products + work):.0%}" == "8%"
    assert "multiplications in the dense layers: 8%" in said
    assert 1_000 < 60_965_224 / 60_000 < 1_100
    assert "a thousand times as many parameters" in prose


def test_vgg(said, prose):
    convolutions = sum(
        after * (before * 9 + 1)
        for before, after in zip(VGG_CHANNELS, VGG_CHANNELS[1:], strict=False)
    )
    dense = [4096 * (25_088 + 1), 4096 * 4097, 1000 * 4097]
    assert 7 * 7 * 512 == 25_088
    assert dense[0] > 100_000_000
    assert convolutions + sum(dense) == 138_357_544
    assert "138,357,544 parameters, dense 89%" in said
    sides = [224, 224, 112, 112, 56, 56, 56, 28, 28, 28, 14, 14, 14]
    work = sum(
        side * side * 9 * before * after
        for side, before, after in zip(sides, VGG_CHANNELS, VGG_CHANNELS[1:], strict=False)
    )
    products = sum(dense) - 4096 - 4096 - 1000
    assert f"{(work + products) / 1e9:.2f}" == "15.47"
    assert f"{products / (work + products):.0%}" == "1%"
    assert "15.47 thousand million multiplications, dense 1%" in said
    assert "13 convolutions" in prose
    assert len(sides) == 13


def test_googlenet_is_a_ninth_and_no_twelfth(said, prose):
    ratio = PUBLISHED["AlexNet"][2] / PUBLISHED["GoogLeNet"][2]
    assert f"{ratio:.1f}" == "8.7"
    assert round(ratio) == 9
    assert "22 layers, 6,998,552 parameters, 11.5%" in said
    assert "AlexNet has 8.7 times as many." in said
    assert prose.count("8.7") == 2


# --- 13 Shortcuts


def test_a_block_of_zeros_passes_the_image_on(names):
    assert_array_equal(names["y"], names["x"])
    assert names["x"].min() >= 0


def test_a_block_adds_its_rising_steps(names):
    x = names["x"]
    rising = np.maximum(np.diff(np.pad(x, ((0, 0), (1, 0))), axis=1), 0)
    assert_array_equal(names["added"], x + rising)


def test_thirty_layers(names, said):
    rng = np.random.default_rng(1)
    four = names["data"].digits().images[100] / 16
    plain = shortcut = [four] * 8

    def conv(maps, weight):
        return [
            sum(signal.correlate2d(x, k, mode="same") for x, k in zip(maps, row, strict=True))
            for row in weight
        ]

    for _ in range(30):
        first, second = rng.normal(scale=0.03, size=(2, 8, 8, 3, 3))
        plain = [np.maximum(y, 0) for y in conv(plain, first)]
        inside = conv([np.maximum(y, 0) for y in conv(shortcut, first)], second)
        shortcut = [np.maximum(x + y, 0) for x, y in zip(shortcut, inside, strict=True)]
    assert_allclose(names["shortcut"][0], shortcut)
    assert_allclose(names["plain"][0], plain, rtol=1e-6, atol=0)
    before, after = four.std(), np.std(shortcut)
    assert np.std(plain) < 1e-20
    assert 0.85 * before < after < 1.15 * before
    spread = f"with shortcuts {after:.2f}, at first {before:.2f}"
    assert f"plain {np.std(plain):.1e}, {spread}" in said


def test_the_narrow_waist(said, prose):
    parts = [256 * 64, 64 * 64 * 9, 64 * 256]
    assert parts == [16_384, 36_864, 16_384]
    assert sum(parts) == 69_632
    assert 2 * 256 * 256 * 9 == 1_179_648
    assert "waist: 69,632" in said
    assert "two of 3 x 3: 1,179,648" in said
    assert "16,384 + 36,864 + 16,384 = 69,632, against 1,179,648" in prose
    assert PUBLISHED["ResNet-50"][2] < PUBLISHED["AlexNet"][2]


# --- 13 Dense blocks and MobileNet


def test_a_dense_block_grows_and_keeps(names, said):
    assert names["maps"].shape[1] == 3  # the flower's block has run after it
    for place in range(4):
        assert f"sees {2 + 3 * place:2} maps, appends 3" in said
    assert "out: 14. First two untouched: True" in said


def test_densenet_appends_32_maps_a_layer(said, prose):
    widths = [64]
    for _ in range(6):
        widths.append(widths[-1] + 32)
    assert str(widths[1:]) in said
    assert widths[-1] == 256
    assert "64 + 6 · 32 = 256 maps." in prose
    assert 1 + 2 * (6 + 12 + 24 + 16) + 3 + 1 == 121
    assert "121 layers, 7,978,856 parameters" in said


def test_the_depthwise_block_on_the_flower(names):
    planes, edge = names["flower"][0], names["edge"] / 4
    kernels = [edge, edge.T, -edge]
    found = [
        np.maximum(signal.correlate2d(x, k, mode="same"), 0)
        for x, k in zip(planes, kernels, strict=True)
    ]
    assert_allclose(names["maps"][0], [sum(found), found[0], found[2]], atol=1e-12)


def test_what_the_pair_saves(said):
    many, few = 512 * 512 * 9, 512 * 9 + 512 * 512
    assert f"{many:,} against {few:,}: {many / few:.1f} times" in said
    assert f"{many / few:.1f}" == "8.8"
    pairs = [(64, 112), (128, 56), (128, 56), (256, 28), (256, 28), *[(512, 14)] * 6]
    pairs += [(1024, 7), (1024, 7)]
    work, channels = 3 * 32 * 9 * 112**2 + 1024 * 1000, 32
    for filters, side in pairs:
        work += channels * 9 * side**2 + channels * filters * side**2
        channels = filters
    assert len(pairs) == 13
    assert "MobileNet multiplies 569 million times an image, VGG-16 27 times as often" in said
    assert round(work / 1e6) == 569
    assert round(15.47e9 / work) == 27


# --- 13 Detection


def test_each_digit_is_found_in_its_column(names, said):
    weight, strip = names["weight"], names["strip"]
    for digit, left in [(4, 4), (0, 18), (1, 32)]:
        kernel = weight[:64, digit].reshape(8, 8)
        scores = signal.correlate2d(strip, kernel, mode="valid")[0] + weight[64, digit]
        assert_allclose(names["found"][digit], scores, atol=1e-9)
        assert scores.argmax() == left
        assert f"a {digit} in column {left}, score {scores.max():.2f}" in said


def test_the_digits_of_the_strip_were_held_back(names):
    digits = names["digits"]
    assert len(names["images"]) == len(digits.images) - 10
    assert digits.labels[[4, 0, 1]].tolist() == [4, 0, 1]
    assert len(names["between"]) == 4000


# --- The three checks at the end


def test_the_answers_to_the_three_checks(prose):
    assert 7 * 7 * 512 == 25_088
    assert "reads 25,088 numbers with 4,096 units" in prose
    assert "makes 128 maps of 64" in prose
