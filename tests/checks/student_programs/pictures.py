"""Wrong programs for numbers as pictures, and for a single window."""

from tests.checks.student_programs.collection import program

# --- pixels_to_array

program(
    "pixels_to_array.not-scaled", "def pixels_to_array(rows):\n    return np.array(rows)"
)  # PX1
program(  # PX2
    "pixels_to_array.divided-by-256",
    """
    def pixels_to_array(rows):
        out = np.zeros((len(rows), len(rows[0])))
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                out[i, j] = value / 256
        return out
    """,
)
program(  # PX3
    "pixels_to_array.whole-number-division",
    """
    def pixels_to_array(rows):
        out = np.zeros_like(rows)
        for i in range(len(rows)):
            for j in range(len(rows[0])):
                out[i, j] = rows[i][j] / 255
        return out
    """,
)
program(  # PX4
    "pixels_to_array.transposed",
    """
    def pixels_to_array(rows):
        columns = []
        for x in range(len(rows[0])):
            columns.append([row[x] / 255 for row in rows])
        return np.array(columns)
    """,
)
program(  # PX5
    "pixels_to_array.divided-by-brightest",
    """
    def pixels_to_array(rows):
        brightest = max(max(row) for row in rows)
        return np.array([[v / brightest for v in row] for row in rows])
    """,
)
program(  # PX7
    "pixels_to_array.inverted",
    "def pixels_to_array(rows):\n    return (255 - np.array(rows)) / 255",
)
program(
    "pixels_to_array.flattened",
    "def pixels_to_array(rows):\n    return np.array([v / 255 for row in rows for v in row])",
)
program(
    "pixels_to_array.first-row-only",
    """
    def pixels_to_array(rows):
        for row in rows:
            return np.array(row) / 255
    """,
)

# --- rgb_to_gray

program(
    "rgb_to_gray.plain-mean", "def rgb_to_gray(image):\n    return np.mean(image, axis=2)"
)  # GR1
program(  # GR2
    "rgb_to_gray.blue-first",
    """
    def rgb_to_gray(image):
        blue, green, red = image[:, :, 0], image[:, :, 1], image[:, :, 2]
        return 0.299 * red + 0.587 * green + 0.114 * blue
    """,
)
program(
    "rgb_to_gray.bytes-wrapped",
    """
    def rgb_to_gray(image):
        gray = np.zeros(image.shape[:2])
        for i in range(image.shape[0]):
            for j in range(image.shape[1]):
                total = image[i, j, 0]
                total = total + image[i, j, 1]
                total = total + image[i, j, 2]
                gray[i, j] = total / 3
        return gray
    """,
)
program(
    "rgb_to_gray.cut-to-whole-numbers",
    """
    def rgb_to_gray(image):
        gray = np.zeros(image.shape[:2], dtype=int)
        for i in range(image.shape[0]):
            for j in range(image.shape[1]):
                r, g, b = image[i, j]
                gray[i, j] = 0.299 * r + 0.587 * g + 0.114 * b
        return gray
    """,
)
program(
    "rgb_to_gray.wrong-axis",
    """
    def rgb_to_gray(image):
        return 0.299 * image[0] + 0.587 * image[1] + 0.114 * image[2]
    """,
)

# --- scale_centered

program(
    "scale_centered.bytes-wrapped",
    "def scale_centered(image):\n    return (image - image.dtype.type(128)) / 255",
)
program(
    "scale_centered.half-before-dividing",
    "def scale_centered(image):\n    return image - 0.5 / 255",
)
program(
    "scale_centered.twice-as-wide",
    "def scale_centered(image):\n    return 2 * image.astype(float) / 255 - 1",
)
program(
    "scale_centered.changes-image",
    """
    def scale_centered(image):
        if image.dtype != float:
            image = image.astype(float)
        image *= 1 / 255
        image -= 0.5
        return image
    """,
)

# --- slide_pair

program(
    "slide_pair.swapped-weights",
    """
    def slide_pair(image, pair):
        a, b = pair
        H, W = image.shape
        out = np.zeros((H, W - 1))
        for i in range(H):
            for j in range(1, W):
                out[i, j - 1] = a * image[i, j] + b * image[i, j - 1]
        return out
    """,
)
program(
    "slide_pair.down-the-rows",
    """
    def slide_pair(image, pair):
        out = []
        for i in range(len(image) - 1):
            out.append(pair[0] * image[i] + pair[1] * image[i + 1])
        return np.array(out)
    """,
)
program(
    "slide_pair.step-of-two",
    """
    def slide_pair(image, pair):
        H, W = image.shape
        rows = []
        for i in range(H):
            rows.append([pair[0] * image[i, j] + pair[1] * image[i, j + 1]
                         for j in range(0, W - 1, 2)])
        return rows
    """,
)

# --- window_sum

program(
    "window_sum.products-not-summed",
    """
    def window_sum(image, kernel, row, column):
        h, w = kernel.shape
        return image[row:row + h, column:column + w] * kernel
    """,
)
program(
    "window_sum.swapped-row-and-column",
    """
    def window_sum(image, kernel, row, column):
        total = 0
        for a in range(kernel.shape[0]):
            for b in range(kernel.shape[1]):
                x, y = row + b, column + a
                if y < image.shape[0] and x < image.shape[1]:
                    total += float(image[y, x]) * kernel[a, b]
        return total
    """,
)
program(
    "window_sum.window-too-small",
    """
    def window_sum(image, kernel, row, column):
        total = 0
        for a in range(kernel.shape[0] - 1):
            for b in range(kernel.shape[1] - 1):
                total += float(image[row + a, column + b]) * kernel[a, b]
        return total
    """,
)
program(
    "window_sum.first-product-only",
    """
    def window_sum(image, kernel, row, column):
        total = 0
        for a in range(kernel.shape[0]):
            for b in range(kernel.shape[1]):
                total += float(image[row + a, column + b]) * kernel[a, b]
                return total
    """,
)
