"""Draw the pictures of the documents from fresh rehearsals: `.venv/bin/python -m docs.make_pictures`.

Needs LibreOffice, poppler and Chromium. Run by hand when the look of an output has changed, and look at the result.
Templates and feedback come from one period; the consolidated outputs from the third of three, so that they can compare.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.browser import PHONE, PROJECTOR, browser

HOME = Path(__file__).resolve().parents[1]
PICTURES = HOME / "docs" / "pictures"
DOTS_PER_INCH = "72"
PERIODS = ("2026-H1", "2026-Y", "2027-H1")
_HEAD_LINES = 25
_PAGE_HEIGHT = 2800  # pixels of the page: a whole one is twelve thousand

# file, words of the page's first lines, name of the picture
FIRST_PERIOD = (
    ("templates/2026-H1_xa-gia-vien.xlsx", "PHỤ LỤC 1", "bieu-mau-xa-phu-luc-1"),
    ("templates/2026-H1_phong-ql-ytdp.xlsx", "PHỤ LỤC 2", "bieu-mau-phong-phu-luc-2"),
    ("templates/2026-H1_xa-gia-vien.xlsx", "KIỂM TRA", "bieu-mau-kiem-tra"),
    ("feedback/can-sua_2026-H1_trung-tam-ksbt.xlsx", "KẾT QUẢ KIỂM TRA", "ban-tra-lai"),
)
LAST_PERIOD = (
    ("tong-hop.xlsx", "TÓM TẮT", "tong-hop-tom-tat"),
    ("tong-hop.xlsx", "Toàn kế hoạch", "tong-hop-tom-tat-2"),
    ("tong-hop.xlsx", "MỤC LỤC", "tong-hop-muc-luc"),
    ("tong-hop.xlsx", "KẾT QUẢ THỰC HIỆN CHỈ TIÊU 6 THÁNG", "tong-hop-phu-luc-1"),
    ("tong-hop.xlsx", "KẾT QUẢ THỰC HIỆN NHIỆM VỤ 6 THÁNG", "tong-hop-phu-luc-2"),
    ("tong-hop.xlsx", "TÌNH HÌNH NỘP", "tinh-hinh-nop"),
    ("tong-hop.xlsx", "SỐ LIỆU CỦA TỪNG ĐƠN VỊ", "tong-hop-ma-tran"),
    ("tong-hop.xlsx", "XẾP HẠNG", "tong-hop-xep-hang"),
    ("tong-hop.xlsx", "XU HƯỚNG", "tong-hop-xu-huong"),
    ("tong-hop.xlsx", "KHÓ KHĂN, ĐỀ XUẤT", "tong-hop-kho-khan"),
    ("tong-hop.xlsx", "LỖI, CẢNH BÁO", "tong-hop-loi-canh-bao"),
    ("tong-hop.xlsx", "Tính vào tổng", "tong-hop-du-lieu"),
    ("tong-hop.xlsx", "DANH MỤC TỆP", "tong-hop-nguon"),
    ("bao-cao.docx", "BÁO CÁO", "bao-cao-word-1"),
    ("bao-cao.docx", "Kết quả thực hiện chỉ tiêu so với mục tiêu", "bao-cao-word-2"),
    ("bao-cao.docx", "Phụ lục I", "bao-cao-word-phu-luc-1"),
    ("bao-cao.docx", "Phụ lục II", "bao-cao-word-phu-luc-2"),
)
PAGES = ((PROJECTOR, "trang-tom-tat-1440"), (PHONE, "trang-tom-tat-390"))


def main() -> None:
    """Rehearse three periods, convert what is printed, photograph the page, keep the pictures."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for period in PERIODS:
            # Made-up later periods do not follow from earlier ones: the rules ask, and `demo` ends with 1.
            run(sys.executable, str(HOME / "cli.py"), "demo", "--workspace", str(work), "--period", period, most=1)
        for period, wanted in ((PERIODS[0], FIRST_PERIOD), (PERIODS[-1], LAST_PERIOD)):
            outputs = work / "outputs" / "ninh-binh-syt" / period
            pages = {file: printed(work, outputs / file) for file in dict.fromkeys(file for file, _, _ in wanted)}
            for file, words, name in wanted:
                picture(pages[file], words, name)
        with browser(work / "chromium") as chromium:
            for size, name in PAGES:
                chromium.open(work / "outputs" / "ninh-binh-syt" / PERIODS[-1] / "bao-cao.html", size)
                (PICTURES / f"{name}.png").write_bytes(chromium.top(size[0], _PAGE_HEIGHT, 0.7))


def printed(work: Path, file: Path) -> Path:
    """Return the PDF that LibreOffice prints of `file`."""
    profile = f"-env:UserInstallation={(work / 'profile').as_uri()}"
    folder = work / f"pdf-{file.stem}"
    run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(file))
    return folder / f"{file.stem}.pdf"


def picture(pdf: Path, words: str, name: str) -> None:
    """Keep the first page whose first lines hold `words`."""
    for page, head in heads(pdf):
        if words in head:
            place = ["-f", str(page), "-l", str(page), "-singlefile"]
            run("pdftoppm", "-r", DOTS_PER_INCH, "-png", *place, str(pdf), str(PICTURES / name))
            return
    raise SystemExit(f"{pdf.name}: không thấy trang có “{words}”")


def heads(pdf: Path) -> Iterator[tuple[int, str]]:
    """The first lines of every page with its number, blanks folded."""
    for number, page in enumerate(run("pdftotext", "-layout", str(pdf), "-").split("\f"), 1):
        lines = [" ".join(line.split()) for line in page.splitlines() if line.strip()]
        yield number, "\n".join(lines[:_HEAD_LINES])


def run(program: str, *arguments: str, most: int = 0) -> str:
    """Run a program and return what it printed; stop when it ends with more than `most`."""
    found = shutil.which(program)
    if found is None:
        raise SystemExit(f"Chưa cài {program}.")
    done = subprocess.run([found, *arguments], capture_output=True, text=True, encoding="utf-8", check=False)
    if not 0 <= done.returncode <= most:
        raise SystemExit(f"{program}: {done.stdout[-500:]}{done.stderr[-500:]}")
    return done.stdout


if __name__ == "__main__":
    main()
