"""The child that reads syntax newer than its parser, from the virtual environment.

tree-sitter finds the newer constructs, which are rewritten to their older shape, line for line.
What the parser makes of that is put right again, so that the facts are those of a newer parser. A
grammar that is native code meets hostile bytes here, so the child is run as a folder and sandboxed
like the first one. Nothing is mended: what a newer parser refuses stays a syntax error.
"""
