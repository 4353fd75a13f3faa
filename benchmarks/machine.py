"""What a reader must know to judge a number: processor, BLAS, instruction set, versions."""

import os
import platform
import subprocess
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path

import numpy as np
import threadpoolctl

# Held to AVX2 on both sides: OpenBLAS, oneDNN and PyTorch's own kernels read these at start.
AVX2 = {
    "OPENBLAS_CORETYPE": "Haswell",
    "ONEDNN_MAX_CPU_ISA": "AVX2",
    "ATEN_CPU_CAPABILITY": "avx2",
    "MKL_ENABLE_INSTRUCTIONS": "AVX2",
}


def torch_or_none():
    """PyTorch where it is installed; the comparison is left out where it is not."""
    try:
        import torch
    except ImportError:
        return None
    return torch


@contextmanager
def limited_to(threads: int):
    """Hold OpenBLAS and PyTorch to this many threads."""
    torch = torch_or_none()
    with threadpoolctl.threadpool_limits(threads):
        if torch is None:
            yield
            return
        before = torch.get_num_threads()
        torch.set_num_threads(threads)
        try:
            yield
        finally:
            torch.set_num_threads(before)


def processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    if platform.system() == "Darwin":
        command = ["sysctl", "-n", "machdep.cpu.brand_string"]
        return subprocess.run(command, capture_output=True, text=True).stdout.strip()
    return platform.processor() or platform.machine()


def blas() -> str:
    """The BLAS behind NumPy and the processor family whose kernels it chose."""
    for library in threadpoolctl.threadpool_info():
        if library["user_api"] == "blas" and "numpy" in library["filepath"].replace("\\", "/"):
            family = library.get("architecture") or "unknown"
            return f"{library['internal_api']} {library['version']}, kernels for {family}"
    build = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    return f"{build['name']} {build['version']}"


def facts(instructions: str) -> dict[str, str]:
    """Name and value of each fact, in the order of the report."""
    torch = torch_or_none()
    simd = np.show_config(mode="dicts")["SIMD Extensions"].get("found", [])
    return {
        "Processor": f"{processor()}, {os.cpu_count()} cores",
        "System": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        "NumPy": f"{np.__version__} (found {', '.join(simd)})",
        "BLAS": blas(),
        "SciPy": metadata.version("scipy"),
        "PyTorch": (
            f"{torch.__version__}, {torch.backends.cpu.get_cpu_capability()}"
            if torch
            else "not installed (pip install 'cnnlab[bench]'), so ratios to it are left out"
        ),
        "Instruction set": instructions,
    }
