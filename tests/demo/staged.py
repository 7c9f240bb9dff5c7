"""What tests ask of a demo whose stage is set."""

from cercle.deployments import Deployment
from demo import verify
from demo.made import Made
from demo.run import Demo

MEMBERS = 24


def expected_of(demo: Demo, made: Made) -> tuple[Deployment, verify.Expected]:
    deployment = Deployment.load(demo._deployment)
    return deployment, verify._expect(demo._chain(), deployment, made)


def deployment_of(demo: Demo) -> Deployment:
    return Deployment.load(demo._deployment)
