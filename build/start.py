"""What the bundle runs: the command line, which opens the window when no verb is given."""

import sys

from retaguarda.app.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["run"]))
