"""Draw the pictures of README.vi.md from a fresh demo: `.venv/bin/python docs/make_pictures.py`.

Needs LibreOffice and poppler. Run by hand when the look of a workbook has changed, and look at the result.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
PICTURES = HOME / "docs" / "pictures"
DOTS_PER_INCH = "72"


def main() -> None:
    """Make the demo, convert five workbooks and keep seven pages as pictures."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        run(sys.executable, str(HOME / "cli.py"), "demo", "--workspace", str(work), "--period", "2026-H1")
        outputs = work / "outputs" / "ninh-binh-syt" / "2026-H1"
        run(sys.executable, str(HOME / "cli.py"), "status", "--workspace", str(work), "--period", "2026-H1")
        commune = outputs / "templates" / "2026-H1_xa-gia-vien.xlsx"
        office = outputs / "templates" / "2026-H1_phong-ql-ytdp.xlsx"
        feedback = outputs / "feedback" / "can-sua_2026-H1_trung-tam-ksbt.xlsx"
        book, status = outputs / "tong-hop.xlsx", outputs / "status.xlsx"
        profile = f"-env:UserInstallation={(work / 'profile').as_uri()}"
        sources = [str(p) for p in (commune, office, feedback, book, status)]
        run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(work), *sources)
        PICTURES.mkdir(exist_ok=True)
        for pdf, words, name in (
            (commune, "PHỤ LỤC 1", "bieu-mau-xa-phu-luc-1"),
            (office, "PHỤ LỤC 2", "bieu-mau-phong-phu-luc-2"),
            (commune, "KIỂM TRA", "bieu-mau-kiem-tra"),
            (feedback, "KẾT QUẢ KIỂM TRA", "ban-tra-lai"),
            (book, "PHỤ LỤC 1", "tong-hop-phu-luc-1"),
            (book, "PHỤ LỤC 2", "tong-hop-phu-luc-2"),
            (status, "TÌNH HÌNH NỘP", "tinh-hinh-nop"),
        ):
            picture(work / f"{pdf.stem}.pdf", words, name)


def picture(pdf: Path, words: str, name: str) -> None:
    """Keep the first page whose first lines hold `words`."""
    for page in range(1, 40):
        text = run("pdftotext", "-f", str(page), "-l", str(page), "-layout", str(pdf), "-")
        head = [line for line in text.splitlines() if line.strip()][:6]
        if any(words in line for line in head):
            place = ["-f", str(page), "-l", str(page), "-singlefile"]
            run("pdftoppm", "-r", DOTS_PER_INCH, "-png", *place, str(pdf), str(PICTURES / name))
            return
    raise SystemExit(f"{pdf.name}: không thấy trang có “{words}”")


def run(program: str, *arguments: str) -> str:
    """Run a program and return what it printed; stop when it fails."""
    found = shutil.which(program)
    if found is None:
        raise SystemExit(f"Chưa cài {program}.")
    done = subprocess.run([found, *arguments], capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise SystemExit(f"{program}: {done.stdout[-500:]}{done.stderr[-500:]}")
    return done.stdout


if __name__ == "__main__":
    main()
