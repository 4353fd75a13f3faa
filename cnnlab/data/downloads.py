"""Data sets that are downloaded once: where they come from, and where they are kept."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cnnlab.errors import ArgumentError, EnvironmentProblem

if TYPE_CHECKING:
    from rich.progress import Progress

FOLDER_VARIABLE = "CNNLAB_DATA"
SECONDS = 30  # without an answer, until the next mirror is tried
PARTS = ("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1")


@dataclass(frozen=True)
class Source:
    """Files of a data set, the same under every mirror, each with its SHA-256."""

    mirrors: tuple[str, ...]
    files: dict[str, str]
    megabytes: float
    licence: str
    classes: tuple[str, ...]


def _files(*hashes: str) -> dict[str, str]:
    return {f"{part}-ubyte.gz": digest for part, digest in zip(PARTS, hashes, strict=True)}


# Checksums: torchvision/prototype/datasets/_builtin/mnist.py at github.com/pytorch/vision; they go
# with the MD5 sums in torchvision/datasets/mnist.py. Licence of MNIST: keras.io/api/datasets/mnist.
SOURCES = {
    "mnist": Source(
        mirrors=(
            "https://ossci-datasets.s3.amazonaws.com/mnist/",
            "https://storage.googleapis.com/cvdf-datasets/mnist/",
        ),
        files=_files(
            "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
            "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
            "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
            "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
        ),
        megabytes=11.6,
        licence="CC BY-SA 3.0, Yann LeCun and Corinna Cortes",
        classes=tuple("0123456789"),
    ),
    "fashion_mnist": Source(
        mirrors=(
            "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
        ),
        files=_files(
            "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
            "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
            "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
            "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
        ),
        megabytes=30.9,
        licence="MIT, Zalando SE",
        classes=(
            "T-shirt/top",
            "trouser",
            "pullover",
            "dress",
            "coat",
            "sandal",
            "shirt",
            "sneaker",
            "bag",
            "ankle boot",
        ),
    ),
}


def folder(name: str) -> Path:
    """Where the files of a data set are kept: below CNNLAB_DATA, or in the user's cache."""
    import pooch

    chosen = os.environ.get(FOLDER_VARIABLE)
    return Path(chosen or pooch.os_cache("cnnlab")).expanduser() / name


def source(name: str) -> Source:
    if name not in SOURCES:
        raise ArgumentError(f"data: {name!r} cannot be downloaded; there are {', '.join(SOURCES)}.")
    return SOURCES[name]


def fetch(name: str) -> list[Path]:
    """Download what is missing of a data set, and return its files, in the order of `PARTS`.

    A file counts only if its SHA-256 is right; half a download is never left in its place. With
    all files there, the network is not touched.

    Raises
    ------
    ArgumentError
        No data set of that name.
    EnvironmentProblem
        No mirror gave the file, or the folder cannot be written. The message says what to do.
    """
    return [_fetch_file(name, source(name), file) for file in source(name).files]


def _fetch_file(name: str, wanted: Source, file: str) -> Path:
    import pooch

    place, reasons = folder(name), []
    for mirror in wanted.mirrors:
        with _bar(file) as bar:
            download = pooch.HTTPDownloader(progressbar=bar, timeout=SECONDS)
            try:
                found = pooch.retrieve(mirror + file, f"sha256:{wanted.files[file]}", file, place,
                                       downloader=download)  # fmt: skip
                return Path(found)
            except PermissionError:
                raise EnvironmentProblem(
                    f"data: cannot write to {place}. Set {FOLDER_VARIABLE} to a folder of yours."
                ) from None
            except (OSError, ValueError) as error:  # no answer, no such page, a wrong checksum
                reasons.append(f"  {mirror}: {_reason(error)}")
    raise EnvironmentProblem(_cannot(name, wanted, file, place, reasons))


def _reason(error: Exception) -> str:
    if isinstance(error, ValueError) and not isinstance(error, OSError):
        return "the file that came has another checksum"
    status = getattr(getattr(error, "response", None), "status_code", None)
    return f"answered {status}" if status else f"no answer ({type(error).__name__})"


def _cannot(name: str, wanted: Source, file: str, place: Path, reasons: list[str]) -> str:
    return "\n".join(
        [
            f"data: {name} is not on this machine, or not whole, and {file} could not be fetched.",
            *reasons,
            f"Fix: where there is a network, run `cnnlab fetch {name}` once ({wanted.megabytes:g}"
            " MB); afterwards no network is needed.",
            f"Or put these files into {place} by hand: {', '.join(wanted.files)}.",
            'Or go on with data.load("digits"), which is always here.',
        ]
    )


class _bar:
    """A progress bar of rich in the form that pooch calls."""

    def __init__(self, title: str):
        self.title, self.total = title, 0
        self._shown: Progress | None = None

    def __enter__(self) -> "_bar":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def update(self, count: int) -> None:
        if self._shown is None:
            from rich import progress

            columns: Any = (
                progress.TextColumn("{task.description}"),
                progress.BarColumn(),
                progress.DownloadColumn(),
            )
            self._shown = progress.Progress(*columns)
            self._task = self._shown.add_task(self.title, total=self.total)
            self._shown.start()
        self._shown.update(self._task, advance=count)

    def reset(self) -> None:
        """pooch starts again at zero to say that all has come."""
        if self._shown is not None:
            self._shown.update(self._task, completed=0)

    def close(self) -> None:
        if self._shown is not None:
            self._shown.stop()
            self._shown = None
