"""Where a kernel stands on each axis: read, checked, and turned into `Axis`."""

from cnnlab.errors import ArgumentError
from cnnlab.functional import _checks
from cnnlab.functional._lowering import Axis

LETTERS = {1: "(N, C, L)", 2: "(N, C, H, W)", 3: "(N, C, T, H, W)"}
WEIGHTS = {
    1: "(C_out, C_in/groups, K)",
    2: "(C_out, C_in/groups, KH, KW)",
    3: "(C_out, C_in/groups, KT, KH, KW)",
}
STAMPS = {1: "(C_in, C_out/groups, K)", 2: "(C_in, C_out/groups, KH, KW)"}


def forward(function, count, input, weight, bias, stride, padding, dilation, groups):
    """Check a convolution with ``count`` spatial axes; return its axes and groups."""
    _checks.axes(function, "input", input, LETTERS[count])
    _checks.axes(function, "weight", weight, WEIGHTS[count])
    groups = channels(function, input.shape, weight.shape, groups)
    bias_fits(function, bias, len(weight))
    axes = sliding(function, input.shape[2:], weight.shape[2:], stride, padding, dilation)
    return axes, groups


def backward(function, count, input_size, weight_size, grad_output, settings):
    """The same for a gradient, whose grad_output must fit input and weight."""
    stride, padding, dilation, groups = settings
    input_size = _checks.size(function, "input_size", input_size, LETTERS[count])
    weight_size = _checks.size(function, "weight_size", weight_size, WEIGHTS[count])
    groups = channels(function, input_size, weight_size, groups)
    axes = sliding(function, input_size[2:], weight_size[2:], stride, padding, dilation)
    expected = (input_size[0], weight_size[0], *(axis.out for axis in axes))
    output_fits(function, grad_output, expected)
    return axes, groups


def sliding(function, sizes, kernel, stride, padding, dilation):
    """One `Axis` for each size. ``sizes`` and ``kernel`` are tuples, the rest as users write it."""
    count = len(sizes)
    strides = _checks.whole(function, "stride", stride, count, 1)
    dilations = _checks.whole(function, "dilation", dilation, count, 1)
    reaches = [D * (K - 1) + 1 for K, D in zip(kernel, dilations, strict=True)]
    borders = _borders(function, padding, reaches, strides)
    result = []
    for L, K, S, D, R, (before, after) in zip(
        sizes, kernel, strides, dilations, reaches, borders, strict=True
    ):
        room = L + before + after - R
        if room < 0 or K < 1:
            raise _too_large(function, sizes, kernel, reaches, borders)
        result.append(Axis(L, room // S + 1, K, S, D, before))
    return result


def _borders(function, padding, reaches, strides):
    if isinstance(padding, str):
        if _checks.choice(function, "padding", padding, ("same", "valid")) == "valid":
            return [(0, 0)] * len(reaches)
        if max(strides) > 1:
            raise ArgumentError(
                f'{function}: padding is "same" and stride {strides}; "same" needs stride 1.\n'
                "  Fix: give padding as a number of pixels, for example padding=1."
            )
        return [((R - 1) // 2, R - 1 - (R - 1) // 2) for R in reaches]
    numbers = _checks.whole(function, "padding", padding, len(reaches), 0)
    return [(number, number) for number in numbers]


def _too_large(function, sizes, kernel, reaches, borders):
    padded = tuple(L + sum(border) for L, border in zip(sizes, borders, strict=True))
    if min(kernel) < 1:
        problem, fix = "the kernel is empty.", "give it at least one weight along each axis."
    else:
        problem = f"the kernel covers {tuple(reaches)} pixels, more than the padded input {padded}."
        fix = "use a smaller kernel or dilation, or more padding."
    shapes = [("input", sizes, "size along each axis"), ("kernel", kernel, "size along each axis")]
    return _checks.misfit(function, problem, fix, *shapes)


def channels(function, input_size, weight_size, groups):
    """Channels, filters and groups fit; returns the number of groups."""
    (groups,) = _checks.whole(function, "groups", groups, 1, 1)
    count = len(input_size) - 2
    shapes = [
        ("input", input_size, LETTERS[count]),
        ("weight", weight_size, f"{WEIGHTS[count]}, groups={groups}"),
    ]
    C, O, expected = input_size[1], weight_size[0], weight_size[1] * groups
    if expected == 0 or O == 0:
        raise _checks.misfit(
            function, "weight is empty.", "give it a filter and a channel.", *shapes
        )
    if expected != C:
        problem = f"input has {C} channels, weight expects {expected}."
        raise _checks.misfit(
            function, problem, "make weight.shape[1] * groups equal input.shape[1].", *shapes
        )
    if O % groups:
        problem = f"{O} filters cannot be shared out to {groups} groups."
        raise _checks.misfit(
            function, problem, "make weight.shape[0] a multiple of groups.", *shapes
        )
    return groups


def bias_fits(function, bias, filters):
    if bias is not None and bias.shape != (filters,):
        problem = f"bias has shape {bias.shape}, expected one number for each of {filters} filters."
        fix = "make bias.shape equal (weight.shape[0],)."
        raise _checks.misfit(function, problem, fix, ("bias", bias.shape, "(C_out,)"))


def output_fits(function, grad_output, expected):
    """grad_output has the shape that the forward pass gives."""
    if grad_output.shape != tuple(expected):
        shapes = [
            ("grad_output", grad_output.shape, "what came"),
            ("forward pass", expected, "what these sizes give"),
        ]
        problem = "grad_output has not the shape of the forward pass's output."
        fix = "pass the same sizes and settings as in the forward pass."
        raise _checks.misfit(function, problem, fix, *shapes)


def transposed(function, count, input_size, weight_size, settings):
    """Axes of the convolution that a transposed one turns round, the output's shape, the groups."""
    stride, padding, output_padding, groups, dilation = settings
    input_size = _checks.size(function, "input_size", input_size, LETTERS[count])
    weight_size = _checks.size(function, "weight_size", weight_size, STAMPS[count])
    (groups,) = _checks.whole(function, "groups", groups, 1, 1)
    strides = _checks.whole(function, "stride", stride, count, 1)
    borders = _checks.whole(function, "padding", padding, count, 0)
    extras = _checks.whole(function, "output_padding", output_padding, count, 0)
    dilations = _checks.whole(function, "dilation", dilation, count, 1)
    _stamps_fit(function, input_size, weight_size, groups)
    result = []
    for H, K, S, P, A, D in zip(
        input_size[2:], weight_size[2:], strides, borders, extras, dilations, strict=True
    ):
        if max(S, D) <= A:
            raise ArgumentError(
                f"{function}: output_padding is {output_padding!r}, expected less than stride"
                f" {strides} or dilation {dilations}.\n  Fix: write for example output_padding=0."
            )
        size = (H - 1) * S - 2 * P + D * (K - 1) + A + 1
        if size < 1 or H < 1:
            shapes = [("input", input_size, LETTERS[count]), ("weight", weight_size, STAMPS[count])]
            problem = (
                f"padding {borders} would leave an output of {size} pixels, expected 1 or more."
            )
            raise _checks.misfit(function, problem, "use less padding or a larger input.", *shapes)
        result.append(Axis(size, H, K, S, D, P))
    return result, (input_size[0], weight_size[1] * groups, *(axis.size for axis in result)), groups


def _stamps_fit(function, input_size, weight_size, groups):
    count = len(input_size) - 2
    shapes = [("input", input_size, LETTERS[count]), ("weight", weight_size, STAMPS[count])]
    if 0 in weight_size:
        raise _checks.misfit(
            function, "weight is empty.", "give it a filter and a channel.", *shapes
        )
    if input_size[1] != weight_size[0]:
        problem = f"input has {input_size[1]} channels, weight expects {weight_size[0]}."
        fix = "make weight.shape[0] equal input.shape[1]."
        raise _checks.misfit(function, problem, fix, *shapes)
    if input_size[1] % groups:
        problem = f"{input_size[1]} channels cannot be shared out to {groups} groups."
        raise _checks.misfit(function, problem, "make groups divide input.shape[1].", *shapes)
