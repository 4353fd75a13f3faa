"""Writing files so that no reader ever sees half of one."""

import os
import secrets
from pathlib import Path


def write_bytes(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Write the whole file, or leave the old one as it is.

    The bytes go to a file beside ``path``, reach the disk, and are then renamed: a crash leaves
    either the old file or the new one. Folders on the way are made. Without ``durable`` nobody
    waits for the disk, which is faster, and holds as long as the power does.

    Raises: OSError where the place cannot be written; nothing is left behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        os.replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def write_text(path: Path, text: str, *, durable: bool = True) -> None:
    """`write_bytes` for text in UTF-8; line ends stay as they are."""
    write_bytes(path, text.encode(), durable=durable)


def drop_parts(folder: Path) -> None:
    """Remove what killed writers have left in a folder that nobody else writes to now.

    Other programs' parts stay: ours end in eight digits.
    """
    for part in folder.glob(".*." + "[0-9a-f]" * 8 + ".part"):
        part.unlink(missing_ok=True)
