"""python -m driehoek.cli"""

from driehoek.cli import main

raise SystemExit(main())
