"""Where blocking work goes: never on the event loop, and never so much at once that pages must wait."""

from collections.abc import Callable
from functools import partial
from typing import ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread

Given = ParamSpec("Given")
Result = TypeVar("Result")

# Streamlit serves its files from the default threads: a wave of sign-ins or of workbooks leaves them alone.
PASSWORDS = CapacityLimiter(4)
WORKBOOKS = CapacityLimiter(2)
LOOKUPS = CapacityLimiter(8)


async def in_thread(
    limiter: CapacityLimiter, do: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs
) -> Result:
    return await to_thread.run_sync(partial(do, *args, **kwargs), limiter=limiter)
