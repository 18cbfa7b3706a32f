"""`python -I <this folder> <limits>`: measure modules in newer syntax from standard input."""

import importlib
import sys
from os.path import abspath, dirname

HOME = dirname(dirname(dirname(dirname(abspath(__file__)))))

if __name__ == "__main__":
    sys.path[:1] = []
    sys.path.append(HOME)
    importlib.import_module("scanner.analysis.rewriting_child.work").main(sys.argv[1:])
