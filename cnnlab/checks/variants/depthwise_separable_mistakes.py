"""Known wrong versions of `depthwise_separable`, each with the hint it earns."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.ladder import Mistake
from cnnlab.checks.variants.common import misplaced_kernels
from cnnlab.checks.versions import clears


def _maps(image, depthwise):
    return naive.conv2d(image[None], depthwise[:, None], groups=len(image))[0]


def _mix(maps, pointwise):
    return naive.conv2d(maps[None], pointwise[:, :, None, None])[0]


def right(image, depthwise, pointwise):
    return _mix(_maps(image, depthwise), pointwise)


def _crossed(image, depthwise, pointwise):
    """Every kernel on every channel, summed: an ordinary layer with shared slices."""
    return _mix(_maps(np.repeat(image.sum(axis=0)[None], len(image), axis=0), depthwise), pointwise)


def _last_channel_only(image, depthwise, pointwise):
    return pointwise[:, -1][:, None, None] * _maps(image, depthwise)[-1]


def _one_to_one(image, depthwise, pointwise):
    """Map c goes into output c only."""
    maps = _maps(image, depthwise)
    result = np.zeros((len(pointwise), *maps.shape[1:]))
    for c in range(min(len(maps), len(pointwise))):
        result[c] = pointwise[c, c] * maps[c]
    return result


def _channels_apart(image, depthwise, pointwise):
    maps = _maps(image, depthwise)
    every = pointwise[:, :, None, None] * maps
    return every.reshape(-1, *maps.shape[1:])


def _same_size(image, depthwise, pointwise):
    around = [(0, 0), *((k // 2, (k - 1) // 2) for k in depthwise.shape[1:])]
    return right(np.pad(np.asarray(image, float), around), depthwise, pointwise)


def _summed_along(image, depthwise, pointwise):
    """The sums start only once for all channels."""
    return _mix(np.cumsum(_maps(image, depthwise), axis=0), pointwise)


def _cut_to_image_type(image, depthwise, pointwise):
    answer = right(image, depthwise, pointwise)
    return answer if image.dtype.kind == "f" else np.trunc(answer)


MISTAKES = (
    *misplaced_kernels(right),
    Mistake(
        "all-channels-in-each",
        "A kernel of yours met every channel. Which one channel belongs to it?",
        _crossed,
    ),
    Mistake(
        "first-kernel-for-all",
        "All channels met the first kernel. Which kernel belongs to a channel?",
        lambda x, d, p: right(x, np.repeat(d[:1], len(d), axis=0), p),
    ),
    Mistake(
        "first-channel-for-all",
        "All kernels met the first channel. Which channel belongs to a kernel?",
        lambda x, d, p: right(np.repeat(x[:1], len(x), axis=0), d, p),
    ),
    Mistake(
        "kernels-in-reverse",
        "The kernels meet the channels in reverse order. Which kernel is the first one's?",
        lambda x, d, p: right(x, d[::-1], p),
    ),
    Mistake(
        "mix-missing",
        "You stopped after the first step: there is a map for every channel. How many maps does "
        "the second step make of them?",
        lambda x, d, p: _maps(x, d),
    ),
    Mistake(
        "mix-alone",
        "You mixed the channels, and no kernel slid over them. What is the first step?",
        lambda x, d, p: _mix(x, p),
    ),
    Mistake(
        "plain-sum",
        "The maps were added up as they are. How much of each does an output take?",
        lambda x, d, p: np.repeat(_maps(x, d).sum(axis=0)[None], len(p), axis=0),
        lambda x, d, p: _maps(x, d).sum(axis=0)[None],
        lambda x, d, p: _maps(x, d).sum(axis=0),
        lambda x, d, p: p.sum(axis=1)[:, None, None] * _maps(x, d).sum(axis=0),
    ),
    Mistake(
        "last-channel-only",
        "Only the last channel is left in your maps. What happens to the channels before it?",
        _last_channel_only,
    ),
    Mistake(
        "first-channel-only",
        "Only the first channel is in your maps. Where does your sum over channels end?",
        lambda x, d, p: p[:, 0][:, None, None] * _maps(x, d)[0],
    ),
    Mistake(
        "one-to-one",
        "Each output takes the map of the same number only. How many maps should it mix?",
        _one_to_one,
    ),
    Mistake(
        "channels-kept-apart",
        "You have a map for each pair of output and channel. What happens to the maps of one "
        "output in the end?",
        _channels_apart,
    ),
    Mistake(
        "mix-transposed",
        "Rows and columns of `pointwise` have changed places. Which index names the output?",
        lambda x, d, p: _mix(_maps(x, d), p.T),
        lambda x, d, p: np.tensordot(p, _maps(x, d), axes=(0, 0)),
    ),
    Mistake(
        "mix-averaged",
        "You took a mean over the channels. What does the second step do after multiplying?",
        lambda x, d, p: right(x, d, p) / len(x),
    ),
    Mistake(
        "first-output-for-all",
        "All your outputs are alike. Which row of `pointwise` belongs to an output?",
        lambda x, d, p: np.repeat(right(x, d, p)[:1], len(p), axis=0),
        lambda x, d, p: np.repeat(right(x, d, p)[-1:], len(p), axis=0),
    ),
    Mistake(
        "running-sums",
        "Your maps take those of earlier channels along. Where does each sum start from zero?",
        _summed_along,
        lambda x, d, p: np.cumsum(right(x, d, p), axis=0),
    ),
    Mistake(
        "no-negatives",
        "Negative numbers have disappeared. Is there a ReLU in this function?",
        lambda x, d, p: np.maximum(right(x, d, p), 0),
        lambda x, d, p: _mix(np.maximum(_maps(x, d), 0), p),
        lambda x, d, p: np.abs(right(x, d, p)),
    ),
    Mistake(
        "size-of-image",
        "Your maps have the size of the image. In how many places does a kernel fit?",
        _same_size,
    ),
    Mistake(
        "channels-last",
        "The outputs stand on the last axis. Which axis holds the maps in this course?",
        lambda x, d, p: np.moveaxis(right(x, d, p), 0, -1),
    ),
    Mistake(
        "cut-to-whole-numbers",
        "Your answers lost what stands after the point. Which type has the array they went into?",
        _cut_to_image_type,
    ),
    Mistake(
        "clears-image",
        "Your function changes the image that it was given. Whose array do you write into?",
        clears(right),
    ),
)
