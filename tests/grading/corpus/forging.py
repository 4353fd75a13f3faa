"""Attacks on the tests: on what they are written with, on what runs them, on what they print."""

from tests.grading.corpus.attack import Attack, answer, extra

SHAPE = "(image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1)"
ZEROS = f"def correlate2d(image, kernel):\n    return np.zeros({SHAPE})"

TOOLS = [
    answer(
        "E01",
        "the comparing functions of NumPy replaced",
        "for tool in ('assert_allclose', 'assert_array_equal', 'assert_equal'):\n"
        "    setattr(np.testing, tool, lambda *a, **k: None)\n"
        "np.allclose = np.array_equal = np.isclose = lambda *a, **k: True\n" + ZEROS,
        flag="changes numpy.testing",
    ),
    answer(
        "E04",
        "the package's own function replaced by the student's",
        ZEROS + "\nimport cnnlab, sys\n"
        "for module in list(sys.modules.values()):\n"
        "    if getattr(module, '__name__', '').startswith('cnnlab'):\n"
        "        if hasattr(module, 'correlate2d'): module.correlate2d = correlate2d",
        flag="reaches for sys.modules",
    ),
    extra(
        "E05",
        "the checks replaced",
        "import cnnlab.checks as checks\n"
        "class Kind:\n"
        "    def __getattr__(self, name): return self\n"
        "    def __call__(self, *a, **k): return None\n"
        "    def points(self, function, of, **k): return float(of)\n"
        "check = Kind()\n"
        "for name in dir(checks):\n"
        "    if not name.startswith('__'): setattr(checks, name, check)",
        flag="changes cnnlab.checks",
    ),
    answer(
        "E09",
        "names of the test cells bound again",
        ZEROS + "\nclass Kind:\n"
        "    def __getattr__(self, name): return self\n"
        "    def __call__(self, *a, **k): return Kind()\n"
        "    def points(self, function, of, **k): return float(of)\n"
        "    def __float__(self): return 4.0\n"
        "check = Kind()\nfloat = abs = max = lambda *a: 4.0",
        flag="replaces check",
    ),
    extra(
        "E10",
        "builtins replaced",
        "import builtins\n"
        "builtins.all = builtins.any = builtins.isinstance = lambda *a: True\n"
        "builtins.float = builtins.min = builtins.sum = lambda *a, **k: 4\n"
        "builtins.AssertionError = type('Quiet', (BaseException,), {})",
        flag="changes builtins.all",
    ),
    extra(
        "E33",
        "the interpreter's memory",
        "import ctypes\n"
        "def agree(*a, **k): return None\n"
        "np.testing.assert_allclose.__wrapped__.__code__ = agree.__code__\n"
        "size = ctypes.sizeof(ctypes.c_ssize_t)\n"
        "at = id(0.0) + 2 * size\n"
        "ctypes.memmove(at, ctypes.addressof(ctypes.c_double(4.0)), 8)",
        flag="reaches for ctypes",
    ),
    answer(
        "E20",
        "a search through the memory for the right answer",
        "import gc\n"
        "def correlate2d(image, kernel):\n"
        "    for thing in gc.get_objects():\n"
        "        if callable(thing) and getattr(thing, '__name__', '') == 'correlate2d':\n"
        "            if thing is not correlate2d:\n"
        "                try: return thing(image, kernel)\n"
        "                except Exception: pass\n"
        "    for thing in gc.get_objects():\n"
        f"        if isinstance(thing, np.ndarray) and thing.shape == {SHAPE}: return thing\n"
        "    return np.zeros((1, 1))",
        flag="reaches for gc.get_objects",
    ),
    answer(
        "E27",
        "a module of the same name in place of the course's",
        "import sys, types\n"
        "class Kind:\n"
        "    def __getattr__(self, name): return self\n"
        "    def __call__(self, *a, **k): return None\n"
        "    def points(self, function, of, **k): return float(of)\n"
        "for name in ('cnnlab', 'cnnlab.checks'):\n"
        "    sys.modules[name] = types.ModuleType(name)\n"
        "    sys.modules[name].check = Kind()\n"
        "from cnnlab.checks import check\n" + ZEROS,
        flag="reaches for sys.modules",
    ),
]

RUNNER = [
    extra(
        "E11",
        "errors not shown",
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "InteractiveShell.showtraceback = lambda *a, **k: None\n"
        "InteractiveShell._showtraceback = lambda *a, **k: None",
        flag="reaches for IPython.core",
    ),
    extra(
        "E12",
        "every run reported as a success",
        "from IPython.core.interactiveshell import ExecutionResult, InteractiveShell\n"
        "ExecutionResult.success = property(lambda self: True)\n"
        "inner = InteractiveShell.run_cell\n"
        "def run_cell(self, *a, **k):\n"
        "    result = inner(self, *a, **k)\n"
        "    result.error_in_exec = result.error_before_exec = None\n"
        "    result.result = 4.0\n"
        "    return result\n"
        "InteractiveShell.run_cell = run_cell\n"
        "try: type(get_ipython()).run_cell = run_cell\n"
        "except Exception: pass",
        flag="reaches for IPython.core",
    ),
    extra(
        "E13",
        "test cells rewritten as text",
        "def easy(lines): return ['4.0\\n'] if any('check.' in line for line in lines) else lines\n"
        "get_ipython().input_transformers_cleanup.append(easy)",
        flag="hooks into the notebook: input_transformers_cleanup",
    ),
    extra(
        "E14",
        "test cells rewritten as a tree",
        "import ast\n"
        "class Easy(ast.NodeTransformer):\n"
        "    def visit_Assert(self, node): return ast.Pass()\n"
        "    def visit_Call(self, node):\n"
        "        return ast.Constant(4.0) if 'points' in ast.dump(node) else node\n"
        "get_ipython().ast_transformers.append(Easy())",
        flag="hooks into the notebook: ast_transformers",
    ),
    extra(
        "E15",
        "a hook before every cell",
        "def hook(*a):\n"
        "    class Kind:\n"
        "        def __getattr__(self, name): return self\n"
        "        def __call__(self, *a, **k): return None\n"
        "        def points(self, function, of, **k): return float(of)\n"
        "    get_ipython().user_ns['check'] = Kind()\n"
        "get_ipython().events.register('pre_run_cell', hook)\n"
        "get_ipython().events.register('pre_execute', hook)",
        flag="hooks into the notebook: events",
    ),
    extra(
        "E17",
        "a result shown in the test's place",
        "def hook(*a):\n"
        "    from IPython.display import display\n"
        "    display(4.0)\n"
        "    get_ipython().displayhook(4.0)\n"
        "get_ipython().events.register('pre_run_cell', hook)\n"
        "get_ipython().events.register('post_run_cell', hook)",
        flag="hooks into the notebook",
    ),
    answer(
        "E16",
        "leaving from inside a test",
        "def correlate2d(image, kernel): raise SystemExit(0)",
    ),
    answer(
        "E36",
        "a result shown, then the end of the process",
        "import os, sys\n"
        "def correlate2d(image, kernel):\n"
        "    sys.displayhook(4.0)\n"
        "    print(4.0, flush=True)\n"
        "    os._exit(0)",
        flag="reaches for os._exit",
    ),
    answer(
        "E24",
        "random numbers that are all zero",
        "class Zeros:\n"
        "    def __getattr__(self, name): return lambda *a, size=(), **k: np.zeros(size)\n"
        "np.random.default_rng = np.random.RandomState = lambda *a: Zeros()\n"
        "np.random.seed = lambda *a: None\n" + ZEROS,
        flag="changes numpy.random",
    ),
    extra(
        "L01",
        "the random numbers of the tests seeded",
        "np.random.seed(0)\nnp.random.seed = lambda *a: None",
        flag="changes numpy.random.seed",
    ),
]
ATTACKS: list[Attack] = [*TOOLS, *RUNNER]
