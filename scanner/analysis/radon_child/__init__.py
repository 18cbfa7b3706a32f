"""The second kind of child: radon's figures of one module, from the virtual environment.

It is run as a folder like the first, and sandboxed like it.
"""
