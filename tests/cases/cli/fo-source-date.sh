# stdout: CreationDate: +2025-07-01T00:00:00
# stderr:
SOURCE_DATE_EPOCH=1751328000 "$SOTAY" fo "$CASES/one-page.fo" -o one.pdf
pdfinfo -isodates one.pdf
