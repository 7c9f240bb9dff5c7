"""The hand-over of ADMIN to the Governor: offered by the founder, accepted by a proposal."""

from __future__ import annotations

from enum import Enum

from . import core
from .calls import Call
from .chain import Chain
from .core import entry_name
from .deployments import Deployment
from .errors import DeploymentError


class Stage(Enum):
    """How far a hand-over is."""

    FOUNDER = "founder"
    OFFERED = "offered"
    DONE = "done"


class Handover:
    """Where the office of ADMIN is on its way to the Governor.

    Usage example::

        handover = Handover(chain, deployment)
        if handover.stage is Stage.FOUNDER:
            send(handover.offer())
    """

    def __init__(self, chain: Chain, deployment: Deployment) -> None:
        """
        Raises:
            DeploymentError: The brand has no Governor in its directory, or is not sealed.
        """
        self.deployment = deployment
        self.governor = deployment.address("Governor")
        charter = deployment.contract("Charter")
        reads = [charter.read(view) for view in ("admin", "pending_admin", "is_sealed")]
        reads.append(charter.read("entry", entry_name("governor")))
        self.admin, pending, is_sealed, listed = chain.read(reads, chain.head(fresh=True))
        if not is_sealed:
            raise DeploymentError("The Charter is not sealed yet: finish the deployment first.")
        if listed != self.governor:
            raise DeploymentError(f"The directory's governor is {listed}, not {self.governor}.")
        if self.admin == self.governor:
            self.stage = Stage.DONE
        else:
            self.stage = Stage.OFFERED if pending == self.governor else Stage.FOUNDER

    def offer(self) -> Call:
        """The founder's part; nothing changes until the Governor accepts."""
        return core.offer_admin(self.deployment, self.governor)

    @property
    def sentence(self) -> str:
        """What stands, and what is to be done next."""
        if self.stage is Stage.DONE:
            return (
                f"The Governor {self.governor} is the admin: only votes change the brand now. "
                "`ape run deploy audit` shows what every key may still do."
            )
        if self.stage is Stage.OFFERED:
            return (
                f"The office is offered to the Governor {self.governor}, and {self.admin} still "
                "holds it. A proposal must accept it, with the action `accept_admin`: "
                "`ape run proposal submit FILE`."
            )
        return f"{self.admin} is the admin, and has offered the office to nobody."


__all__ = ["Handover", "Stage"]
