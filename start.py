"""Install everything into `.venv` and start: the only thing needed is Python 3.11 or newer.

python3 start.py sample     start with the sample rounds
python3 start.py            start with the real database
python3 start.py test       install the test tools too and run all tests
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent
FOLDER = PROJECT / ".venv"
PYTHON = FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST = (3, 11)
NO_PIP = (
    "Máy này có Python nhưng không có pip hoặc venv. Trên Debian, Ubuntu hãy chạy:\n"
    "  sudo apt install python3-venv\nrồi chạy lại lệnh này.\n"
    "(This Python has neither pip nor venv. Install python3-venv and run this command again.)"
)


def main(arguments: list[str]) -> int:
    if sys.version_info < OLDEST:
        return _say("Cần Python 3.11 trở lên. (Python 3.11 or newer is needed.)")
    task = arguments[0] if arguments else "real"
    if task not in ("real", "sample", "test"):
        return _say(__doc__ or "")
    if not _install("requirements-dev.txt" if task == "test" else "requirements.txt"):
        return 1
    if task == "test":
        # As many tests at once as there are processors; the browser and the databases are real.
        return _run([str(PYTHON), "-m", "pytest", "-n", "auto", *arguments[1:]], dict(os.environ))
    environment = {**os.environ, **({"THUOC_SO_SAMPLE": "1"} if task == "sample" else {})}
    command = [str(PYTHON), "-m", "streamlit", "run", str(PROJECT / "app.py"), *arguments[1:]]
    return _run(command, environment)


def _say(words: str) -> int:
    print(words, file=sys.stderr)
    return 1


def _run(command: list[str], environment: dict[str, str]) -> int:
    try:
        return subprocess.run(command, cwd=PROJECT, env=environment, check=False).returncode
    except KeyboardInterrupt:
        return 0


def _install(wanted: str) -> bool:
    """Make the environment when it is missing, and install what changed since the last time."""
    files = sorted(PROJECT.glob("requirements*.txt"))
    state = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    mark = FOLDER / f"{wanted}.installed"
    if mark.is_file() and mark.read_text(encoding="utf-8") == state and PYTHON.is_file():
        return True
    pip = _environment()
    if pip is None:
        _say(NO_PIP)
        return False
    print("Đang cài đặt, lần đầu mất vài phút… (Installing; the first time takes some minutes.)", flush=True)
    done = subprocess.run(
        [*pip, "install", "--disable-pip-version-check", "--quiet", "-r", str(PROJECT / wanted)], check=False
    )
    if done.returncode:
        _say("Chưa cài đặt xong: xem thông báo phía trên. (The installation did not finish; see above.)")
        return False
    mark.write_text(state, encoding="utf-8")
    return True


def _environment() -> list[str] | None:
    """The pip to install with; None where this Python can make no environment.

    Debian's Python may lack `ensurepip`: then an environment without pip is filled by the pip
    that stands outside it.
    """
    inside = [str(PYTHON), "-m", "pip"]
    if PYTHON.is_file() and _works(inside):
        return inside
    shutil.rmtree(FOLDER, ignore_errors=True)
    if _works([sys.executable, "-m", "venv", str(FOLDER)], argument=None):
        return inside
    shutil.rmtree(FOLDER, ignore_errors=True)
    outside = [sys.executable, "-m", "pip"]
    made = _works([sys.executable, "-m", "venv", "--without-pip", str(FOLDER)], argument=None)
    return [*outside, "--python", str(PYTHON)] if made and _works(outside) else None


def _works(command: list[str], argument: str | None = "--version") -> bool:
    full = [*command, argument] if argument else command
    return subprocess.run(full, capture_output=True, check=False).returncode == 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
