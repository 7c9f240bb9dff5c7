"""Many visitors at once, each at a person's pace, each with an account of their own."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass

from .visitor import Answer, Visitor

CHAIN_ID = 31_337
MENU = ("", "card", "perks", "votes")
LOCALES = ("en-GB", "fr-FR")
PRESS = 0.3  # how often somebody uses the page they are on instead of opening another


@dataclass(frozen=True)
class Pace:
    """How many people, and how long each looks at an answer before the next click."""

    sessions: int
    every: float  # seconds between two clicks, give or take a half
    seconds: float  # how long they stay
    arriving: float  # seconds over which they come


async def gather(url: str, accounts: Sequence[str], pace: Pace) -> list[Answer]:
    """Send a crowd; every run that the app made for it."""
    answers: list[Answer] = []
    await asyncio.gather(
        *(
            _visit(url, accounts[place % len(accounts)], pace, place, answers)
            for place in range(pace.sessions)
        )
    )
    return answers


async def _visit(url: str, account: str, pace: Pace, place: int, answers: list[Answer]) -> None:
    """One person: arrive, be recognised by the wallet, click around, leave."""
    chance = random.Random(f"visitor {place}")
    loop = asyncio.get_running_loop()
    end = loop.time() + pace.seconds
    try:
        await asyncio.sleep(chance.random() * pace.arriving)
        async with Visitor(url, LOCALES[place % len(LOCALES)]) as visitor:
            answers.append(await visitor.open())
            answers.append(await visitor.connect_wallet(account, CHAIN_ID))
            while (until := loop.time() + pace.every * (0.5 + chance.random())) < end:
                await _stay(visitor, until, answers)
                answers.append(await act(visitor, chance))
    except Exception as error:  # whatever it is, it is a result of this run
        trouble = f"{type(error).__name__}: {error}"
        answers.append(Answer("lost", f"visitor {place}", 0.0, 0, trouble))


async def _stay(visitor: Visitor, until: float, answers: list[Answer]) -> None:
    """Look at the page; its living parts are drawn again meanwhile."""
    loop = asyncio.get_running_loop()
    every = dict(visitor.view.live)
    due = {fragment: loop.time() + seconds for fragment, seconds in every.items()}
    while due and (moment := min(due.values())) < until:
        fragment = min(due, key=due.__getitem__)
        await asyncio.sleep(max(0.0, moment - loop.time()))
        answers.append(await visitor.look(fragment))
        due[fragment] += every[fragment]
    await asyncio.sleep(max(0.0, until - loop.time()))


async def act(visitor: Visitor, chance: random.Random) -> Answer:
    """The next click: mostly another page, sometimes something on this one."""
    view = visitor.view
    if chance.random() < PRESS:
        if "card_wallets" in view.expanders:
            return await visitor.unfold("card_wallets")
        claims = [key for key in view.buttons if key.startswith("perks_claim_")]
        if claims:
            return await visitor.press(chance.choice(claims))
        for form in view.buttons:
            choice = form.replace("votes_vote_", "votes_choice_")
            if form.startswith("votes_vote_") and choice in view.radios:
                return await visitor.vote(form, choice, chance.randrange(10))
        if "tour_card" in view.buttons:
            visitor.path = "card"  # the app moves them there
            return await visitor.press("tour_card")
    return await visitor.go(chance.choice([path for path in MENU if path != visitor.path]))
