"""The version of the program, where the kernel can name it too: it stands in every database that it shapes."""

VERSION = "0.1.0"
