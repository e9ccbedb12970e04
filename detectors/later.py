"""Attributes that are worked out when somebody asks for them first."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")


class later(Generic[Value]):  # noqa: N801 - stands where `property` does
    """`functools.cached_property` without the lock that it has before Python 3.12, and that costs twice the rest.

    For what one thread uses at a time, as the readings of one text.
    """

    def __init__(self, work: Callable[[Any], Value]) -> None:
        """Take the method that works it out."""
        self._work = work
        self.__doc__ = work.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        """Learn under which name it is kept."""
        self._name = name

    def __get__(self, held: Any, owner: type) -> Value:
        """Work it out, and stand aside: what is kept under the name is found first from now on."""
        value = held.__dict__[self._name] = self._work(held)
        return value
