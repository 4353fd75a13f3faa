"""Wrong programs for the variants of convolution, as students type them."""

from tests.checks.student_programs.collection import program

# --- receptive_field


def walk(mistake, field="field += (size - 1) * step", step="step *= stride", start="1, 1"):
    program(
        f"receptive_field.{mistake}",
        f"""
    def receptive_field(layers):
        field, step = {start}
        for size, stride in layers:
            {field}
            {step}
        return field
    """,
    )


walk("kernels-added", field="field += size * step", start="0, 1")  # RF1, strides counted
walk("kernels-multiplied", field="field = field * size")  # RF2
walk("strides-ignored", field="field += size - 1")  # RF3
walk(  # RF4
    "own-stride-first", field="step *= stride", step="field += (size - 1) * step"
)
walk("strides-added", step="step += stride - 1")
walk("last-stride-only", step="step = stride")
walk("one-pixel-short", start="0, 1")
program(  # RF5
    "receptive_field.pooling-without-window",
    """
    def receptive_field(layers):
        seen, jump = 1, 1
        for kernel, stride in layers:
            is_pooling = kernel == stride
            if not is_pooling:
                seen = seen + (kernel - 1) * jump
            jump = jump * stride
        return seen
    """,
)
program(
    "receptive_field.first-layer-only",
    """
    def receptive_field(layers):
        r, j = 1, 1
        for k, s in layers:
            r = r + (k - 1) * j
            j = j * s
            return r
    """,
)
program(
    "receptive_field.with-a-point",
    """
    def receptive_field(layers):
        r = np.ones(1)
        for k, s in layers[::-1]:
            r = (r - 1) * s + k
        return float(r[0])
    """,
)

# --- correlate2d_dilated: the exercise's own frame with one thing wrong


def dilated(mistake, sizes="H - d * (KH - 1), W - d * (KW - 1)", pixel="i + d * u, j + d * v"):
    program(
        f"correlate2d_dilated.{mistake}",
        f"""
    def correlate2d_dilated(image, kernel, dilation):
        H, W = image.shape
        KH, KW = kernel.shape
        d = dilation
        rows, columns = {sizes}
        output = np.zeros((rows, columns))
        for i in range(rows):
            for j in range(columns):
                for u in range(KH):
                    for v in range(KW):
                        output[i, j] += image[{pixel}] * kernel[u, v]
        return output
    """,
    )


dilated(  # DL1
    "one-gap-too-many",
    sizes="H - (d + 1) * (KH - 1), W - (d + 1) * (KW - 1)",
    pixel="i + (d + 1) * u, j + (d + 1) * v",
)
dilated(  # DL2
    "strided",
    sizes="(H - KH) // d + 1, (W - KW) // d + 1",
    pixel="i * d + u, j * d + v",
)
dilated("not-dilated", sizes="H - KH + 1, W - KW + 1", pixel="i + u, j + v")
dilated("gap-at-the-end", sizes="H - KH * d + 1, W - KW * d + 1")
dilated("one-direction-only", sizes="H - d * (KH - 1), W - KW + 1", pixel="i + d * u, j + v")
dilated("flipped-kernel", pixel="i + d * (KH - 1 - u), j + d * (KW - 1 - v)")
program(
    "correlate2d_dilated.size-without-gaps",
    """
    def correlate2d_dilated(image, kernel, dilation):
        H, W = image.shape
        KH, KW = kernel.shape
        out = np.zeros((H - KH + 1, W - KW + 1))
        for i in range(H - KH + 1):
            for j in range(W - KW + 1):
                for u in range(KH):
                    for v in range(KW):
                        row, column = i + u * dilation, j + v * dilation
                        if row < H and column < W:
                            out[i, j] += image[row, column] * kernel[u, v]
        return out
    """,
)
program(
    "correlate2d_dilated.places-skipped",
    """
    def correlate2d_dilated(image, kernel, dilation):
        thin = image[::dilation, ::dilation]
        KH, KW = kernel.shape
        rows, columns = thin.shape[0] - KH + 1, thin.shape[1] - KW + 1
        out = np.zeros((rows, columns))
        for i in range(rows):
            for j in range(columns):
                out[i, j] = (thin[i:i+KH, j:j+KW] * kernel).sum()
        return out
    """,
)

# --- correlate2d_transposed


def stamps(mistake, **changed):
    frame = {
        "shape": "(H - 1) * stride + KH, (W - 1) * stride + KW",
        "corner": "i * stride, j * stride",
        "line": "output[r : r + KH, c : c + KW] += image[i, j] * kernel",
        "cut": "output[padding : rows - padding, padding : columns - padding]",
    } | changed
    program(
        f"correlate2d_transposed.{mistake}",
        """
    def correlate2d_transposed(image, kernel, stride, padding):
        H, W = image.shape
        KH, KW = kernel.shape
        rows, columns = {shape}
        output = np.zeros((rows, columns))
        for i in range(H):
            for j in range(W):
                r, c = {corner}
                {line}
        return {cut}
    """.format(**frame),
    )


stamps("stamps-overwrite", line="output[r : r + KH, c : c + KW] = image[i, j] * kernel")  # TC1
stamps(  # TC2
    "flipped-kernel", line="output[r : r + KH, c : c + KW] += image[i, j] * kernel[::-1, ::-1]"
)
stamps("padding-added", cut="np.pad(output, padding)")  # TC5
stamps("padding-ignored", cut="output")
stamps("nothing-left-at-padding-zero", cut="output[padding:-padding, padding:-padding]")
stamps("padding-on-one-side", cut="output[padding:, padding:]")
stamps("padding-on-two-sides", cut="output[padding : rows - padding]")
stamps("stride-ignored", corner="i, j")
stamps("one-stride-too-large", shape="H * stride + KH, W * stride + KW")
stamps("step-of-kernel-size", shape="H * KH, W * KW", corner="i * KH, j * KW")
stamps("pixel-ignored", line="output[r : r + KH, c : c + KW] += kernel")
program(  # TC3
    "correlate2d_transposed.size-of-strides",
    """
    def correlate2d_transposed(image, kernel, stride, padding):
        H, W = image.shape
        KH, KW = kernel.shape
        rows, columns = H * stride, W * stride
        output = np.zeros((rows, columns))
        for i in range(H):
            for j in range(W):
                for u in range(KH):
                    for v in range(KW):
                        r, c = i * stride + u, j * stride + v
                        if r < rows and c < columns:
                            output[r, c] += image[i, j] * kernel[u, v]
        return output[padding : rows - padding, padding : columns - padding]
    """,
)
program(  # TC6
    "correlate2d_transposed.image-enlarged",
    """
    def correlate2d_transposed(image, kernel, stride, padding):
        H, W = image.shape
        KH, KW = kernel.shape
        rows, columns = (H - 1) * stride + KH - 2 * padding, (W - 1) * stride + KW - 2 * padding
        output = np.zeros((rows, columns))
        for i in range(rows):
            for j in range(columns):
                if i // stride < H and j // stride < W:
                    output[i, j] = image[i // stride, j // stride]
        return output
    """,
)

# --- depthwise_separable


def two_steps(mistake, found="image[c, i:i+KH, j:j+KW] * depthwise[c]", mixed=None, give="output"):
    mixed = mixed or "output[o] += pointwise[o, c] * maps[c]"
    program(
        f"depthwise_separable.{mistake}",
        f"""
    def depthwise_separable(image, depthwise, pointwise):
        C, H, W = image.shape
        _, KH, KW = depthwise.shape
        O = len(pointwise)
        maps = np.zeros((C, H - KH + 1, W - KW + 1))
        for c in range(C):
            for i in range(H - KH + 1):
                for j in range(W - KW + 1):
                    maps[c, i, j] = ({found}).sum()
        output = np.zeros((O, H - KH + 1, W - KW + 1))
        for o in range(O):
            for c in range(C):
                {mixed}
        return {give}
    """,
    )


two_steps("all-channels-in-each", found="image[:, i:i+KH, j:j+KW] * depthwise[c]")
two_steps("first-kernel-for-all", found="image[c, i:i+KH, j:j+KW] * depthwise[0]")
two_steps("mix-missing", give="maps")
two_steps("last-channel-only", mixed="output[o] = pointwise[o, c] * maps[c]")
two_steps("plain-sum", mixed="output[o] += maps[c]")
two_steps("channels-last", give="output.transpose(1, 2, 0)")
two_steps("mix-averaged", give="output / C")
program(
    "depthwise_separable.mix-transposed",
    """
    def depthwise_separable(image, depthwise, pointwise):
        C, H, W = image.shape
        C, KH, KW = depthwise.shape
        maps = np.array([[[(image[c, i:i+KH, j:j+KW] * depthwise[c]).sum()
                           for j in range(W - KW + 1)]
                          for i in range(H - KH + 1)] for c in range(C)])
        return np.tensordot(pointwise.T, maps, axes=1)
    """,
)
