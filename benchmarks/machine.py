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


def go_first() -> bool:
    """Ask for this process and those it starts to be served before all others, so that other work on the
    machine is left out of the times. False where the system has no such thing or does not allow it.
    """
    try:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
    except (AttributeError, PermissionError):
        return False
    return True


def go_along() -> None:
    """Take turns with everybody again."""
    os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))


def load() -> tuple[float, float, float]:
    """How many processes wanted a core; above the number of cores every time is too long."""
    return os.getloadavg() if hasattr(os, "getloadavg") else (0.0, 0.0, 0.0)
