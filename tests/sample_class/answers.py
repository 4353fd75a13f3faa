"""Answers that students might write. Right ones differ from the solutions on purpose."""

FILTERS = {
    "window_sum": (
        "def window_sum(image, kernel, row, column):\n"
        "    total = 0\n"
        "    for u in range(kernel.shape[0]):\n"
        "        for v in range(kernel.shape[1]):\n"
        "            total += float(image[row + u, column + v]) * kernel[u, v]\n"
        "    return total"
    ),
    "correlate2d": (
        "def correlate2d(image, kernel):\n"
        "    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)\n"
        "    return np.einsum('ijuv,uv->ij', windows, kernel)"
    ),
    "correlate2d_strided": (
        "def correlate2d_strided(image, kernel, stride):\n"
        "    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)\n"
        "    return np.einsum('ijuv,uv->ij', windows, kernel)[::stride, ::stride]"
    ),
    "convolve2d": (
        "def convolve2d(image, kernel):\n"
        "    (H, W), (KH, KW) = image.shape, kernel.shape\n"
        "    output = np.zeros((H + KH - 1, W + KW - 1))\n"
        "    for u in range(KH):\n"
        "        for v in range(KW):\n"
        "            output[u : u + H, v : v + W] += image * float(kernel[u, v])\n"
        "    return output[KH // 2 : KH // 2 + H, KW // 2 : KW // 2 + W]"
    ),
    "two_names": "Both are right. The layer correlates, and learns a turned kernel.",
}

TURNED = (
    "def correlate2d(image, kernel):\n"
    "    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)\n"
    "    return np.einsum('ijuv,uv->ij', windows, kernel[::-1, ::-1])"
)

# Right as long as image and kernel are square.
SQUARE_ONLY = (
    "def correlate2d(image, kernel):\n"
    "    side, K = image.shape[0] - kernel.shape[0] + 1, kernel.shape[0]\n"
    "    output = np.zeros((side, side))\n"
    "    for i in range(side):\n"
    "        for j in range(side):\n"
    "            output[i, j] = (image[i : i + K, j : j + K] * kernel).sum()\n"
    "    return output"
)

# Right, but it leaves a mark in the image it was given.
LEAVES_A_MARK = (
    "def window_sum(image, kernel, row, column):\n"
    "    KH, KW = kernel.shape\n"
    "    total = (image[row : row + KH, column : column + KW] * kernel).sum()\n"
    "    image[0, 0] = image[0, 0] + 1\n"
    "    return total"
)

LEAVES_THE_IMAGE = (
    "def convolve2d(image, kernel):\n"
    "    H, W = image.shape\n"
    "    return [[sum(image[i + u, j + v] for u in range(3) for v in range(3))\n"
    "             for j in range(W)] for i in range(H)]"
)

NEVER_ENDS = (
    "def correlate2d_strided(image, kernel, stride):\n"
    "    row = 0\n"
    "    while row < image.shape[0]:\n"
    "        column = 0\n"
    "    return image"
)

WARNS = (
    "import sys, warnings\n"
    "def correlate2d(image, kernel):\n"
    "    warnings.warn('this will be slow')\n"
    "    print('working', file=sys.stderr)\n"
    "    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)\n"
    "    return np.einsum('ijuv,uv->ij', windows, kernel)\n"
    "warnings.warn('loaded')"
)

# Right, if it got its seven gigabytes.
TAKES_ALL_MEMORY = FILTERS["convolve2d"].replace(
    "    output =", "    everything = np.ones((30_000, 30_000))\n    output ="
)
