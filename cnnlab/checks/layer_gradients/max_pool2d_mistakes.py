"""Known wrong versions of `max_pool2d_backward`."""

import numpy as np

from cnnlab.checks.ladder import Mistake
from cnnlab.checks.layer_gradients.common import first_maximum, pooled_back


def by_windows(share, **how):
    """A version made of what each window hands on: ``share(window, gradient)``."""
    return lambda g, x, k, s: pooled_back(g, x, k, s, share, **how)


def _winner(window, gradient):
    return first_maximum(window) * gradient


def _flat_index_as_row(window, gradient):
    result = np.zeros(window.shape)
    result[min(window.argmax(), len(window) - 1), 0] = gradient
    return result


def _flat_index_as_column(window, gradient):
    result = np.zeros(window.shape)
    result[0, min(window.argmax(), len(window) - 1)] = gradient
    return result


def _swapped_index(window, gradient):
    result = np.zeros(window.shape)
    u, v = divmod(int(window.argmax()), window.shape[1])
    result[v, u] = gradient
    return result


def _whole_image(g, x, k, s):
    """The maximum of the image instead of the window's."""
    result = np.zeros(x.shape)
    for n, c in np.ndindex(x.shape[:2]):
        result[n, c] = first_maximum(x[n, c]) * g[n, c].sum()
    return result


def _only(g, part):
    chosen = np.zeros(g.shape)
    chosen[part] = g[part]
    return chosen


def _right(g, x, k, s):
    return pooled_back(g, x, k, s, _winner)


def _changes_input(g, x, k, s):
    right = _right(g, x, k, s)
    x[...] = 0
    return right


def _one_winner_for_all_channels(g, x, k, s):
    """Where the first channel has its maximum, all have it."""
    return np.concatenate(
        [pooled_back(g[:, c : c + 1], x[:, :1], k, s, _winner) for c in range(x.shape[1])], axis=1
    )


def _cut_off(g, x, k, s):
    return _right(g, x, k, s)[:, :, : (g.shape[2] - 1) * s + k, : (g.shape[3] - 1) * s + k]


MISTAKES = (
    Mistake(
        "every-tie-wins",
        "At a tie every maximum got the whole gradient, so the sum is too large. What should the "
        "shares add up to?",
        by_windows(lambda w, d: (w == w.max()) * d),
    ),
    Mistake(
        "overwritten",
        "A pixel that wins several windows kept one gradient only. What happens where ways meet?",
        by_windows(_winner, adds=False),
    ),
    Mistake(
        "shared-by-all",
        "All pixels of a window got a share. Which of them had a say in the maximum?",
        by_windows(lambda w, d: np.full(w.shape, d / w.size)),
    ),
    Mistake(
        "copied-to-all",
        "All pixels of a window got the whole gradient. Which of them had a say in the maximum?",
        by_windows(lambda w, d: np.full(w.shape, d)),
        by_windows(lambda w, d: np.full(w.shape, d), adds=False),
    ),
    Mistake(
        "times-the-maximum",
        "Your gradient is multiplied by the pixel itself. What is the slope of a maximum?",
        by_windows(lambda w, d: _winner(w, d) * w.max()),
    ),
    Mistake(
        "where-instead-of-what",
        "You mark the winners. What should arrive at them?",
        by_windows(lambda w, d: first_maximum(w)),
        by_windows(lambda w, d: first_maximum(w), adds=False),
    ),
    Mistake(
        "maxima-put-back",
        "The maxima themselves came back. What should arrive at their places?",
        by_windows(lambda w, d: _winner(w, w.max())),
        by_windows(lambda w, d: _winner(w, w.max()), adds=False),
    ),
    Mistake(
        "flat-place-as-row",
        "The place of the maximum is a single number for the whole window, and you took it for a "
        "row or a column. How do you get both from it?",
        by_windows(_flat_index_as_row),
        by_windows(_flat_index_as_column),
    ),
    Mistake(
        "row-and-column-swapped",
        "Inside the window, row and column of the winner changed places. Which index counts "
        "downwards?",
        by_windows(_swapped_index),
    ),
    Mistake(
        "smallest-wins",
        "The gradient arrives at the smallest pixels. Which pixel did the window let through?",
        by_windows(lambda w, d: first_maximum(-w) * d),
    ),
    Mistake(
        "largest-size-wins",
        "Large negative pixels win in yours. Does a maximum look at the sign?",
        by_windows(lambda w, d: first_maximum(np.abs(w)) * d),
    ),
    Mistake(
        "negatives-never-win",
        "A window of negative numbers sends nothing back. Which number did it let through?",
        by_windows(lambda w, d: _winner(w, d) * (w.max() > 0)),
    ),
    Mistake(
        "corner-wins",
        "Always the same corner of a window gets the gradient. Where is the maximum?",
        by_windows(lambda w, d: _winner(np.arange(w.size)[::-1].reshape(w.shape), d)),
        by_windows(lambda w, d: _winner(np.arange(w.size).reshape(w.shape), d)),
    ),
    Mistake(
        "maximum-of-the-image",
        "One pixel of each image got everything. Where does each window look for its maximum?",
        _whole_image,
    ),
    Mistake(
        "one-winner-for-all-channels",
        "All channels send their gradient where the first has its winners. Where are their own?",
        _one_winner_for_all_channels,
    ),
    Mistake(
        "stride-missing",
        "All windows stand one pixel apart. Where does the step enter?",
        by_windows(_winner, step=1),
    ),
    Mistake(
        "step-of-the-window",
        "Your windows lie side by side whatever the stride is. Where does a window begin?",
        lambda g, x, k, s: pooled_back(g, x, k, s, _winner, step=k),
    ),
    Mistake(
        "window-of-the-step",
        "Your windows are as large as a step. How large are they?",
        lambda g, x, k, s: pooled_back(g, x, s, s, _winner),
    ),
    Mistake(
        "first-window-only",
        "Only the first window sent something back. When does your function return?",
        lambda g, x, k, s: _right(_only(g, np.s_[:, :, :1, :1]), x, k, s),
        lambda g, x, k, s: _right(_only(g, np.s_[:1, :1, :1, :1]), x, k, s),
    ),
    Mistake(
        "first-channel-only",
        "Only the first channel or image got a gradient. Which loops are still missing?",
        lambda g, x, k, s: _right(_only(g, np.s_[:1, :1]), x, k, s),
        lambda g, x, k, s: _right(_only(g, np.s_[:, :1]), x, k, s),
        lambda g, x, k, s: _right(_only(g, np.s_[:1]), x, k, s),
    ),
    Mistake(
        "cut-off",
        "The pixels that no window reached are missing. Which shape has the gradient of an image?",
        _cut_off,
    ),
    Mistake(
        "changes-input",
        "The image you were given now holds other numbers. Could you leave it as it is?",
        _changes_input,
    ),
)
