"""Known wrong versions of `conv2d_backward`."""

import numpy as np

from cnnlab.checks.ladder import Mistake
from cnnlab.checks.layer_gradients.conv2d_versions import (
    border_forgotten,
    changed,
    cut_by_negative,
    cut_off,
    of_part,
    overwritten,
    padded,
    positions_ignored,
    stamped,
    with_border,
    writes,
)


def _turn(w):
    return w[:, :, ::-1, ::-1]


MISTAKES = (
    Mistake(
        "stamp-turned",
        "Your stamps are turned by 180 degrees. Which weight lay on the first pixel of a window, "
        "going forward?",
        lambda *given: stamped(*given, stamp=_turn),
    ),
    Mistake(
        "stamp-mirrored",
        "Your stamps are turned in one direction only. In which does a full convolution turn?",
        lambda *given: stamped(*given, stamp=lambda w: w[:, :, ::-1]),
        lambda *given: stamped(*given, stamp=lambda w: w[:, :, :, ::-1]),
    ),
    Mistake(
        "weight-gradient-turned",
        "The gradient of the weight is turned by 180 degrees. Is this one a correlation or a "
        "convolution?",
        changed(grad_weight=lambda r, g, x, w, s, p: _turn(r)),
    ),
    Mistake(
        "stamps-overwritten",
        "Where windows overlap only one stamp is left in the input's gradient. What happens where "
        "ways meet?",
        overwritten("input"),
    ),
    Mistake(
        "weight-gradient-overwritten",
        "The gradient of the weight knows the last window only. What happens to the shares of the "
        "others?",
        overwritten("weight"),
    ),
    Mistake(
        "bias-not-over-images",
        "The gradient of the bias knows one image only, or each by itself. Over what does it add "
        "up?",
        changed(grad_bias=lambda r, g, x, w, s, p: g[0].sum(axis=(1, 2))),
        changed(grad_bias=lambda r, g, x, w, s, p: g[-1].sum(axis=(1, 2))),
        changed(grad_bias=lambda r, g, x, w, s, p: g.sum(axis=(2, 3))),
    ),
    Mistake(
        "bias-not-over-places",
        "The gradient of the bias has places, or knows one of them. Where was the bias added?",
        changed(grad_bias=lambda r, g, x, w, s, p: g.sum(axis=0)),
        changed(grad_bias=lambda r, g, x, w, s, p: g[:, :, -1, -1].sum(axis=0)),
        changed(grad_bias=lambda r, g, x, w, s, p: g[:, :, 0, 0].sum(axis=0)),
    ),
    Mistake(
        "bias-is-one-number",
        "The gradient of the bias is a single number. How many filters have a bias?",
        changed(grad_bias=lambda r, g, x, w, s, p: g.sum()),
    ),
    Mistake(
        "bias-keeps-axes",
        "The gradient of the bias has axes too many. Which shape has a bias?",
        changed(grad_bias=lambda r, g, x, w, s, p: g.sum(axis=(0, 2, 3), keepdims=True)),
    ),
    Mistake(
        "bias-averaged",
        "The gradient of the bias is a mean. What happens where ways meet?",
        changed(grad_bias=lambda r, g, x, w, s, p: g.mean(axis=(0, 2, 3))),
        changed(grad_bias=lambda r, g, x, w, s, p: g.sum(axis=(0, 2, 3)) / len(g)),
    ),
    Mistake(
        "stride-missing",
        "On the way back your windows stand one pixel apart. How far apart were they before?",
        lambda *given: stamped(*given, step=1),
    ),
    Mistake(
        "border-left-on",
        "The gradient of the input still has its border. Which shape has the input?",
        changed(grad_input=with_border),
        changed(grad_input=lambda r, g, x, w, s, p: padded(r, p)),
    ),
    Mistake(
        "border-cut-to-nothing",
        "Without padding nothing is left of the input's gradient. What does a slice that ends at "
        "minus zero hold?",
        changed(grad_input=cut_by_negative),
    ),
    Mistake(
        "leftover-missing",
        "Pixels that no window reached are missing. Which shape has the gradient of an image?",
        changed(grad_input=cut_off),
    ),
    Mistake(
        "border-forgotten",
        "The gradient of the weight has not seen the border. Which pixels did the windows read?",
        changed(grad_weight=border_forgotten),
    ),
    Mistake(
        "one-filter-only",
        "One filter alone sends its gradient back to the input. How many read each channel?",
        changed(grad_input=of_part("grad_input", lambda g, x, w: (g[:, :1], x, w[:1]))),
        changed(grad_input=of_part("grad_input", lambda g, x, w: (g[:, -1:], x, w[-1:]))),
    ),
    Mistake(
        "one-channel-for-all",
        "All channels of the input get what the first should. Which weights belong to a channel?",
        changed(grad_input=lambda r, g, x, w, s, p: np.repeat(r[:, :1], r.shape[1], axis=1)),
    ),
    Mistake(
        "one-image-only",
        "The gradient of the weight knows one image only. What becomes of the others?",
        changed(grad_weight=of_part("grad_weight", lambda g, x, w: (g[:1], x[:1], w))),
        changed(grad_weight=of_part("grad_weight", lambda g, x, w: (g[-1:], x[-1:], w))),
    ),
    Mistake(
        "weight-gradient-averaged",
        "The gradient of the weight is divided by the number of images or of windows. Where was "
        "the mean already taken?",
        changed(grad_weight=lambda r, g, x, w, s, p: r / len(x)),
        changed(grad_weight=lambda r, g, x, w, s, p: r / g[0, 0].size),
    ),
    Mistake(
        "all-averaged",
        "Your gradients are divided by the number of images. Where was that already done?",
        lambda g, x, w, s, p: tuple(part / len(x) for part in stamped(g, x, w, s, p)),
        changed(
            grad_weight=lambda r, g, x, w, s, p: r / len(x),
            grad_bias=lambda r, g, x, w, s, p: r / len(x),
        ),
    ),
    Mistake(
        "positions-ignored",
        "All pixels of the input got the same gradient. Where does each stamp lie?",
        changed(grad_input=positions_ignored),
    ),
    Mistake(
        "first-window-only",
        "Only the first window sent something back. When does your function return?",
        lambda g, x, w, s, p: stamped(_first_window(g), x, w, s, p),
        changed(
            grad_input=lambda r, g, x, w, s, p: stamped(_first_window(g), x, w, s, p)[0],
            grad_weight=lambda r, g, x, w, s, p: stamped(_first_window(g), x, w, s, p)[1],
        ),
    ),
    Mistake(
        "gradient-ignored",
        "What comes back leaves no trace. What is each stamp multiplied by?",
        lambda g, x, w, s, p: stamped(np.ones(g.shape), x, w, s, p),
        changed(grad_input=lambda r, g, x, w, s, p: stamped(np.ones(g.shape), x, w, s, p)[0]),
        changed(grad_weight=lambda r, g, x, w, s, p: stamped(np.ones(g.shape), x, w, s, p)[1]),
    ),
    Mistake(
        "step-taken",
        "You hand back changed weights or steps, not gradients. In which phase are weights moved?",
        changed(grad_weight=lambda r, g, x, w, s, p: w - r),
        changed(grad_weight=lambda r, g, x, w, s, p: w - 0.1 * r),
        changed(grad_weight=lambda r, g, x, w, s, p: 0.1 * r),
        changed(grad_weight=lambda r, g, x, w, s, p: 0.01 * r),
    ),
    Mistake(
        "changes-arguments",
        "An array that you were given now holds other numbers. Could you leave it as it is?",
        writes(0),
        writes(1),
        writes(2),
    ),
)


def _first_window(g):
    chosen = np.zeros(g.shape)
    chosen[:, :, 0, 0] = g[:, :, 0, 0]
    return chosen
