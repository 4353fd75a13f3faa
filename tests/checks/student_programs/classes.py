"""Wrong programs for the way from feature maps to a loss."""

from tests.checks.student_programs.collection import program

# --- relu

program(  # RL1
    "relu.absolute-value",
    """
    def relu(input):
        out = np.zeros(input.shape)
        for place in np.ndindex(input.shape):
            value = input[place]
            out[place] = value if value > 0 else -value
        return out
    """,
)
program("relu.one-number-only", "def relu(input):\n    return np.max(input)")  # RL2
program(  # RL3
    "relu.keeps-the-negatives",
    """
    def relu(input):
        out = np.array(input, dtype=float)
        out[out > 0] = 0
        return out
    """,
)
program(  # RL4
    "relu.changes-input",
    """
    def relu(input):
        input[input <= 0] = 0
        return input
    """,
)
program(  # RL5
    "relu.clipped-at-one",
    """
    def relu(input):
        out = np.where(input < 0, 0, input)
        return np.where(out > 1, 1, out)
    """,
)
program(
    "relu.whole-array-compared",
    """
    def relu(input):
        if input > 0:
            return input
        else:
            return 0 * input
    """,
)

# --- flatten

program("flatten.batch-flattened-too", "def flatten(input):\n    return input.flatten()")  # FL1
program(  # FL2
    "flatten.images-interleaved",
    "def flatten(input):\n    return np.reshape(input, (-1, input.shape[0]))",
)
program(  # FL3
    "flatten.images-in-columns",
    """
    def flatten(input):
        columns = []
        for image in input:
            columns.append(image.ravel())
        return np.column_stack(columns)
    """,
)
program(  # FL4
    "flatten.channels-last",
    """
    def flatten(input):
        N, C, H, W = input.shape
        out = np.zeros((N, C * H * W))
        for n in range(N):
            k = 0
            for i in range(H):
                for j in range(W):
                    for c in range(C):
                        out[n, k] = input[n, c, i, j]
                        k += 1
        return out
    """,
)
program(
    "flatten.columns-first",
    """
    def flatten(input):
        N, C, H, W = input.shape
        rows = []
        for n in range(N):
            row = []
            for c in range(C):
                for j in range(W):
                    for i in range(H):
                        row.append(input[n, c, i, j])
            rows.append(row)
        return np.array(rows)
    """,
)

# --- softmax: the exercise's own frame with one thing wrong

FRAME = """
def softmax(input):
    safe = {safe}
    powers = np.exp(safe)
    return {answer}
"""


def frame(
    mistake,
    safe="input - input.max(axis=1, keepdims=True)",
    answer="powers / powers.sum(axis=1, keepdims=True)",
):
    program(f"softmax.{mistake}", FRAME.format(safe=safe, answer=answer))


frame("overflow", safe="input")  # SM1
frame("largest-of-all", safe="input - input.max()")  # SM2
frame(  # SM4
    "columns-sum-to-one",
    safe="input - input.max(axis=0, keepdims=True)",
    answer="powers / powers.sum(axis=0)",
)
frame("sums-without-axis", answer="powers / powers.sum(axis=1)")  # SM6
frame("largest-without-axis", safe="input - input.max(axis=1)")
frame("whole-batch-sums-to-one", answer="powers / powers.sum()")
frame("not-normalised", answer="powers")
program(  # SM5
    "softmax.no-exponential",
    """
    def softmax(input):
        out = np.zeros(input.shape)
        for n in range(len(input)):
            total = 0
            for score in input[n]:
                total += score
            out[n] = input[n] / total
        return out
    """,
)
program(  # SM8
    "softmax.each-class-alone",
    "def softmax(input):\n    return 1 / (1 + np.exp(-input))",
)

# --- one_hot

program(  # OH2
    "one_hot.counted-from-one",
    """
    def one_hot(target, num_classes):
        rows = np.zeros((len(target), num_classes))
        for n in range(len(target)):
            rows[n, target[n] - 1] = 1
        return rows
    """,
)
program(
    "one_hot.every-row-all-labels",
    """
    def one_hot(target, num_classes):
        rows = np.zeros((len(target), num_classes))
        for label in target:
            rows[:, label] = 1
        return rows
    """,
)
program(
    "one_hot.images-in-columns",
    """
    def one_hot(target, num_classes):
        rows = np.zeros((num_classes, len(target)))
        for n, label in enumerate(target):
            rows[label, n] = 1
        return rows
    """,
)
program(
    "one_hot.as-wide-as-the-largest-label",
    """
    def one_hot(target, num_classes):
        rows = []
        for label in target:
            rows.append([1 if k == label else 0 for k in range(max(target) + 1)])
        return np.array(rows)
    """,
)

# --- cross_entropy

LOSS = """
def cross_entropy(input, target):
    total = {start}
    for n in range(len(input)):
        scores = input[n] - input[n].max()
        p = np.exp(scores) / np.exp(scores).sum()
        {step}
    return {answer}
"""


def loss(mistake, step, start="0.0", answer="total / len(input)"):
    program(f"cross_entropy.{mistake}", LOSS.format(start=start, step=step, answer=answer))


STABLE = "total += np.log(np.exp(scores).sum()) - scores[target[n]]"
loss("summed-over-images", STABLE, answer="total")  # CE1
loss(  # CE2
    "wrong-sign", "total += scores[target[n]] - np.log(np.exp(scores).sum())"
)
loss("logarithm-of-zero", "total += -np.log(p[target[n]])")  # CE3
loss("softened-logarithm", "total -= np.log(p[target[n]] + 1e-12)")
loss(  # CE4
    "other-logarithm",
    "total += np.log10(np.exp(scores).sum()) - scores[target[n]] * np.log10(np.e)",
)
loss("averaged-over-classes", STABLE, answer="total / input.size")  # CE5
loss(  # CE6
    "softmax-twice", "total += np.log(np.exp(p).sum()) - p[target[n]]"
)
loss(  # CE7
    "every-pair",
    "total += np.log(np.exp(scores).sum()) - scores[target].mean()",
)
loss(  # CE8
    "squared-error", "total += ((p - np.eye(len(p))[target[n]]) ** 2).sum()"
)
loss("probability-only", "total += 1 - p[target[n]]")
loss(
    "one-loss-per-image",
    "total.append(np.log(np.exp(scores).sum()) - scores[target[n]])",
    start="[]",
    answer="np.array(total)",
)
loss("first-image-only", STABLE + "; return total")
