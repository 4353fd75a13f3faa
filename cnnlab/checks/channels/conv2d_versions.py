"""Ways to build wrong versions of `conv2d`: its loops, and its answer, with room for a mistake."""

import numpy as np

from cnnlab import naive

right = naive.conv2d


def padded(input, padding, **how):
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    return np.pad(np.asarray(input, float), sides, **how)


def loops_with(number, start=None, pad=padded):
    """Loops with one mistake: ``number(window, weight, bias, o)`` makes a value of a window."""

    def version(input, weight, bias, stride, padding):
        x = pad(input, padding)
        answer = np.zeros_like(right(input, weight, bias, stride, padding))
        for n, o, i, j in np.ndindex(answer.shape):
            row, column = start(i, j, stride) if start else (i * stride, j * stride)
            window = x[n, :, row : row + weight.shape[2], column : column + weight.shape[3]]
            answer[n, o, i, j] = number(window, weight, bias, o)
        return answer

    return version


def changed(change):
    """The right answer with ``change`` made to it."""
    return lambda *given: change(right(*given))


def answer_only(*places):
    """Everything but these places of the answer stays zero."""

    def change(answer):
        result = np.zeros_like(answer)
        result[places] = answer[places]
        return result

    return changed(change)
