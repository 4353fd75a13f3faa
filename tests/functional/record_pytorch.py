"""Record what PyTorch answers: ``python -m tests.functional.record_pytorch`` writes pytorch.json.

The file keeps arguments and answers of small calls, in float64. The tests read the file and need no
PyTorch. Gradients come from its autograd, not from a formula of ours.
"""

import json
from pathlib import Path

import numpy as np

FILE = Path(__file__).with_name("pytorch.json")


def main():
    import torch

    torch.set_default_dtype(torch.float64)
    recorder = Recorder(torch)
    for record in (convolutions, transposed, windows, adaptive, sizes, activations, losses, norms):
        record(recorder)
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in recorder.cases)
    FILE.write_text(f'{{"pytorch": "{torch.__version__}", "cases": [\n{lines}\n]}}\n')
    print(f"{len(recorder.cases)} cases, {FILE.stat().st_size // 1024} KB")


class Recorder:
    """Calls PyTorch and keeps arguments and answers."""

    def __init__(self, torch):
        self.torch, self.F, self.cases = torch, torch.nn.functional, []
        self.rng = np.random.default_rng(2026)

    def values(self, *shape):
        """Quarters from -3 to 3: exact in text, with ties."""
        return self.torch.tensor(self.rng.integers(-12, 13, shape) / 4)

    def keep(self, name, args, expected, **kwargs):
        expected = expected if isinstance(expected, tuple) else (expected,)
        self.cases.append(
            {
                "name": name,
                "args": [self.plain(arg) for arg in args],
                "kwargs": {key: self.plain(value) for key, value in kwargs.items()},
                "expected": [self.plain(answer.detach()) for answer in expected],
            }
        )

    def plain(self, value):
        if not isinstance(value, self.torch.Tensor):
            return list(value) if isinstance(value, tuple) else value
        array = value.numpy()
        return {"array": array.ravel().tolist(), "shape": array.shape, "dtype": str(array.dtype)}

    def gradients(self, function, tensors, *rest, **kwargs):
        """The output, a random g for it, and the gradients of <g, output> for each tensor."""
        leaves = [tensor.clone().requires_grad_() for tensor in tensors]
        y = function(*leaves, *rest, **kwargs)
        g = self.values(*y.shape)
        return y.detach(), g, self.torch.autograd.grad(y, leaves, g)


SETTINGS = [
    {},
    {"stride": 2, "padding": 1},
    {"padding": 2, "dilation": 2, "groups": 2},
    {"stride": 3, "padding": 2, "dilation": 2},
]


def convolutions(r):
    for axes, size in ((1, (9,)), (2, (7, 6)), (3, (4, 5, 3))):
        for kwargs in SETTINGS if axes < 3 else SETTINGS[1:3]:
            x, b, name = r.values(2, 2, *size), r.values(2), f"conv{axes}d"
            w = r.values(2, 2 // kwargs.get("groups", 1), *(3, 2, 2)[:axes])
            y, g, (dx, dw, db) = r.gradients(getattr(r.F, name), (x, w, b), **kwargs)
            r.keep(name, (x, w, b), y, **kwargs)
            r.keep(f"{name}_input", (tuple(x.shape), w, g), dx, **kwargs)
            r.keep(f"{name}_weight", (x, tuple(w.shape), g), dw, **kwargs)
        r.keep("conv_bias", (g,), db)
    for kwargs in ({}, {"dilation": 2, "padding": 1, "stride": 2}):
        x = r.values(2, 2, 6, 5)
        columns = r.F.unfold(x, (3, 2), **kwargs)
        r.keep("unfold", (x, (3, 2)), columns, **kwargs)
        r.keep(
            "fold", (columns, (6, 5), (3, 2)), r.F.fold(columns, (6, 5), (3, 2), **kwargs), **kwargs
        )


def transposed(r):
    far = {"stride": 3, "padding": 1, "output_padding": 2, "groups": 2}
    for axes, size in ((1, (4,)), (2, (3, 4))):
        for kwargs in ({}, far, SETTINGS[3]):
            x, b, name = r.values(2, 2, *size), r.values(4), f"conv_transpose{axes}d"
            w = r.values(2, 4 // kwargs.get("groups", 1), *(3, 2)[:axes])
            y, g, (dx, dw, _) = r.gradients(getattr(r.F, name), (x, w, b), **kwargs)
            r.keep(name, (x, w, b), y, **kwargs)
            r.keep(f"{name}_input", (tuple(x.shape), w, g), dx, **kwargs)
            r.keep(f"{name}_weight", (x, tuple(w.shape), g), dw, **kwargs)


def windows(r):
    image, line = r.values(2, 2, 7, 6), r.values(2, 2, 9)
    ceil = {"stride": 2, "padding": 1, "ceil_mode": True}
    wide = {"stride": (2, 1), "padding": (1, 0), "dilation": (1, 2)}
    for x, name, kernel, kwargs in (
        (image, "max_pool2d", 2, {}),
        (image, "max_pool2d", (3, 2), ceil),
        (image, "max_pool2d", 3, wide),
        (image, "max_pool2d", (2, 3), {"stride": 3, "ceil_mode": True}),
        (line, "max_pool1d", 3, {}),
        (line, "max_pool1d", 3, ceil),
    ):
        function = getattr(r.F, name)
        _, g, (dx,) = r.gradients(function, (x,), kernel, **kwargs)
        y, indices = function(x, kernel, return_indices=True, **kwargs)
        r.keep(name, (x, kernel), (y, indices), return_indices=True, **kwargs)
        r.keep(f"{name}_backward", (g, indices, tuple(x.shape)), dx)
    for x, name, kernel, kwargs in (
        (image, "avg_pool2d", 2, {}),
        (image, "avg_pool2d", (3, 2), ceil),
        (image, "avg_pool2d", (3, 2), ceil | {"count_include_pad": False}),
        (image, "avg_pool2d", 3, {"stride": 1, "padding": 1, "divisor_override": 5}),
        (line, "avg_pool1d", 3, {}),
        (line, "avg_pool1d", 3, ceil),
    ):
        y, g, (dx,) = r.gradients(getattr(r.F, name), (x,), kernel, **kwargs)
        r.keep(name, (x, kernel), y, **kwargs)
        r.keep(f"{name}_backward", (g, tuple(x.shape), kernel), dx, **kwargs)


def adaptive(r):
    x = r.values(2, 2, 7, 6)
    for size in ((3, 4), (1, 5), (9, 2)):
        y, g, (dx,) = r.gradients(r.F.adaptive_avg_pool2d, (x,), size)
        r.keep("adaptive_avg_pool2d", (x, size), y)
        r.keep("adaptive_avg_pool2d_backward", (g, tuple(x.shape)), dx)
        both = r.F.adaptive_max_pool2d(x, size, return_indices=True)
        r.keep("adaptive_max_pool2d", (x, size), both, return_indices=True)
    y, indices = r.F.max_pool2d(x, 2, return_indices=True)
    for kwargs in ({}, {"output_size": (7, 6)}):
        z, g, (dy,) = r.gradients(r.F.max_unpool2d, (y,), indices, 2, **kwargs)
        r.keep("max_unpool2d", (y, indices, 2), z, **kwargs)
        r.keep("max_unpool2d_backward", (g, indices), dy)


def sizes(r):
    x = r.values(2, 2, 5, 4)
    for mode in ("constant", "reflect", "replicate", "circular"):
        value = {"value": 1.5} if mode == "constant" else {}
        y, g, (dx,) = r.gradients(r.F.pad, (x,), (1, 2, 3, 0), mode, **value)
        r.keep("pad", (x, (1, 2, 3, 0), mode), y, **value)
        r.keep("pad_backward", (g, (1, 2, 3, 0), mode), dx)
    for name, size in (("pixel_shuffle", (2, 8, 2, 3)), ("pixel_unshuffle", (2, 2, 4, 6))):
        x_blocks = r.values(*size)
        r.keep(name, (x_blocks, 2), getattr(r.F, name)(x_blocks, 2))
    for kwargs in (
        {"size": (7, 3)},
        {"scale_factor": 2},
        {"scale_factor": 1.5, "mode": "bilinear"},
        {"size": (7, 3), "mode": "bilinear"},
        {"size": (9, 8), "mode": "bilinear", "align_corners": True},
    ):
        y, g, (dx,) = r.gradients(r.F.interpolate, (x,), **kwargs)
        r.keep("interpolate", (x,), y, **kwargs)
        rest = {key: value for key, value in kwargs.items() if key != "size"}
        r.keep("interpolate_backward", (g, tuple(x.shape)), dx, **rest)


def activations(r):
    x = r.values(3, 4)
    for name in ("relu", "leaky_relu"):
        y, g, (dx,) = r.gradients(getattr(r.F, name), (x,))
        r.keep(name, (x,), y)
        r.keep(f"{name}_backward", (g, x), dx)
    for name in ("sigmoid", "tanh"):
        y, g, (dx,) = r.gradients(getattr(r.torch, name), (x,))
        r.keep(name, (x,), y)
        r.keep(f"{name}_backward", (g, y), dx)
    for name in ("softmax", "log_softmax"):
        for dim in (0, -1):
            y, g, (dx,) = r.gradients(getattr(r.F, name), (x,), dim)
            r.keep(name, (x, dim), y)
            r.keep(f"{name}_backward", (g, y, dim), dx)
    x, w, b = r.values(2, 3, 4), r.values(5, 4), r.values(5)
    y, g, (dx, dw, db) = r.gradients(r.F.linear, (x, w, b))
    r.keep("linear", (x, w, b), y)
    r.keep("linear_input", (tuple(x.shape), w, g), dx)
    r.keep("linear_weight", (x, tuple(w.shape), g), dw)
    r.keep("linear_bias", (g,), db)


def losses(r):
    for size in ((5, 4), (2, 3, 2, 2)):
        x, weight = r.values(*size), r.values(size[1]).abs() + 0.5
        target = r.torch.tensor(r.rng.integers(0, size[1], (size[0], *size[2:])))
        target.view(-1)[0] = -100
        rows = r.F.softmax(r.values(*size), 1)
        for reduction in ("mean", "sum", "none"):
            kwargs = {"weight": weight, "reduction": reduction}
            keep_loss(r, "nll_loss", x, target, kwargs)
            keep_loss(r, "cross_entropy", x, target, kwargs)
            keep_loss(r, "cross_entropy", x, rows, kwargs)
            keep_loss(r, "mse_loss", x, rows, {"reduction": reduction})
        keep_loss(r, "nll_loss", x, target, {})
        keep_loss(r, "cross_entropy", x, target, {})
        keep_loss(r, "cross_entropy", x, rows, {})


def keep_loss(r, name, x, target, kwargs):
    y, g, (dx,) = r.gradients(getattr(r.F, name), (x,), target, **kwargs)
    r.keep(name, (x, target), y, **kwargs)
    r.keep(f"{name}_backward", (g, x, target), dx, **kwargs)


def norms(r):
    for size in ((4, 3), (2, 3, 2, 2)):
        for training in (True, False):
            keep_batch_norm(r, r.values(*size), training)


def keep_batch_norm(r, x, training):
    w, b, mean, var = r.values(3), r.values(3), r.values(3), r.values(3).abs() + 1
    after = mean.clone(), var.clone()  # PyTorch changes the running values in place

    def normalise(x, w, b):
        return r.F.batch_norm(x, *after, w, b, training)

    y, g, gradients = r.gradients(normalise, (x, w, b))
    r.keep("batch_norm", (x, mean, var, w, b, training), (y, *after))
    r.keep("batch_norm_backward", (g, x, mean, var, w, training), gradients)


if __name__ == "__main__":
    main()
