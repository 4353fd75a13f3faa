"""Known wrong versions of `max_pool2d`, each with the hint it earns."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.ladder import Mistake
from cnnlab.checks.pooling.common import (
    beyond_the_edge,
    partial_windows,
    pooled,
)
from cnnlab.checks.pooling.window_mistakes import window_mistakes

right = naive.max_pool2d


MISTAKES = (
    Mistake(
        "starts-at-zero",
        "A window of numbers below zero gave 0, which is not in it. From which number does your "
        "search start?",
        lambda x, k, s: np.maximum(right(x, k, s), 0),
    ),
    Mistake(
        "last-value",
        "Your answer is always the bottom-right pixel of the window. What is asked for?",
        pooled(lambda w: w[-1, -1]),
    ),
    Mistake(
        "first-value",
        "Your answer is always the top-left pixel of the window: you left pixels out. What is "
        "asked for?",
        pooled(lambda w: w[0, 0]),
        lambda x, k, s: np.asarray(x)[:, :, ::s, ::s],
    ),
    Mistake(
        "smallest",
        "Your answers are the smallest numbers. Which one of a window stays?",
        pooled(np.min),
    ),
    Mistake(
        "averaged",
        "You took a mean. Which pooling asks for the mean, and which for the largest number?",
        pooled(np.mean),
        pooled(np.median),
    ),
    Mistake(
        "summed",
        "You added the window up. Which of its numbers stays in max pooling?",
        pooled(np.sum),
    ),
    Mistake(
        "largest-size",
        "A large number below zero came back without its sign. Is minus nine larger than two?",
        pooled(lambda w: np.abs(w).max()),
        pooled(lambda w: w.ravel()[np.abs(w).argmax()]),
    ),
    Mistake(
        "positions",
        "You returned where the largest numbers lie. What are their values?",
        pooled(np.argmax),
    ),
    Mistake(
        "first-row-of-window",
        "Only the first row of each window counts. How many rows has a window?",
        pooled(lambda w: w[0].max()),
    ),
    Mistake(
        "last-row-of-window",
        "Only the last row of each window counts. Where does your search start again?",
        pooled(lambda w: w[-1].max()),
    ),
    Mistake(
        "window-too-small",
        "The last row and column of each window were not looked at. Is the end of a slice "
        "included?",
        pooled(np.max, span=lambda k, s: k - 1),
    ),
    Mistake(
        "window-too-large",
        "Your windows reach one pixel too far. Is the end of a slice included?",
        pooled(np.max, span=lambda k, s: k + 1),
    ),
    Mistake(
        "rounded-up",
        "Your last windows stick out. Does a window count that only half fits?",
        partial_windows(np.max),
        beyond_the_edge(right, constant_values=0),
    ),
    *window_mistakes(right, np.max),
)
