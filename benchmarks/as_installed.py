"""The same pages as Streamlit is installed: nothing frozen, plain asyncio, the whole page run again.

python -m benchmarks.as_installed --server.port N
"""

import gc
import sys
from collections.abc import Callable
from typing import TypeVar

import streamlit
from streamlit.web import cli

Function = TypeVar("Function", bound=Callable[..., object])


def _whole_page(function: Function) -> Function:
    return function


def main() -> None:
    sys.modules["uvloop"] = None  # type: ignore[assignment]  # whoever asks for it gets an ImportError
    gc.freeze = lambda: None
    streamlit.fragment = _whole_page  # type: ignore[assignment]
    cli.main(["run", "app.py", "--runner.postScriptGC", "true", *sys.argv[1:]])


if __name__ == "__main__":
    main()
