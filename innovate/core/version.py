"""The version of the product, shown to administrators."""

VERSION = "0.1.0"
