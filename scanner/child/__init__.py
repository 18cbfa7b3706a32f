"""The analysis child: source bytes in, plain rows of facts out, with the standard library alone.

It is run as a folder by the newest CPython at hand, so nothing here may import another package of
this project, and everything must run on CPython 3.10 and later.
"""
