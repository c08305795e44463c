"""Several people at one server, each of them answering once a second."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from time import perf_counter

from benchmarks.answering import ANSWER_PAGE, Answering
from benchmarks.person import Person, Reply
from benchmarks.servers import Server
from benchmarks.visitors import library_accounts, sign_in

TEXT_PAGE = "phuong-phap"  # see product.py
SECTIONS = ("A", "B", "C", "D", "G")
EVERY = 1.0  # seconds between two answers of one person
OPENING_AT_ONCE = 4

Act = Callable[[], Awaitable[Reply]]


async def libraries(stack: AsyncExitStack, server: Server, people: int) -> list[Answering]:
    """People with the answer page open, each with a section of a library that is nobody else's."""
    accounts = library_accounts()
    if people > len(accounts) * len(SECTIONS):
        raise ValueError(f"{people} people are more than the sections of {len(accounts)} libraries")
    cookies = {
        login: await asyncio.to_thread(sign_in, server.port, login) for login in list(accounts)[:people]
    }
    logins = list(accounts)
    found = []
    for number in range(people):
        login, section = logins[number % len(logins)], SECTIONS[number // len(logins)]
        person = Person(server.port, ANSWER_PAGE, f"muc={section}", cookies[login])
        found.append(Answering(await stack.enter_async_context(person), accounts[login]))
    await _some_at_once([answering.begin for answering in found])
    return found


async def texts(stack: AsyncExitStack, server: Server, people: int) -> list[Act]:
    """What each of several people does at the page of one text: puts another text into it."""
    acts = []
    for _ in range(people):
        person = await stack.enter_async_context(Person(server.port))
        await person.open()
        acts.append(_another_text(person))
    return acts


async def text_inside(stack: AsyncExitStack, server: Server) -> Act:
    """The same at the product's own page of one text, signed in and with all that stands around a page."""
    cookies = await asyncio.to_thread(sign_in, server.port, next(iter(library_accounts())))
    person = await stack.enter_async_context(Person(server.port, TEXT_PAGE, cookies=cookies))
    await person.open()
    return _another_text(person)


def _another_text(person: Person) -> Act:
    field, count = person.named("words"), 0

    async def act() -> Reply:
        nonlocal count
        count += 1
        return await person.change(field, str(count))

    return act


async def each_second(acts: Sequence[Act], seconds: float) -> list[float]:
    """Let everybody act once a second, spread over it; the seconds that each reply took.

    Whoever still waits for a reply when the second is over acts as soon as it is there, so a slow
    server is asked less often than a quick one.
    """
    begun = perf_counter()

    async def one(number: int, act: Act) -> list[float]:
        times = []
        due = begun + EVERY * number / len(acts)
        while due < begun + seconds:
            await asyncio.sleep(max(0.0, due - perf_counter()))
            times.append((await act()).seconds)
            due = max(due + EVERY, perf_counter())
        return times

    return [time for times in await asyncio.gather(*map(one, range(len(acts)), acts)) for time in times]


async def _some_at_once(works: Sequence[Callable[[], Awaitable[Reply]]]) -> None:
    """Opening fifty pages at the same moment would measure nothing that happens."""
    gate = asyncio.Semaphore(OPENING_AT_ONCE)

    async def one(work: Callable[[], Awaitable[Reply]]) -> None:
        async with gate:
            await work()

    await asyncio.gather(*map(one, works))
