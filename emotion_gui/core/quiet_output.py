"""Keeping libraries from printing, also in a windowed program that has no output at all."""

from __future__ import annotations

import io
import os
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout, suppress


@contextmanager
def quiet() -> Iterator[None]:
    """Keep what is printed, also by C++ code, from appearing; warnings too.

    Redirects the whole process's output, so keep what it encloses short.
    """
    with ExitStack() as stack:
        # Objects that stay open: loggers made in between may keep hold of them. Without any output at all
        # (`sys.stdout is None` in a windowed program) they are what printing needs to work.
        stack.enter_context(redirect_stdout(io.StringIO()))
        stack.enter_context(redirect_stderr(io.StringIO()))
        stack.enter_context(warnings.catch_warnings(action="ignore"))
        # TensorFlow 2.21 writes its first lines before TF_CPP_MIN_LOG_LEVEL takes effect.
        stack.enter_context(_descriptor_to_nowhere(2))
        yield


@contextmanager
def _descriptor_to_nowhere(descriptor: int) -> Iterator[None]:
    try:
        saved = os.dup(descriptor)
    except OSError:
        # A windowed program has no such descriptor.
        yield
        return
    try:
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, descriptor)
        os.close(sink)
        yield
    finally:
        with suppress(OSError):
            os.dup2(saved, descriptor)
        os.close(saved)
