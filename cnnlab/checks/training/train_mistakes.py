"""Known wrong ways to train: what they look like, and what to ask."""

import numpy as np

from cnnlab.checks.ladder import Mistake
from cnnlab.checks.training.loop import cut, loop


def _with(**steps):
    return lambda *given: loop(*given, **steps)


def _rebound(gradients, parameters, *rest):
    """The step binds a name anew, and the list stays as it was."""
    return [p.copy() for p in parameters]


def _in_place(gradients, parameters, images, labels, epochs, size, rate, rng):
    for _ in range(epochs):
        for chosen in cut(rng.permutation(len(images)), size):
            found = gradients(parameters, images[chosen], labels[chosen])
            for p, g in zip(parameters, found, strict=True):
                p -= rate * g
    return parameters


def _replaced_in_list(gradients, parameters, images, labels, epochs, size, rate, rng):
    for _ in range(epochs):
        for chosen in cut(rng.permutation(len(images)), size):
            found = gradients(parameters, images[chosen], labels[chosen])
            for n, g in enumerate(found):
                parameters[n] = parameters[n] - rate * g
    return parameters


def _starts_again(gradients, parameters, images, labels, epochs, size, rate, rng):
    now = parameters
    for _ in range(epochs):
        now = loop(gradients, parameters, images, labels, 1, size, rate, rng)
    return now


def _starts_again_each_batch(gradients, parameters, images, labels, epochs, size, rate, rng):
    for _ in range(epochs):
        for chosen in cut(rng.permutation(len(images)), size):
            found = gradients(parameters, images[chosen], labels[chosen])
            now = [p - rate * g for p, g in zip(parameters, found, strict=True)]
    return now


def _old_gradients(gradients, parameters, images, labels, *rest):
    """The gradients are always those of the first parameters."""
    return loop(lambda now, x, y: gradients(parameters, x, y), parameters, images, labels, *rest)


def _only(places):
    """Only some of the parameters learn."""

    def version(gradients, parameters, images, labels, *rest):
        def some(now, x, y):
            return [g * (n in places) for n, g in enumerate(gradients(now, x, y))]

        return loop(some, parameters, images, labels, *rest)

    return version


def _step_of_last_batch(gradients, parameters, images, labels, epochs, size, rate, rng):
    """The update stands one level too far to the left: once an epoch."""
    now = [p.copy() for p in parameters]
    for _ in range(epochs):
        for chosen in cut(rng.permutation(len(images)), size):
            found = gradients(now, images[chosen], labels[chosen])
        now = [p - rate * g for p, g in zip(now, found, strict=True)]
    return now


def _ends_early(epochs):
    def version(gradients, parameters, images, labels, asked, *rest):
        return loop(gradients, parameters, images, labels, epochs(asked), *rest)

    return version


def _shuffled_images_alone(gradients, parameters, images, labels, epochs, size, rate, rng):
    """The images move together with nothing: labels stay where they were."""
    now = [p.copy() for p in parameters]
    for _ in range(epochs):
        moved = images[rng.permutation(len(images))]
        for chosen in cut(np.arange(len(images)), size):
            found = gradients(now, moved[chosen], labels[chosen])
            now = [p - rate * g for p, g in zip(now, found, strict=True)]
    return now


def _shuffled_apart(gradients, parameters, images, labels, epochs, size, rate, rng):
    now = [p.copy() for p in parameters]
    for _ in range(epochs):
        moved = images[rng.permutation(len(images))]
        taught = labels[rng.permutation(len(images))]
        for chosen in cut(np.arange(len(images)), size):
            found = gradients(now, moved[chosen], taught[chosen])
            now = [p - rate * g for p, g in zip(now, found, strict=True)]
    return now


def _batches_drawn(draw):
    """As many batches as there should be, each drawn for itself."""

    def version(gradients, parameters, images, labels, epochs, size, rate, rng):
        now = [p.copy() for p in parameters]
        for _ in range(epochs):
            for _ in range(0, len(images), size):
                chosen = draw(rng, len(images), size)
                found = gradients(now, images[chosen], labels[chosen])
                now = [p - rate * g for p, g in zip(now, found, strict=True)]
        return now

    return version


MISTAKES = (
    Mistake(
        "uphill",
        "Your steps go up the slope, and the loss grows. Which sign takes a step against the "
        "gradient?",
        _with(length=lambda rate, *rest: -rate),
    ),
    Mistake(
        "nothing-learnt",
        "Your parameters come back as they were. Does your step change the numbers, or only a "
        "name inside the loop?",
        _rebound,
    ),
    Mistake(
        "rate-forgotten",
        "Your steps do not depend on the learning rate. Where does it come in?",
        _with(length=lambda *rest: 1.0),
    ),
    Mistake(
        "divided-by-batch-again",
        "Your steps are too short. Is the gradient of a batch a mean already?",
        _with(length=lambda rate, size, *rest: rate / size),
        _with(length=lambda rate, size, count, epoch: rate / count),
        _with(length=lambda rate, *rest: rate / 2),
    ),
    Mistake(
        "rate-of-the-epoch",
        "Your steps change their length from epoch to epoch. Does the exercise ask for that?",
        _with(length=lambda rate, size, count, epoch: rate / (epoch + 1)),
        _with(length=lambda rate, size, count, epoch: rate * 0.5**epoch),
    ),
    Mistake(
        "not-shuffled",
        "Your images come in the order in which they were given. What should happen to the order "
        "at the start of an epoch?",
        _with(order=lambda order, epoch, rng: order),
    ),
    Mistake(
        "shuffled-once",
        "Your epochs all have the same order. When does each epoch get a new one?",
        _with(order=lambda order, epoch, rng: order if epoch else rng.permutation(len(order))),
    ),
    Mistake(
        "labels-left-behind",
        "Your images were shuffled and their labels were not. Which label goes with which image?",
        _with(taught=lambda chosen: np.arange(len(chosen))),
        _shuffled_images_alone,
    ),
    Mistake(
        "labels-shuffled-apart",
        "Your images and labels were shuffled apart. How many orders does an epoch need?",
        _shuffled_apart,
    ),
    Mistake(
        "last-batch-dropped",
        "Images at the end of an epoch are never used. What becomes of a last batch that is not "
        "full?",
        _with(batches=lambda order, size: [b for b in cut(order, size) if len(b) == size]),
    ),
    Mistake(
        "first-batch-only",
        "Of each epoch only one batch is used. Where should the next batch begin?",
        _with(batches=lambda order, size: [order[:size]]),
        _with(batches=lambda order, size: [order[:size]] * -(-len(order) // size)),
    ),
    Mistake(
        "whole-epoch-at-once",
        "You take all images in one step. How large should a batch be?",
        _with(batches=lambda order, size: [order]),
    ),
    Mistake(
        "one-image-at-a-time",
        "You take a step for every single image. How large should a batch be?",
        _with(batches=lambda order, size: [order[n : n + 1] for n in range(len(order))]),
    ),
    Mistake(
        "images-used-again",
        "Some images come more than once in an epoch. How far is it from one batch to the next?",
        _with(batches=lambda order, size: [order[n : n + size] for n in range(len(order))]),
        _with(
            batches=lambda order, size: [
                order[n : n + size + 1] for n in range(0, len(order), size)
            ]
        ),
    ),
    Mistake(
        "batches-counted",
        "Your epochs have as many batches as a batch should have images. What does the size count?",
        _with(batches=lambda order, size: np.array_split(order, size)),
    ),
    Mistake(
        "drawn-with-return",
        "Your batches are drawn anew each time, so an image may come twice or not at all. Which "
        "shuffled order should a batch be cut from?",
        _batches_drawn(lambda rng, count, size: rng.integers(0, count, size)),
        _batches_drawn(lambda rng, count, size: rng.choice(count, size)),
        _batches_drawn(lambda rng, count, size: rng.choice(count, size, replace=False)),
        _batches_drawn(lambda rng, count, size: rng.permutation(count)[:size]),
    ),
    Mistake(
        "starts-again-each-epoch",
        "Each epoch starts from the first parameters and forgets what was learnt. Where should "
        "the copy be made?",
        _starts_again,
    ),
    Mistake(
        "starts-again-each-batch",
        "Each step starts from the first parameters and forgets what was learnt. From where should "
        "the next step go on?",
        _starts_again_each_batch,
    ),
    Mistake(
        "gradients-of-the-start",
        "Your gradients are always those of the first parameters. At which place of the landscape "
        "should the slope be measured?",
        _old_gradients,
    ),
    Mistake(
        "one-step-an-epoch",
        "You take a single step an epoch. To which loop does the step belong?",
        _step_of_last_batch,
    ),
    Mistake(
        "one-epoch-only",
        "Your training ends after the first epoch. How far is your last line indented?",
        _ends_early(lambda asked: 1),
    ),
    Mistake(
        "an-epoch-too-few",
        "Your training ends an epoch early. From where to where does your loop count?",
        _ends_early(lambda asked: asked - 1),
    ),
    Mistake(
        "an-epoch-too-many",
        "Your training runs for an epoch more. From where to where does your loop count?",
        _ends_early(lambda asked: asked + 1),
    ),
    Mistake(
        "first-parameter-only",
        "Your first parameter learns and the other does not. How many gradients come back?",
        _only({0}),
    ),
    Mistake(
        "last-parameter-only",
        "Your last parameter learns and the other does not. How many gradients come back?",
        _only({1}),
    ),
    Mistake(
        "start-changed",
        "Your steps also changed the parameters you were given. What could you work on instead?",
        _in_place,
        _replaced_in_list,
    ),
)
