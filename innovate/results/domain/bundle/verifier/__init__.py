"""The check of a result bundle, independent of what makes bundles: numpy, scipy and the standard library.

`domain/bundle/script.py` joins these modules, in the order of `PARTS`, into the one `verify.py` of a bundle. They share
no name and import from each other with `from … import` only.
"""
