"""What stands on paper, read by a program that is not ours and is quick."""

import subprocess


def sheets(pdf: bytes) -> list[str]:
    """The words on each sheet, in the order of the file, however the lines break."""
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return [" ".join(sheet.split()) for sheet in done.stdout.decode().split("\f")[:-1]]
