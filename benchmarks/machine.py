"""What the figures were measured on; without it no time means anything."""

import os
import platform
from datetime import datetime
from importlib.metadata import version


def described() -> str:
    one, five, quarter = load()
    packages = ", ".join(f"{name} {version(name)}" for name in ("streamlit", "uvicorn", "uvloop", "numpy"))
    return (
        f"{datetime.now().astimezone():%Y-%m-%d %H:%M} · {os.cpu_count()} cores · {platform.machine()} · "
        f"Python {platform.python_version()} · {packages} · "
        f"load {one:.1f} {five:.1f} {quarter:.1f} (1, 5, 15 minutes)"
    )


def load() -> tuple[float, float, float]:
    """How many processes wanted a core; above the number of cores every time is too long."""
    return os.getloadavg() if hasattr(os, "getloadavg") else (0.0, 0.0, 0.0)
