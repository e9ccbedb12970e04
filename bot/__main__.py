"""`python -m bot` does what `thinktwice` does."""

import sys

from bot.cli import main

sys.exit(main())
