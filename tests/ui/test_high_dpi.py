"""Windows must be told that the program draws for dense displays before Tk starts; afterwards it is too late."""

from __future__ import annotations

import subprocess
import sys

import pytest

# In a process of its own, because there is one root in each, and with a stand-in for what only Windows has.
_CODE = """
import ctypes, tkinter
from types import SimpleNamespace

said = []
shcore = SimpleNamespace(SetProcessDpiAwareness=lambda level: said.append(f"aware {level}"))
ctypes.windll = SimpleNamespace(shcore=shcore)
start = tkinter.Tk.__init__

def starts(self, *arguments, **options):
    said.append("tk")
    start(self, *arguments, **options)

tkinter.Tk.__init__ = starts
from emotion_gui.ui.theme import make_root
make_root("dense").destroy()
print(said)
"""


@pytest.mark.gui
@pytest.mark.usefixtures("root")
def test_the_process_is_aware_of_the_density_before_tk_starts() -> None:
    result = subprocess.run([sys.executable, "-c", _CODE], capture_output=True, text=True, check=False, timeout=60)
    assert result.stdout.strip() == "['aware 1', 'tk']", result.stderr
