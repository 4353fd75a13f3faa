"""The receptive-field explorer in Python: its settings and what it refuses."""

import pytest

from cnnlab.errors import ArgumentError
from cnnlab.explore import ReceptiveField
from tests.explore import cases


def test_fields_are_those_of_lighting_one_input_after_the_other(rng):
    for one in cases.fields(rng):
        if one["seen"]:
            first = one["seen"][0]
            assert ReceptiveField(one["layers"]).field == first[-1] - first[0] + 1


def test_settings_are_read_and_set():
    explorer = ReceptiveField([(3, 2, 1)], unit=2)
    assert explorer.layers == [[3, 2, 1]]
    assert repr(explorer) == "ReceptiveField: 1 layer, one unit sees 3 x 3 pixels"
    explorer.set_state({"layers": [[5, 1, 1], [3, 1, 2]], "view": "overlap"})
    assert explorer.field == 9
    assert repr(explorer) == "ReceptiveField: overlap of 3 pixels, stride 2"
    pooled = ReceptiveField([(3, 1, 1), (2, 2, 1, "pool"), (3, 1, 1)])
    assert pooled.layers[1] == [2, 2, 1, "pool"]
    assert pooled.field == 8


WRONG = [
    ({"layers": []}, "expected 1 to 6 layers"),
    ({"layers": [(3, 1)]}, "for example [(3, 1, 1), (3, 2, 1)]"),
    ({"layers": [(3, 0, 1)]}, "each from 1 to 16"),
    ({"layers": [(3, 1, 1)] * 7}, "expected 1 to 6 layers"),
    ({"layers": "abc"}, "got 'abc'"),
    ({"layers": [(3, 1, "pool")]}, "a pooling is (2, 2, 1, "),
    ({"layers": [(2, 2, 1, "max")]}, "a pooling is (2, 2, 1, "),
    ({"view": "fields"}, "did you mean 'field'?"),
    ({"stride": 0}, "stride=2 doubles the size"),
    ({"layer": []}, "did you mean 'layers'?"),
]


@pytest.mark.parametrize(("settings", "words"), WRONG, ids=lambda value: str(value)[:40])
def test_what_makes_no_sense_is_refused_with_a_remedy(settings, words):
    with pytest.raises(ArgumentError) as caught:
        ReceptiveField(**settings)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
