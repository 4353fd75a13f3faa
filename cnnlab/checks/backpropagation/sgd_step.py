"""The checks of `sgd_step`: momentum, weight decay, one step."""

import numpy as np

from cnnlab.checks.inputs import signed
from cnnlab.checks.ladder import Case, Item, Ladder, Mistake
from cnnlab.checks.values import ARRAY, Several

WEIGHT = np.array([[4.0, -2, 1], [3, 8, -5]])
GRAD = np.array([[1.0, 10, -20], [30, -4, 6]])
VELOCITY = np.array([[100.0, -50, 30], [-20, 40, 70]])


def sgd_step(parameter, gradient, velocity, learning_rate, momentum, weight_decay):
    """three arrays of one shape, three numbers -> new parameter, new velocity"""
    new_velocity = momentum * velocity + (gradient + weight_decay * parameter)
    return parameter - learning_rate * new_velocity, new_velocity


def _case(rng: np.random.Generator, name: str, numbers: tuple, *shape: int) -> Case:
    return Case(name, (*(signed(rng, *shape) for _ in range(3)), *numbers))


def _hidden(rng):
    lr, mu, decay = rng.choice([0.05, 0.15, 0.3]), rng.choice([0.6, 0.7, 0.85]), 0.25
    return (
        Item("the plain step", (_case(rng, "a plain step", (lr, 0.0, 0.0), 2, 3),)),
        Item("momentum", (_case(rng, "a step with momentum", (lr, mu, 0.0), 3, 2),)),
        Item("weight decay", (_case(rng, "a step with decay", (lr, 0.0, decay), 4),)),
        Item("both", (_case(rng, "a step with both", (lr, mu, decay), 2, 2, 3),)),
        Item(
            "the arrays are left as they were",
            (_case(rng, "a step with both", (lr, mu, decay), 3, 4),),
            keeps_input=True,
        ),
    )


def _in_place(w, g, v, lr, mu, decay):
    v *= mu
    v += g + decay * w
    w -= lr * v
    return w, v


def _gradient_in_place(w, g, v, lr, mu, decay):
    g += decay * w
    new = mu * v + g
    return w - lr * new, new


def _velocity_in_place(w, g, v, lr, mu, decay):
    v *= mu
    v += g + decay * w
    return w - lr * v, v


def _from_velocity(make):
    """The usual step with a velocity that is made in another way."""

    def version(w, g, v, lr, mu, decay):
        new = make(w, g, v, lr, mu, decay)
        return w - lr * new, new

    return version


def _from_step(make):
    """The right velocity, and a parameter that is made in another way."""

    def version(w, g, v, lr, mu, decay):
        new = sgd_step(w, g, v, lr, mu, decay)[1]
        return make(w, g, v, new, lr, mu, decay), new

    return version


MISTAKES = (
    Mistake(
        "uphill",
        "You walk uphill. In which direction does the loss fall, seen from the gradient?",
        _from_step(lambda w, g, v, new, lr, mu, decay: w + lr * new),
        lambda w, g, v, lr, mu, decay: (
            w + (mu * v + lr * (g + decay * w)),
            mu * v + lr * (g + decay * w),
        ),
    ),
    Mistake(
        "minus-in-velocity",
        "Your velocity points downhill. At which of the two lines does the minus stand?",
        lambda w, g, v, lr, mu, decay: (w + lr * (mu * v - g - decay * w), mu * v - g - decay * w),
        lambda w, g, v, lr, mu, decay: (w - lr * (mu * v - g - decay * w), mu * v - g - decay * w),
        lambda w, g, v, lr, mu, decay: (
            w + mu * v - lr * (g + decay * w),
            mu * v - lr * (g + decay * w),
        ),
    ),
    Mistake(
        "no-learning-rate",
        "Your steps have their full length. Which number makes them short?",
        _from_step(lambda w, g, v, new, lr, mu, decay: w - new),
    ),
    Mistake(
        "learning-rate-in-velocity",
        "The learning rate is inside your velocity. In which of the two lines does it stand?",
        lambda w, g, v, lr, mu, decay: (
            w - (mu * v + lr * (g + decay * w)),
            mu * v + lr * (g + decay * w),
        ),
        _from_velocity(lambda w, g, v, lr, mu, decay: mu * v + lr * (g + decay * w)),
    ),
    Mistake(
        "nothing-moves",
        "The parameter comes back as it was. What became of the step?",
        _from_step(lambda w, g, v, new, lr, mu, decay: w + 0.0),
        lambda w, g, v, lr, mu, decay: (w + 0.0, v + 0.0),
    ),
    Mistake(
        "averaged-again",
        "Your step is divided by a number of things. Where was the mean already taken?",
        _from_step(lambda w, g, v, new, lr, mu, decay: w - lr * new / len(w)),
        _from_step(lambda w, g, v, new, lr, mu, decay: w - lr * new / 2),
        _from_step(lambda w, g, v, new, lr, mu, decay: w - lr * new / w.size),
        _from_velocity(lambda w, g, v, lr, mu, decay: mu * v + g / len(w) + decay * w),
    ),
    Mistake(
        "no-momentum",
        "The old velocity has no effect. Which part of it does the ball keep?",
        _from_velocity(lambda w, g, v, lr, mu, decay: g + decay * w),
        lambda w, g, v, lr, mu, decay: (w - lr * (g + decay * w), -lr * (g + decay * w)),
        lambda w, g, v, lr, mu, decay: (w - lr * (g + decay * w), lr * (g + decay * w)),
    ),
    Mistake(
        "no-friction",
        "The ball keeps all of its old velocity. Which number makes it lose some?",
        _from_velocity(lambda w, g, v, lr, mu, decay: v + g + decay * w),
    ),
    Mistake(
        "momentum-on-gradient",
        "Momentum weighs the gradient instead of the velocity, or both. Which of the two is to be "
        "remembered in part?",
        _from_velocity(lambda w, g, v, lr, mu, decay: v + mu * (g + decay * w)),
        _from_velocity(lambda w, g, v, lr, mu, decay: mu * (v + g + decay * w)),
        _from_velocity(lambda w, g, v, lr, mu, decay: (1 - mu) * v + mu * (g + decay * w)),
    ),
    Mistake(
        "running-mean",
        "You weigh the gradient by what momentum leaves over. Does the formula do that?",
        _from_velocity(lambda w, g, v, lr, mu, decay: mu * v + (1 - mu) * (g + decay * w)),
    ),
    Mistake(
        "old-velocity-used",
        "The step follows the old velocity. Which of the two lines comes first?",
        _from_step(lambda w, g, v, new, lr, mu, decay: w - lr * v),
    ),
    Mistake(
        "old-velocity-returned",
        "The parameter is right, and the velocity is the old one. What must the next step know?",
        lambda w, g, v, lr, mu, decay: (sgd_step(w, g, v, lr, mu, decay)[0], v + 0.0),
    ),
    Mistake(
        "step-returned",
        "You hand back the step, not the place where it leads. What is the new parameter?",
        _from_step(lambda w, g, v, new, lr, mu, decay: lr * new),
        _from_step(lambda w, g, v, new, lr, mu, decay: -lr * new),
    ),
    Mistake(
        "looks-ahead",
        "You look ahead and count the momentum twice. Which velocity does this course step with?",
        _from_step(lambda w, g, v, new, lr, mu, decay: w - lr * (g + decay * w + mu * new)),
    ),
    Mistake(
        "no-decay",
        "Weight decay has no effect. What does it add to the gradient?",
        _from_velocity(lambda w, g, v, lr, mu, decay: mu * v + g),
    ),
    Mistake(
        "decay-squared",
        "The pull grows with the square of the weight, or loses its sign. What is the slope of "
        "half a square?",
        _from_velocity(lambda w, g, v, lr, mu, decay: mu * v + g + decay * w**2),
        _from_velocity(lambda w, g, v, lr, mu, decay: mu * v + g + decay * w**2 / 2),
        _from_velocity(lambda w, g, v, lr, mu, decay: mu * v + g + decay * np.sum(w**2)),
    ),
    Mistake(
        "decay-doubled",
        "The pull to zero is twice as strong as it should be. What is the slope of half a square?",
        _from_velocity(lambda w, g, v, lr, mu, decay: mu * v + g + 2 * decay * w),
    ),
    Mistake(
        "decay-of-sign",
        "The pull is equally strong for small and for large weights. What does it grow with?",
        _from_velocity(lambda w, g, v, lr, mu, decay: mu * v + g + decay * np.sign(w)),
        _from_velocity(lambda w, g, v, lr, mu, decay: mu * v + g + decay * np.abs(w)),
    ),
    Mistake(
        "decay-added-alone",
        "The same number is added to every gradient. What does the pull on a weight depend on?",
        _from_velocity(lambda w, g, v, lr, mu, decay: mu * v + g + decay),
    ),
    Mistake(
        "decay-pushes",
        "Your weights are pushed away from zero. Which sign has the pull in the gradient?",
        _from_velocity(lambda w, g, v, lr, mu, decay: mu * v + g - decay * w),
    ),
    Mistake(
        "decay-after-velocity",
        "The decay does not reach the velocity. To what is it added, before anything else?",
        lambda w, g, v, lr, mu, decay: (w - lr * (mu * v + g) - lr * decay * w, mu * v + g),
        lambda w, g, v, lr, mu, decay: (w - lr * (mu * v + g) - decay * w, mu * v + g),
        lambda w, g, v, lr, mu, decay: ((1 - decay) * w - lr * (mu * v + g), mu * v + g),
        lambda w, g, v, lr, mu, decay: ((1 - decay) * (w - lr * (mu * v + g)), mu * v + g),
    ),
    Mistake(
        "decay-scales-gradient",
        "The decay changes the size of the gradient. Which other array does it pull on?",
        _from_velocity(lambda w, g, v, lr, mu, decay: mu * v + (1 + decay) * g),
        _from_velocity(lambda w, g, v, lr, mu, decay: mu * v + (1 - decay) * g),
        _from_velocity(lambda w, g, v, lr, mu, decay: mu * v + decay * g),
    ),
    Mistake(
        "decay-of-velocity",
        "The decay pulls on the velocity. Which array should it keep small?",
        _from_velocity(lambda w, g, v, lr, mu, decay: mu * v + g + decay * v),
    ),
    Mistake(
        "gradient-forgotten",
        "The new gradient leaves no trace. What is added to the part of the velocity that is kept?",
        _from_velocity(lambda w, g, v, lr, mu, decay: mu * v),
        _from_velocity(lambda w, g, v, lr, mu, decay: mu * v + decay * w),
    ),
    Mistake(
        "writes-into-arrays",
        "An array that you were given now holds other numbers. Could you make new ones?",
        _in_place,
        _gradient_in_place,
        _velocity_in_place,
    ),
)

LADDER = Ladder(
    task="sgd_step",
    arguments=("parameter", "gradient", "velocity", "learning_rate", "momentum", "weight_decay"),
    reference=sgd_step,
    returns=Several(parameter=ARRAY, velocity=ARRAY),
    cases=(
        Case("a plain step", (WEIGHT[0], GRAD[0], VELOCITY[0], 0.1, 0.0, 0.0)),
        Case("a step with momentum", (WEIGHT, GRAD, VELOCITY, 0.1, 0.5, 0.0)),
        Case("a step with weight decay", (WEIGHT, GRAD, VELOCITY, 0.2, 0.0, 0.25)),
        Case("a step with both", (WEIGHT, GRAD, VELOCITY, 0.25, 0.75, 0.5)),
    ),
    hidden=_hidden,
    places=lambda *_: "Parameter and velocity keep their shape.",
    hint="Follow one weight with a pencil: gradient, velocity, step. Which of the three lines "
    "gives another number?",
    mistakes=MISTAKES,
    accepted=(
        lambda w, g, v, lr, mu, decay: list(sgd_step(w, g, v, lr, mu, decay)),
        lambda w, g, v, lr, mu, decay: tuple(
            np.asfortranarray(a).astype(np.float32) for a in sgd_step(w, g, v, lr, mu, decay)
        ),
        lambda w, g, v, lr, mu, decay: (
            (1 - lr * decay) * w - lr * g - lr * mu * v,
            v * mu + g + w * decay,
        ),
        lambda w, g, v, lr, mu, decay: _number_by_number(w, g, v, lr, mu, decay),
    ),
)


def _number_by_number(w, g, v, lr, mu, decay):
    new_w, new_v = np.zeros(w.shape), np.zeros(v.shape)
    for place in np.ndindex(w.shape):
        new_v[place] = mu * v[place] + g[place] + decay * w[place]
        new_w[place] = w[place] - lr * new_v[place]
    return new_w, new_v
