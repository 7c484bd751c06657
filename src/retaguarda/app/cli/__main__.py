"""`python -m retaguarda.app.cli`."""

import sys

from retaguarda.app.cli import main

sys.exit(main())
