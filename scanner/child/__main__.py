"""`python -I -S <this folder> <limits>`: measure the modules that come in on standard input.

The folder becomes a package by hand, so that its modules can import each other whatever the
interpreter, and so that nothing else of the project is within reach.
"""

import importlib
import sys
from os.path import abspath, basename, dirname  # pathlib costs a third of the start

HERE = dirname(abspath(__file__))

if __name__ == "__main__":
    sys.path[:1] = []
    sys.path.append(dirname(HERE))
    importlib.import_module(f"{basename(HERE)}.loop").main(sys.argv[1:])
