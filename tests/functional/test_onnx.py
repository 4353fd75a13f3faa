"""Every node test that ONNX publishes for our operators passes, or is listed with the reason."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from tests.functional.onnx_nodes import OPERATORS, answer, cases
from tests.functional.onnx_words import Inexpressible

CUBIC = "no cubic interpolation"
CROP = "no cropping while resizing"
NEIGHBOURS = "other neighbours than floor(i / scale)"
ALIGNED = "no align_corners where the new size was rounded"
SYMMETRIC = "no half_pixel_symmetric where the new size was rounded"
UNBIASED = "ours records the unbiased variance, as PyTorch does"

INEXPRESSIBLE = {
    "test_batchnorm_epsilon_training_mode": UNBIASED,
    "test_batchnorm_example_training_mode": UNBIASED,
    "test_resize_downsample_scales_cubic": CUBIC,
    "test_resize_downsample_scales_cubic_A_n0p5_exclude_outside": CUBIC,
    "test_resize_downsample_scales_cubic_align_corners": CUBIC,
    "test_resize_downsample_scales_cubic_antialias": CUBIC,
    "test_resize_downsample_scales_linear_align_corners": ALIGNED,
    "test_resize_downsample_scales_linear_antialias": "no antialiasing",
    "test_resize_downsample_scales_linear_half_pixel_symmetric": SYMMETRIC,
    "test_resize_downsample_scales_nearest": NEIGHBOURS,
    "test_resize_downsample_sizes_cubic": CUBIC,
    "test_resize_downsample_sizes_cubic_antialias": CUBIC,
    "test_resize_downsample_sizes_linear_antialias": "no antialiasing",
    "test_resize_downsample_sizes_linear_pytorch_half_pixel": "PyTorch's exception for a size of 1",
    "test_resize_downsample_sizes_nearest": NEIGHBOURS,
    "test_resize_downsample_sizes_nearest_not_smaller": NEIGHBOURS,
    "test_resize_tf_crop_and_resize": CROP,
    "test_resize_tf_crop_and_resize_axes_2_3": CROP,
    "test_resize_tf_crop_and_resize_axes_3_2": CROP,
    "test_resize_tf_crop_and_resize_extrapolation_value": CROP,
    "test_resize_upsample_scales_cubic": CUBIC,
    "test_resize_upsample_scales_cubic_A_n0p5_exclude_outside": CUBIC,
    "test_resize_upsample_scales_cubic_align_corners": CUBIC,
    "test_resize_upsample_scales_cubic_asymmetric": CUBIC,
    "test_resize_upsample_scales_linear_half_pixel_symmetric": SYMMETRIC,
    "test_resize_upsample_sizes_cubic": CUBIC,
    "test_resize_upsample_sizes_nearest_ceil_half_pixel": NEIGHBOURS,
    "test_resize_upsample_sizes_nearest_floor_align_corners": NEIGHBOURS,
    "test_resize_upsample_sizes_nearest_round_prefer_ceil_asymmetric": NEIGHBOURS,
}
LEAST = {"Conv": 6, "ConvTranspose": 11, "MaxPool": 19, "AveragePool": 20, "Resize": 12}


@pytest.fixture(scope="module")
def verdicts():
    """For every case its operator, and "passed", why it cannot be told, or what went wrong."""
    found = {}
    for name, (node, settings, case) in cases().items():
        found[name] = node.op_type, _verdict(node, settings, case)
    return found


def _verdict(node, settings, case):
    for inputs, outputs in case.data_sets:
        try:
            ours = answer(node, settings, [np.asarray(array) for array in inputs])
        except Inexpressible as reason:
            return str(reason)
        assert len(ours) >= len(outputs) > 0
        for mine, theirs in zip(ours, outputs, strict=False):
            try:
                assert np.shape(mine) == np.shape(theirs)
                assert_allclose(mine, theirs, rtol=case.rtol, atol=max(case.atol, 1e-6))
            except AssertionError as difference:
                return f"FAILED: {difference}"
    return "passed"


def test_every_case_passes_or_is_known_to_be_inexpressible(verdicts):
    others = {name: verdict for name, (_, verdict) in verdicts.items() if verdict != "passed"}
    for name, reason in sorted(others.items()):
        print(f"{name:<64} {reason}")
    assert others == INEXPRESSIBLE


@pytest.mark.parametrize("operator", sorted(OPERATORS))
def test_every_operator_has_cases_that_pass(verdicts, operator):
    passed = [
        name for name, (op, verdict) in verdicts.items() if (op, verdict) == (operator, "passed")
    ]
    assert len(passed) >= LEAST.get(operator, 1)
