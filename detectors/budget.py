"""How much one text may cost before it is given up: the last line behind work in proportion."""

from time import monotonic, thread_time

from detectors.errors import TooSlowError


class Budget:
    """Seconds for one text, looked at between pieces of work.

    First on the wall, which is cheap to ask. Only when these are over does the work of this thread count, as many
    seconds again: a machine that was busy or asleep is not the text's fault.
    """

    __slots__ = ("_over", "_seconds", "_until")

    def __init__(self, seconds: float) -> None:
        """Begin now."""
        self._seconds = seconds
        self._until = monotonic() + seconds
        self._over = 0.0

    def hold(self) -> None:
        """Raise TooSlowError once the text has had its time."""
        if monotonic() < self._until:
            return
        if not self._over:
            self._over = thread_time() + self._seconds
        elif thread_time() > self._over:
            raise TooSlowError
