"""What a source delivers: workbooks, pages, rows on the disk, and what they gave before."""
