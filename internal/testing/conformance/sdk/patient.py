"""A plugin of pytest: an emulated VM starts slower than the seconds that the tests and the SDK allow."""

import docker
import pytest
from tests import helpers

seconds = 240
make = docker.APIClient.__init__


def make_patiently(self, *args, timeout=seconds, **more):
    make(self, *args, timeout=max(timeout, seconds), **more)


def set_patiently(self, timeout):
    self.__dict__["timeout"] = timeout and max(timeout, seconds)


docker.APIClient.__init__ = make_patiently
docker.APIClient.timeout = property(lambda self: self.__dict__["timeout"], set_patiently)
helpers.wait_on_condition.__defaults__ = (0.1, seconds)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    for item in items:
        item.own_markers = [mark for mark in item.own_markers if mark.name != "timeout"]
