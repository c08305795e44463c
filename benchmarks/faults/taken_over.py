"""(s4) Somebody who knows the session id of another browser, without its cookie, sees nothing."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.faults.real_server import RealServer, sample_server
from benchmarks.faults.table import NotRun, Row, exactly
from benchmarks.person import IDLE, Person, connected
from benchmarks.visitors import sign_in

CASE = "s4"
OWNER, OTHER, OFFICIAL = "laichau", "sonla", "coquan"  # the owner's response is a draft
SECRET = "tuyệt mật 206"
PAGE, QUERY, FIELD = "tra-loi", "muc=A", "A2.value"
# Said by `api.own_sessions` of whoever is nobody, and by Streamlit where another account is told of a live session.
# Of another account at a lost session Streamlit says nothing: it gives a new one, which is counted here.
LOGGED = ("asked for without a sign-in of ours", "user identity mismatch")
UNSAID = 2
QUIET = 3.0  # seconds without a reply after which nothing more is coming


def run(seed: int, *, quick: bool) -> list[Row | NotRun]:  # noqa: ARG001 - nothing is left to chance
    with TemporaryDirectory() as name:
        server, _file, _round_id = sample_server(Path(name))
        with server:
            return taken_over(server)


def taken_over(server: RealServer) -> list[Row | NotRun]:
    rows = asyncio.run(_take_over(server))
    logged = sum(map(server.words().count, LOGGED))
    told = rows[0].figure - UNSAID
    said = f"of them that the server's log tells of ({UNSAID} are refused without a word)"
    return [*rows, exactly(CASE, said, logged, told)]


async def _take_over(server: RealServer) -> list[Row]:
    cookies: dict[str, Mapping[str, str]] = {
        login: sign_in(server.port, login) for login in (OWNER, OTHER, OFFICIAL)
    }
    thieves: tuple[tuple[str, Mapping[str, str]], ...] = (
        ("nobody", {}),
        ("a forged cookie", {"thuoc_so": "0" * 43}),
        ("another library", cookies[OTHER]),
        ("an official", cookies[OFFICIAL]),
    )
    tries = seen = joined = again = 0
    for live in (True, False):
        for _name, own in thieves:
            secret, session = await _owner(server, cookies[OWNER], own, live)
            tries += 1
            seen += secret
            joined += session
        again += (await _owner(server, cookies[OWNER], cookies[OWNER], live))[1]
    return [
        exactly(CASE, "tries with the id of a live or a lost session", tries, 2 * len(thieves)),
        exactly(CASE, "of them in which something of the owner's was sent", seen, 0),
        exactly(CASE, "of them in which the session itself was given on, before any page ran", joined, 0),
        exactly(CASE, "of the owner's own two tries, those that were given it", again, 2),
    ]


async def _owner(
    server: RealServer, cookies: Mapping[str, str], own: Mapping[str, str], live: bool
) -> tuple[bool, bool]:
    """Let the owner type something, and let the thief try, while the owner is there or just after."""
    person = Person(server.port, PAGE, QUERY, cookies)
    async with person:
        await person.open()
        await person.change(person.named(FIELD), SECRET)
        session = person.session_id
        if live:
            return await _steal(server, session, own)
    return await _steal(server, session, own)


async def _steal(server: RealServer, session: str, own: Mapping[str, str]) -> tuple[bool, bool]:
    """Whether anything of the owner's came, and whether Streamlit took the id."""
    socket = await connected(server.port, own, session)
    wish = ClientState(query_string=QUERY, page_name=PAGE)
    await socket.send(BackMsg(rerun_script=wish).SerializeToString())
    pieces = []
    try:
        while True:
            pieces.append(await asyncio.wait_for(socket.recv(decode=False), QUIET))
            if pieces[-1] == IDLE:
                break
    except TimeoutError:
        pass
    await socket.close()
    ids = [
        message.new_session.initialize.session_id
        for message in map(ForwardMsg.FromString, pieces)
        if message.WhichOneof("type") == "new_session"
    ]
    return any(SECRET.encode() in piece for piece in pieces), session in ids
