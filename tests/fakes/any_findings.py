"""Findings of every kind that a detector could hand to a policy."""

from hypothesis import strategies as st

from detectors.finding import Finding
from detectors.types import NAMES, TRAITS

FINDINGS = st.lists(
    st.builds(
        Finding,
        type=st.sampled_from(NAMES),
        start=st.just(0),
        end=st.just(1),
        score=st.floats(0, 1),
        recognizer=st.just("r"),
        traits=st.frozensets(st.sampled_from(sorted(TRAITS)), max_size=3),
        key=st.sampled_from([b"", b"1", b"2", b"3"]),
    ),
    max_size=12,
)
"""Lists of findings; some share a key, some have none."""
