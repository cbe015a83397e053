"""Understanding a log: tables, columns, cells; pure from a grid or pages to notes and problems."""
