"""Mutations of the model answers of 09b_layer_gradients that are still right functions."""

SAME_AXIS = "of four axes, number 2 is also the last but one"
ONE_PLACE = "an axis of length 1 has one place, so -1 names the same one"
NEVER_READ = "a border that is wider below and to the right is never read, and is cut off"

SUM = "grad_output.sum(axis=(0, 2, 3))"
ROWS = "for i in range(grad_output.shape[2]):: 2 -> -2, place 1"
MIX = "mix = weight[:, :, 0, 0]: 0 -> -1"
BORDER = "border = (padding, padding): padding"

SURVIVORS = {
    "avg_pool2d_backward": {ROWS: SAME_AXIS},
    "conv1x1_backward": {
        f"{MIX}, place 1": ONE_PLACE,
        f"{MIX}, place 2": ONE_PLACE,
        f"grad_bias = {SUM}: 2 -> -2, place 1": SAME_AXIS,
    },
    "conv2d_backward": {
        **{
            f"{BORDER} -> {wider}, place 2": NEVER_READ
            for wider in ("H", "KH", "KW", "W", "stride")
        },
        "H, W = input.shape[2:]: 2 -> -2, place 1": SAME_AXIS,
        "KH, KW = weight.shape[2:]: 2 -> -2, place 1": SAME_AXIS,
        ROWS: SAME_AXIS,
        f"return (grad_input, grad_weight, {SUM}): 2 -> -2, place 1": SAME_AXIS,
    },
}
