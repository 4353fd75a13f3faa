"""What killed writers leave is taken away, and nothing else."""

from cnnlab.files import drop_parts, write_text


def test_what_a_killed_writer_left_goes_and_parts_of_other_programs_stay(tmp_path, monkeypatch):
    others = {".download.part", ".sums.csv.part", ".notes.1234567.part", "sums.csv.part"}
    for name in others:
        (tmp_path / name).write_text("a teacher's own")
    with monkeypatch.context() as patch:
        patch.setattr("os.replace", lambda *_: None)  # killed just before
        write_text(tmp_path / "sums.csv", "student\n")
    assert len(list(tmp_path.iterdir())) == len(others) + 1
    drop_parts(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == others
