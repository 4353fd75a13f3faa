"""Wrong programs for training a network: the exercise's own frames with one thing changed."""

from tests.checks.student_programs.collection import program

# --- accuracy

for mistake, line in {
    "counted": "return int(sum(scores.argmax(1) == labels))",  # AC2
    "above-one-half": "return np.mean([scores[n, labels[n]] > 0.5 for n in range(len(labels))])",
    "lowest-score": "return np.mean(np.argmin(scores, axis=-1) == labels)",
    "score-not-class": "return np.mean(np.max(scores, axis=1) == labels)",
    "divided-by-classes": "return sum(scores.argmax(1) == labels) / len(scores[0])",
    "whole-division": "return sum(scores.argmax(1) == labels) // len(labels)",
    "percent": "return 100 * np.mean(scores.argmax(1) == labels)",
}.items():
    program(f"accuracy.{mistake}", f"def accuracy(scores, labels):\n    {line}\n")
program(
    "accuracy.first-image-only",
    """
    def accuracy(scores, labels):
        right = 0
        for row, label in zip(scores, labels):
            if np.argmax(row) == label:
                right += 1
            return right
    """,
)

# --- network_forward

FORWARD = """
def network_forward(parameters, images):
    weight, bias, dense_weight, dense_bias = parameters
    N, H, W = images.shape
    F, KH, KW = weight.shape
    maps = np.zeros((N, F, H - KH + 1, W - KW + 1))
    for i, j in np.ndindex(maps.shape[2:]):
        {place}
    pooled = np.zeros((N, F, maps.shape[2] // 2, maps.shape[3] // 2))
    for i, j in np.ndindex(pooled.shape[2:]):
        pooled[:, :, i, j] = maps[:, :, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2].{pool}(axis=(2, 3))
    scores = {scores}
    return maps, pooled, scores
"""
FORWARD_FRAME = {
    "place": "x = images[:, i:i+KH, j:j+KW]; "
    "maps[:, :, i, j] = np.einsum('nuv,fuv->nf', x, weight) + bias",
    "pool": "max",
    "scores": "pooled.reshape(N, -1) @ dense_weight.T + dense_bias",
}
ONE_BY_ONE = """for n in range(N):
            for f in range(F):
                maps[n, f, i, j] = {value}"""


def forward(mistake, **changed):
    program(f"network_forward.{mistake}", FORWARD.format(**{**FORWARD_FRAME, **changed}))


def one_by_one(value):
    return ONE_BY_ONE.format(value=value)


forward(
    "filter-bias-missing",
    place=one_by_one("(images[n, i:i+KH, j:j+KW] * weight[f]).sum()"),
)
forward(
    "bias-for-every-product",
    place=one_by_one("(images[n, i:i+KH, j:j+KW] * weight[f] + bias[f]).sum()"),
)
forward(
    "kernel-turned",
    place=one_by_one("(images[n, i:i+KH, j:j+KW] * np.flip(weight[f])).sum() + bias[f]"),
)
forward("averaged", place=one_by_one("(images[n, i:i+KH, j:j+KW] * weight[f]).mean() + bias[f]"))
forward(
    "first-image-for-all",
    place=one_by_one("(images[0, i:i+KH, j:j+KW] * weight[f]).sum() + bias[f]"),
)
forward(
    "filters-added-up",
    place=one_by_one("(images[n, i:i+KH, j:j+KW] * weight).sum() + bias[f]"),
)
forward(
    "images-added-up",
    place="maps[:, :, i, j] = [(images[:, i:i+KH, j:j+KW] * k).sum() for k in weight] + bias",
)
forward("average-pooling", pool="mean")
forward("dense-bias-missing", scores="pooled.reshape(N, -1) @ dense_weight.T")
forward(
    "channels-last",
    scores="pooled.transpose(0, 2, 3, 1).reshape(N, -1) @ dense_weight.T + dense_bias",
)
forward(
    "batch-mixed-up",
    scores="(dense_weight @ pooled.reshape(-1, N)).T + dense_bias",
)
forward("batch-flattened-too", scores="pooled.flatten() @ dense_weight.T + dense_bias")
forward("rows-and-columns-swapped", scores="pooled.reshape(N, -1).T @ dense_weight.T + dense_bias")

# --- network_backward

BACKWARD = """
def network_backward(parameters, images, labels, maps, pooled, scores):
    weight, dense_weight = parameters[0], parameters[2]
    N, F, MH, MW = maps.shape
    p = np.exp(scores - {largest})
    p = p / {total}
    {taught}
    grad_pooled = (p @ dense_weight).reshape(pooled.shape)
    grad_maps = np.zeros(maps.shape)
    for i, j in np.ndindex(pooled.shape[2:]):
        block = np.s_[:, :, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2]
        winner = np.eye(4)[maps[block].reshape(N, F, 4).argmax(axis=2)]
        grad_maps[block] = (winner * grad_pooled[:, :, i, j, None]).reshape(N, F, 2, 2)
    grad_weight = np.zeros(weight.shape)
    for u, v in np.ndindex(weight.shape[1:]):
        for f in range(F):
            {weights}
    grad_bias = grad_maps.sum(axis=(0, 2, 3))
    return grad_weight, grad_bias, p.T @ pooled.reshape(N, -1), p.sum(axis=0)
"""
BACKWARD_FRAME = {
    "largest": "scores.max(axis=1, keepdims=True)",
    "total": "p.sum(axis=1, keepdims=True)",
    "taught": "p[np.arange(N), labels] -= 1; p /= N",
    "weights": "grad_weight[f, u, v] = (images[:, u:u+MH, v:v+MW] * grad_maps[:, f]).sum()",
}


def backward(mistake, **changed):
    program(f"network_backward.{mistake}", BACKWARD.format(**{**BACKWARD_FRAME, **changed}))


backward("loss-not-averaged", taught="p[np.arange(N), labels] -= 1")
backward("label-minus-probability", taught="p[range(N), labels] -= 1; p = -p / N")  # CG2
backward("labels-forgotten", taught="p = p / N")  # CG3
backward("all-labels-in-each-row", taught="p[:, labels] -= 1; p /= N")  # CG5
backward("counted-from-one", taught="p[range(N), labels - 1] -= 1; p /= N")  # OH2
backward("averaged-twice", taught="p[range(N), labels] -= 1; p /= N; p /= N")
backward("averaged-over-classes", taught="p[range(N), labels] -= 1; p /= p.size")
backward("overflow", largest="0")  # SM1
backward("one-maximum-for-all", largest="scores.max()")  # SM2
backward("softmax-down-the-batch", largest="scores.max(axis=0)", total="p.sum(axis=0)")  # SM4
backward("sums-of-other-rows", total="p.sum(axis=1)")  # SM6
backward(
    "mean-over-places",
    weights="grad_weight[f, u, v] = (images[:, u:u+MH, v:v+MW] * grad_maps[:, f]).mean()",
)
backward(
    "last-image-only",
    weights="for n in range(N): "
    "grad_weight[f, u, v] = (images[n, u:u+MH, v:v+MW] * grad_maps[n, f]).sum()",
)
backward("pixels-ignored", weights="grad_weight[f, u, v] = grad_maps[:, f].sum()")

# --- train

TRAIN = """
def train(gradients, parameters, images, labels, epochs, size, rate, rng):
    new = [p.copy() for p in parameters]
    {before}
    for epoch in range(epochs):
        {order}
        for start in range({starts}):
            batch = order[start : start + size]
            found = gradients({where}, images[batch], labels[{taught}])
            for n in range(len(new)):
                {step}
        {after}
    return new
"""
TRAIN_FRAME = {
    "before": "pass",
    "order": "order = rng.permutation(len(images))",
    "starts": "0, len(images), size",
    "where": "new",
    "taught": "batch",
    "step": "new[n] = new[n] - rate * found[n]",
    "after": "pass",
}


def train(mistake, **changed):
    program(f"train.{mistake}", TRAIN.format(**{**TRAIN_FRAME, **changed}))


train("uphill", step="new[n] += rate * found[n]")  # SD1
train("rate-forgotten", step="new[n] -= found[n]")  # SD2
train("nothing-learnt", step="p = new[n]; p = p - rate * found[n]")  # SD3
train("divided-by-batch-again", step="new[n] -= rate / size * found[n]")
train("not-shuffled", order="order = np.arange(len(images))")
train("shuffled-once", before="order = rng.permutation(len(images))", order="pass")
train("labels-left-behind", taught="start : start + size")
train("last-batch-dropped", starts="0, len(images) - size + 1, size")
train("first-batch-only", starts="1")
train("images-used-again", starts="len(images)")
train("gradients-of-the-start", where="parameters")
train("starts-again-each-epoch", order="order = rng.permutation(len(images)); new = parameters[:]")
train("one-epoch-only", after="return new")
train("first-parameter-only", step="new[0] = new[0] - rate * found[0]; break")
train("start-changed", before="new = parameters", step="new[n] -= rate * found[n]")
train("an-epoch-too-few", before="epochs -= 1")
program(
    "train.drawn-with-return",
    """
    def train(gradients, parameters, images, labels, epochs, size, rate, rng):
        for epoch in range(epochs):
            for start in range(0, len(images), size):
                batch = rng.choice(len(images), size)
                found = gradients(parameters, images[batch], labels[batch])
                parameters = [p - rate * g for p, g in zip(parameters, found)]
        return parameters
    """,
)
program(
    "train.labels-shuffled-apart",
    """
    def train(gradients, parameters, images, labels, epochs, size, rate, rng):
        for epoch in range(epochs):
            x = rng.permutation(images)
            y = rng.permutation(labels)
            for start in range(0, len(images), size):
                found = gradients(parameters, x[start : start + size], y[start : start + size])
                parameters = [p - rate * g for p, g in zip(parameters, found)]
        return parameters
    """,
)

# --- read_digits: a single dense layer shows as well what a start or a choice does

DENSE = """
def read_digits(images, labels, unseen, seed):
    rng = np.random.default_rng(seed)
    x, new = images.reshape(len(images), -1), unseen.reshape(len(unseen), -1)
    hidden_weight, weight = {start}
    bias = np.zeros(10)
    for epoch in range(30):
        hidden = np.maximum(x @ hidden_weight, 0)
        p = np.exp(hidden @ weight + bias)
        p /= p.sum(axis=1, keepdims=True)
        p[np.arange(len(x)), labels] -= 1
        p /= len(x)
        grad_hidden = (p @ weight.T) * (hidden > 0)
        weight = weight - 0.3 * hidden.T @ p
        bias = bias - 0.3 * p.sum(axis=0)
        hidden_weight = hidden_weight - 0.3 * x.T @ grad_hidden
    return (np.maximum(new @ hidden_weight, 0) @ weight + bias).{choice}(axis=1)
"""
ZEROS = "np.zeros((64, 32)), np.zeros((32, 10))"
RANDOM = "rng.normal(size=(64, 32)) / 8, rng.normal(size=(32, 10)) / 6"
program("read_digits.one-class-for-all", DENSE.format(start=ZEROS, choice="argmax"))
program("read_digits.properties", DENSE.format(start=RANDOM, choice="argmin"))
program("read_digits.values", DENSE.format(start=RANDOM, choice="argmax"))  # learns too little
