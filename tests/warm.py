"""Imported by the fork server: lives that are forked begin with the detector's words read."""

import gc

from tests.whole import whole

whole()
# What every life shares stays shared: a collection would write to each object.
gc.collect()
gc.freeze()
