"""The multiverse on a ``dask.distributed`` cluster: the same parts, judged elsewhere, reduced as they come.

What all parts have in common, the panels above all, is sent to each worker once. A part that was lost with its worker is
judged again by another. Parts are written where they belong whenever they come, so the answer is the same to the bit.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from itertools import islice
from typing import Any

from evenhand import __version__
from evenhand.compare.run import Judged, Part, Run, Spread
from evenhand.model import BadInputError, EvenhandError

AHEAD = 3
SECONDS = 10
_CLIENT: ContextVar[Any] = ContextVar("client", default=None)


@contextmanager
def using(address: str | None) -> Iterator[None]:
    """Every multiverse in this block runs on the cluster of the scheduler at this address; None: here.

    Raises ``BadInputError`` as :func:`connect` does.
    """
    if address is None:
        yield
        return
    with connect(address) as client:
        token = _CLIENT.set(client)
        try:
            yield
        finally:
            _CLIENT.reset(token)


def connect(address: str) -> Any:
    """A client of the scheduler at this address. Raises ``BadInputError`` where none answers, or none has workers."""
    distributed = _distributed()
    try:
        client = distributed.Client(address, timeout=SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise BadInputError(
            f"no scheduler answers at {address!r}", hint="`dask scheduler` prints its address, as tcp://10.0.0.5:8786"
        ) from error
    try:
        check_workers(client)
    except EvenhandError:
        client.close()
        raise
    return client


def check_workers(client: Any) -> None:
    """Are there workers, all with this version of evenhand? Raises ``BadInputError``."""
    if not client.scheduler_info(n_workers=-1)["workers"]:
        raise BadInputError("the scheduler has no workers", hint="start some: `dask worker ADDRESS`")
    for worker, version in client.run(_version_there, on_error="return").items():
        if version != __version__:
            found = "no evenhand" if isinstance(version, BaseException) else f"evenhand {version}"
            raise BadInputError(f"the worker at {worker} has {found}", hint=f"install evenhand {__version__} there")


def on_cluster(client: Any = None) -> Spread | None:
    """Judges parts on the workers of this client; None: of the one in use, or here where none is.

    A few parts a worker are under way at any time.
    """
    client = _CLIENT.get() if client is None else client
    if client is None:
        return None
    distributed = _distributed()
    check_workers(client)

    def spread(core: Run, parts: Iterator[Part]) -> Iterator[Judged]:
        common = client.scatter(core, broadcast=True, hash=False)
        ahead = AHEAD * len(client.nthreads())

        def send(part: Part) -> Any:
            return client.submit(judge_part, common, part, pure=False)

        under_way = distributed.as_completed(
            [send(part) for part in islice(parts, ahead)], loop=client.loop, with_results=True
        )
        try:
            for done, judged in under_way:
                under_way.update([send(part) for part in islice(parts, 1)])
                yield judged
                done.release()
        except distributed.KilledWorker as error:
            raise EvenhandError(
                "several workers died over the same part",
                hint="they may lack memory: ask for smaller parts with chunk=",
            ) from error

    return spread


def judge_part(core: Run, part: Part) -> Judged:
    """Judge one part, on a worker. What is remembered of panels is known by the panel, so each part has panels and memories
    of its own, whichever thread it runs in.
    """
    fresh = {ids: replace(panel, memo={}) for ids, panel in core.panels.by_ids.items()}
    panels = replace(core.panels, by_ids=fresh)
    settings = replace(core.settings, panels=panels, _words={})
    return replace(core, panels=panels, settings=settings).judged(part)


def _version_there() -> str:
    from evenhand import __version__ as there  # noqa: PLC0415

    return there


def _distributed() -> Any:
    try:
        import distributed  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise BadInputError("a cluster needs dask.distributed", hint="pip install 'evenhand[cluster]'") from error
    return distributed
