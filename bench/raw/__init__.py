"""The raw side: plain drivers and plain Qt. Nothing here imports the program."""
