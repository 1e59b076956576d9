"""Imported once by the fork server: everything slow that a learner process may want.

Runs no torch operation (forking after one can hang) and freezes the heap, so that garbage
collections in the forked processes don't walk what torch allocated.
"""

import gc

import torch
import torch.fx.experimental.symbolic_shapes  # the first torch.autograd.grad would, in 0.2 s

import dojo.learner.server  # noqa: F401
from dojo.learner import confine, pages

torch.set_num_threads(1)
confine.prepare()
gc.collect()
gc.freeze()
pages.unmap_code()
