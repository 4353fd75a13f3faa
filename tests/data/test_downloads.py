"""Downloads, from a server in this process into a folder of the test. No network is touched."""

import gzip
import hashlib
import http.server
import threading

import numpy as np
import pytest
from click.testing import CliRunner

from cnnlab import data
from cnnlab.cli import main
from cnnlab.data import downloads
from cnnlab.errors import ArgumentError, EnvironmentProblem

IMAGES = np.arange(3 * 4 * 5, dtype=np.uint8).reshape(3, 4, 5)
LABELS = np.array([1, 0, 1], dtype=np.uint8)
NAMES = [f"{part}-ubyte.gz" for part in downloads.PARTS]


def idx(array):
    lengths = b"".join(length.to_bytes(4, "big") for length in array.shape)
    return gzip.compress(bytes([0, 0, 8, array.ndim]) + lengths + array.tobytes())


CONTENT = dict(zip(NAMES, map(idx, (IMAGES, LABELS, IMAGES[:2] + 100, LABELS[:2])), strict=True))


@pytest.fixture
def server(monkeypatch):
    """A mirror at .url that serves .content and keeps the .asked paths."""

    class Mirror(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            httpd.asked.append(self.path)
            folder, _, name = self.path.rpartition("/")
            body = None if folder == "/gone" else httpd.content.get(name)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_):
            """Say nothing."""

    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    httpd = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Mirror)
    httpd.content, httpd.asked = dict(CONTENT), []
    httpd.url = f"http://127.0.0.1:{httpd.server_port}/"
    thread = threading.Thread(target=httpd.serve_forever)
    thread.start()
    yield httpd
    httpd.shutdown()
    thread.join()
    httpd.server_close()


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv(downloads.FOLDER_VARIABLE, str(tmp_path))
    return tmp_path / "mnist"


@pytest.fixture
def mirrors(server, place, monkeypatch):
    """Let MNIST be the small files of `CONTENT`, under the mirrors that the test names."""

    def use(*paths):
        small = downloads.Source(
            mirrors=tuple(server.url + path for path in paths),
            files={name: hashlib.sha256(body).hexdigest() for name, body in CONTENT.items()},
            megabytes=0.1,
            licence="none",
            classes=("even", "odd"),
        )
        monkeypatch.setitem(downloads.SOURCES, "mnist", small)

    use("")
    return use


def test_a_data_set_is_downloaded_once_and_then_read_from_its_folder(mirrors, server, place):
    first = data.load("mnist")
    assert server.asked == [f"/{name}" for name in NAMES]
    second = data.load("mnist")
    assert len(server.asked) == 4
    assert sorted(path.name for path in place.iterdir()) == sorted(NAMES)
    for found in (first, second):
        np.testing.assert_allclose(found.train.images, IMAGES / 255, rtol=1e-6)
        np.testing.assert_allclose(found.test.images, (IMAGES[:2] + 100) / 255, rtol=1e-6)
        assert found.train.labels.tolist() == [1, 0, 1]
        assert found.test.labels.tolist() == [1, 0]
        assert found.images.dtype == np.float32
        assert found.labels.dtype == np.int64
        assert found.classes == ("even", "odd")


def test_files_put_there_by_hand_need_no_network(mirrors, server, place):
    place.mkdir()
    for name, body in CONTENT.items():
        (place / name).write_bytes(body)
    assert len(data.load("mnist")) == 5
    assert server.asked == []


def test_a_damaged_file_is_fetched_anew(mirrors, server, place):
    data.fetch("mnist")
    (place / NAMES[1]).write_bytes(b"damaged")
    data.fetch("mnist")
    assert server.asked[4:] == [f"/{NAMES[1]}"]
    assert (place / NAMES[1]).read_bytes() == CONTENT[NAMES[1]]


def test_the_next_mirror_helps_when_one_has_lost_its_files(mirrors, server):
    mirrors("gone/", "there/")
    assert len(data.fetch("mnist")) == 4
    assert server.asked[:2] == [f"/gone/{NAMES[0]}", f"/there/{NAMES[0]}"]


def test_a_file_with_another_checksum_is_never_kept(mirrors, server, place):
    server.content[NAMES[0]] = b"an error page"
    with pytest.raises(EnvironmentProblem, match="the file that came has another checksum"):
        data.load("mnist")
    assert list(place.iterdir()) == []


def test_without_a_network_the_error_says_what_to_do(mirrors, server, place):
    server.content.clear()
    with pytest.raises(EnvironmentProblem) as caught:
        data.load("mnist")
    said = str(caught.value)
    assert f"{server.url}: answered 404" in said
    assert "cnnlab fetch mnist" in said
    assert str(place) in said
    assert all(name in said for name in NAMES)
    assert 'data.load("digits")' in said


def test_a_mirror_that_cannot_be_reached_is_named(mirrors, server, monkeypatch):
    monkeypatch.setattr(downloads, "SECONDS", 2)
    mirrors("")
    nobody = downloads.SOURCES["mnist"]
    closed = downloads.Source(("http://127.0.0.1:1/",), nobody.files, 0.1, "none", ())
    monkeypatch.setitem(downloads.SOURCES, "mnist", closed)
    with pytest.raises(EnvironmentProblem, match=r"127.0.0.1:1/: no answer \(ConnectionError\)"):
        data.fetch("mnist")


def test_a_folder_that_cannot_be_made_is_named(mirrors, tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(13, "not yours")

    monkeypatch.setattr("pooch.core.make_local_storage", refuse)
    with pytest.raises(EnvironmentProblem, match="cannot write to .*Set CNNLAB_DATA"):
        data.fetch("mnist")


def test_a_name_that_cannot_be_downloaded():
    with pytest.raises(ArgumentError, match="'digits' cannot be downloaded; there are mnist, fash"):
        data.fetch("digits")


def test_the_cache_folder_is_the_users_unless_the_variable_says_otherwise(monkeypatch, tmp_path):
    monkeypatch.delenv(downloads.FOLDER_VARIABLE, raising=False)
    assert downloads.folder("mnist").parts[-2:] == ("cnnlab", "mnist")
    monkeypatch.setenv(downloads.FOLDER_VARIABLE, str(tmp_path))
    assert downloads.folder("mnist") == tmp_path / "mnist"


def test_every_published_file_has_a_checksum_a_licence_and_two_mirrors():
    sums = [digest for source in downloads.SOURCES.values() for digest in source.files.values()]
    assert len(set(sums)) == len(sums) == 8
    assert {len(bytes.fromhex(digest)) for digest in sums} == {32}
    for source in downloads.SOURCES.values():
        assert source.licence
        assert len(source.classes) == 10
        assert len(source.mirrors) >= 2
        assert all(mirror.endswith("/") for mirror in source.mirrors)


# --- cnnlab fetch


def test_the_command_fetches_what_is_named(mirrors, place):
    done = CliRunner().invoke(main, ["fetch", "mnist"])
    assert done.exit_code == 0
    assert f"mnist is in {place} (none)" in done.output
    assert len(list(place.iterdir())) == 4


def test_the_command_lists_what_there_is(mirrors, place, server):
    done = CliRunner().invoke(main, ["fetch"])
    assert done.exit_code == 0
    assert "fashion_mnist   30.9 MB  MIT, Zalando SE" in done.output
    assert str(place.parent) in done.output
    assert server.asked == []


def test_the_command_fails_with_one_line_for_a_wrong_name(mirrors):
    done = CliRunner().invoke(main, ["fetch", "mist"])
    assert done.exit_code == 1
    assert done.output == (
        "cnnlab: data: 'mist' cannot be downloaded; there are mnist, fashion_mnist.\n"
    )
