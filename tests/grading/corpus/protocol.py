"""Attacks on the channel: frames forged, cut, swollen or sent at the wrong time.

The forger has what is hardest to get: the descriptor of the channel, its format, and the id of the
question that is being answered.
"""

from tests.grading.corpus.attack import Attack, answer, extra

TOOLS = """\
import json, os, stat, struct, sys, time
def ends():
    def is_socket(descriptor):
        try: return stat.S_ISSOCK(os.fstat(descriptor).st_mode)
        except OSError: return False
    return [descriptor for descriptor in range(3, 1024) if is_socket(descriptor)]
def token():
    at = sys._getframe()
    while at is not None:
        order = at.f_locals.get('order')
        if isinstance(order, dict) and 'id' in order: return order['id']
        at = at.f_back
    return 'unknown'
def frame(header, *blobs):
    text = json.dumps({'b': [len(blob) for blob in blobs], **header}).encode()
    return struct.pack('>I', len(text)) + text + b''.join(blobs)
def tell(*frames):
    for descriptor in ends():
        try: os.write(descriptor, b''.join(frames))
        except OSError: pass
"""
DEF = "def correlate2d(image, kernel):\n"
ZEROS = "    return np.zeros((1, 1))"
WAIT = "    time.sleep(60)"


def forged(id, title, *lines, **more):
    """An answer that first speaks on the channel itself."""
    return answer(id, title, TOOLS + DEF + "".join(f"    {line}\n" for line in lines), **more)


def raw(words):
    """A header of the attacker's own words, with the right length before it."""
    return f"text = {words}; tell(struct.pack('>I', len(text)) + text); time.sleep(60)"


PASSED = "{'id': token(), 'value': 4.0, 'points': 4.0, 'passed': True, 'after': None}"
ATTACKS: list[Attack] = [
    forged("P01", "a frame that says all is right", f"tell(frame({PASSED}))", ZEROS.strip()),
    extra(
        "P02",
        "answers sent before they were asked for",
        TOOLS + "tell(*[frame({'id': '0', 'value': 4.0, 'passed': True})] * 50)",
    ),
    forged("P03", "a header of 4 GB", "tell(struct.pack('>I', 2**32 - 1))", WAIT.strip()),
    forged(
        "P04",
        "bytes of impossible lengths",
        "tell(frame({'id': token(), 'b': [2**63], 'value': 1}))",
        WAIT.strip(),
    ),
    forged(
        "",
        "lengths that add up to too much",
        "tell(frame({'id': token(), 'b': [2**20] * 9000, 'value': 1}))",
        WAIT.strip(),
    ),
    forged("", "a negative length", "tell(frame({'id': token(), 'b': [-1]}))", WAIT.strip()),
    forged(
        "P06",
        "an array of packed objects",
        "import pickle",
        "packed = pickle.dumps(print)",
        "value = {'a': ['|O', [1], 0]}",
        "tell(frame({'id': token(), 'value': value, 'after': None}, packed))",
        WAIT.strip(),
        flag="reaches for pickle",
    ),
    forged(
        "P07",
        "an array of negative sides",
        "value = {'a': ['<f8', [-1, True, '5'], 0]}",
        "tell(frame({'id': token(), 'value': value, 'after': None}, bytes(8)))",
        WAIT.strip(),
    ),
    forged(
        "",
        "an array of more than its bytes",
        "value = {'a': ['<f8', [2**39], 0]}",
        "tell(frame({'id': token(), 'value': value, 'after': None}, bytes(8)))",
        WAIT.strip(),
    ),
    forged(
        "",
        "a huge array of nothing",
        "value = {'z': ['O', [2**30, 2**30]]}",
        "tell(frame({'id': token(), 'value': value, 'after': None}))",
        WAIT.strip(),
    ),
    forged("P08", "lists in lists", raw("b'[' * 50_000")),
    forged("P09", "a number of 100,000 digits", raw("b'{\"value\": ' + b'9' * 100_000 + b'}'")),
    forged("", "no JSON", raw("b'\\xff' * 100")),
    forged("", "a header without lengths", raw("b'{}'")),
    answer("P11", "never reading", "import os\n" + DEF + "    os.kill(os.getpid(), 19)"),
    forged("P12", "closing the channel", "for end in ends(): os.close(end)", ZEROS.strip()),
    forged(
        "P14",
        "words of the machinery",
        "tell(*map(frame, [{'ended': True}, {'died': True}, {'status': 'ok', 'value': 4.0}]))",
        ZEROS.strip(),
    ),
    extra(
        "P14",
        "the end of a cell announced from inside",
        TOOLS + "tell(frame({'status': 'ok', 'outputs': [], 'value': 4.0}))",
    ),
    answer("P15", "an answer of 512 MB", DEF + "    return np.zeros((8000, 8000))"),
    answer(
        "P16",
        "markup and control characters in an exception",
        DEF + "    raise ValueError('<script>alert(1)</script>\\x1b]0;x\\x07\\r\\n' * 1000)",
    ),
    answer(
        "P17",
        "killing all around it from a test",
        "import os\n" + DEF + "    os.kill(os.getppid(), 9)\n    os.kill(1, 9)\n" + ZEROS,
        flag="reaches for os.kill",
    ),
    forged(
        "",
        "names of Python's own offered as functions",
        "names = {name: [] for name in ('__builtins__', '_', 'check', 'np', 'float', 'In')}",
        "tell(frame({'id': token(), 'functions': names, 'values': ['check', 'np']}))",
        ZEROS.strip(),
    ),
    forged(
        "",
        "an exception that no function may raise",
        "told = {'kind': 'SystemExit', 'family': 'SystemExit', 'message': '', 'line': [1, '']}",
        "tell(frame({'id': token(), 'error': told, 'after': None}))",
        WAIT.strip(),
    ),
    forged(
        "",
        "calls back without end",
        "while True: tell(frame({'back': 0, 'arguments': {'t': [{'t': []}, {'d': []}]}}))",
    ),
    forged(
        "",
        "one byte at a time",
        "for byte in frame({'id': token(), 'value': 4.0}) * 99:",
        "    tell(bytes([byte])); time.sleep(0.3)",
    ),
    extra(
        "",
        "the worker's own functions replaced",
        "import sys\n"
        "for name, module in list(sys.modules.items()):\n"
        "    for part in ('encode', '_relay', '_fork', '_run', 'Answers', 'Decoder'):\n"
        "        if name.startswith('cnnlab.grading') and hasattr(module, part):\n"
        "            setattr(module, part, lambda *a, **k: 4.0)",
        flag="reaches for sys.modules",
    ),
]
