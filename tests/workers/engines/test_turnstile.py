import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scribe_worker.engines.choice import Group
from scribe_worker.engines.turnstile import Turnstile

A = Group("transcriber", "a")
B = Group("diariser", "b")


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Visitors:
    """Users who stay inside until told to leave, in a queue before one turnstile."""

    def __init__(self, max_wait_s: float = 100.0) -> None:
        self.clock = Clock()
        self.turnstile = Turnstile(max_wait_s, self.clock, lambda group: group == self.loaded)
        self.loaded: Group | None = None
        self.admitted: list[str] = []
        self.most_inside = 0
        self._inside = 0
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._leave: dict[str, asyncio.Event] = {}

    async def arrive(self, name: str, group: Group) -> None:
        self._leave[name] = asyncio.Event()
        self._tasks[name] = asyncio.create_task(self._visit(name, group))
        await self.settle()

    async def leave(self, name: str) -> None:
        self._leave[name].set()
        await self.settle()

    async def give_up(self, name: str) -> None:
        self._tasks[name].cancel()
        await self.settle()

    async def settle(self) -> None:
        for _ in range(5):
            await asyncio.sleep(0)

    async def _visit(self, name: str, group: Group) -> None:
        await self.turnstile.enter(group)
        self.loaded = group
        self._inside += 1
        self.most_inside = max(self.most_inside, self._inside)
        self.admitted.append(name)
        try:
            await self._leave[name].wait()
        finally:
            self._inside -= 1
            self.turnstile.leave()


async def test_those_who_want_the_loaded_model_go_before_those_who_came_earlier() -> None:
    visitors = Visitors()
    await visitors.arrive("a1", A)
    await visitors.arrive("b1", B)
    await visitors.arrive("a2", A)

    await visitors.leave("a1")
    await visitors.leave("a2")

    assert visitors.admitted == ["a1", "a2", "b1"]


async def test_who_has_waited_too_long_goes_before_the_loaded_model() -> None:
    visitors = Visitors(max_wait_s=100)
    await visitors.arrive("a1", A)
    await visitors.arrive("b1", B)
    await visitors.arrive("a2", A)
    visitors.clock.now = 101

    await visitors.leave("a1")
    await visitors.leave("b1")

    assert visitors.admitted == ["a1", "b1", "a2"]


async def test_who_gives_up_waiting_is_passed_over() -> None:
    visitors = Visitors()
    await visitors.arrive("a1", A)
    await visitors.arrive("a2", A)
    await visitors.arrive("a3", A)

    await visitors.give_up("a2")
    await visitors.leave("a1")

    assert visitors.admitted == ["a1", "a3"]


async def test_who_gives_up_in_the_moment_of_admission_passes_the_turn_on() -> None:
    turnstile = Turnstile(100, Clock(), lambda _: False)
    await turnstile.enter(A)
    second = asyncio.create_task(turnstile.enter(A))
    third = asyncio.create_task(turnstile.enter(A))
    await asyncio.sleep(0)

    turnstile.leave()
    second.cancel()

    with pytest.raises(asyncio.CancelledError):
        await second
    await third


@given(groups=st.lists(st.sampled_from([A, B]), max_size=20), waits=st.integers(0, 3))
def test_everyone_gets_in_and_never_two_at_once(groups: list[Group], waits: int) -> None:
    async def play() -> Visitors:
        visitors = Visitors(max_wait_s=waits)
        for number, group in enumerate(groups):
            await visitors.arrive(str(number), group)
        for step in range(len(groups)):
            visitors.clock.now += 1
            await visitors.leave(visitors.admitted[step])
        return visitors

    visitors = asyncio.run(play())

    assert sorted(visitors.admitted, key=int) == [str(number) for number in range(len(groups))]
    assert visitors.most_inside <= 1
    assert visitors.turnstile.idle


async def test_those_who_are_expected_are_waited_for_a_little() -> None:
    visitors = Visitors()
    visitors.turnstile.linger_s = 60.0
    await visitors.arrive("a1", A)
    await visitors.arrive("b1", B)
    with visitors.turnstile.expected(A):
        await visitors.leave("a1")
        assert visitors.admitted == ["a1"]
        await visitors.arrive("a2", A)
        assert visitors.admitted == ["a1", "a2"]

    await visitors.leave("a2")

    assert visitors.admitted == ["a1", "a2", "b1"]


async def test_those_who_are_expected_but_do_not_come_hold_nobody_up_for_longer_than_a_swap_costs() -> None:
    visitors = Visitors()
    visitors.turnstile.linger_s = 0.01
    await visitors.arrive("a1", A)
    await visitors.arrive("b1", B)
    with visitors.turnstile.expected(A):
        await visitors.leave("a1")
        assert visitors.admitted == ["a1"]
        visitors.clock.now += 0.02
        await asyncio.sleep(0.05)

        assert visitors.admitted == ["a1", "b1"]


async def test_when_the_expected_one_gives_up_the_next_group_is_let_in() -> None:
    visitors = Visitors()
    visitors.turnstile.linger_s = 60.0
    await visitors.arrive("a1", A)
    await visitors.arrive("b1", B)
    with visitors.turnstile.expected(A):
        await visitors.leave("a1")
        assert visitors.admitted == ["a1"]
    await visitors.settle()

    assert visitors.admitted == ["a1", "b1"]


async def test_those_who_waited_too_long_are_served_group_by_group() -> None:
    visitors = Visitors(max_wait_s=10)
    await visitors.arrive("long", A)
    for number in range(3):
        await visitors.arrive(f"b{number}", B)
        await visitors.arrive(f"a{number}", A)
    visitors.clock.now += 900

    for name in ("long", "b0", "b1", "b2", "a0", "a1"):
        await visitors.leave(name)

    assert visitors.admitted == ["long", "b0", "b1", "b2", "a0", "a1", "a2"]


async def test_where_nothing_is_loaded_nobody_lingers() -> None:
    visitors = Visitors()
    visitors.turnstile.linger_s = 60.0
    await visitors.arrive("a1", A)
    await visitors.arrive("b1", B)
    with visitors.turnstile.expected(A):
        visitors.loaded = None
        await visitors.leave("a1")

        assert visitors.admitted == ["a1", "b1"]


async def test_it_is_not_idle_while_somebody_is_expected_for_what_is_loaded() -> None:
    visitors = Visitors()
    await visitors.arrive("a1", A)
    await visitors.leave("a1")
    with visitors.turnstile.expected(A):
        assert not visitors.turnstile.idle

    assert visitors.turnstile.idle
