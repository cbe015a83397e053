"""What a source delivers: workbooks, pages, and rows that wait on the disk."""
